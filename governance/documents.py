def request_memo(decision, *, by): return None
