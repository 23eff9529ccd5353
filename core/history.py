"""History rows carry the time of `core.clock`, so that a walked history has its own dates."""

from typing import Any

from core import clock


def date_history_row(sender: Any, *, instance: Any, history_instance: Any, **_: Any) -> None:
    """Receiver of simple-history's pre_create_historical_record. A date given on purpose stays."""
    if not hasattr(instance, "_history_date"):
        history_instance.history_date = clock.now()
