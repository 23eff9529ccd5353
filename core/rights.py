"""Temporary."""
from typing import Any
from django.core.exceptions import PermissionDenied
from core.refusal import Answer, Refusal
_acts: dict[str, tuple[Any, str]] = {}
def register(act: str, predicate: Any, sentence: str) -> None:
    _acts[act] = (predicate, sentence)
def may(user: Any, act: str, obj: Any) -> Answer:
    predicate, sentence = _acts[act]
    if obj is None or not user.is_authenticated or not user.is_active:
        return Refusal(sentence)
    return True if predicate.test(user, obj) else Refusal(sentence)
def must(user: Any, act: str, obj: Any) -> None:
    answer = may(user, act, obj)
    if isinstance(answer, Refusal):
        raise PermissionDenied(answer.reason)
