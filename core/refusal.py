"""A refusal carries its reason, so that a page can say why something cannot be done."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Refusal:
    """Falsy answer of a guard: `reason` is a Dutch sentence that says what is wrong and what to do.

    `field` names the form field it concerns, or is empty when it concerns the whole.
    """

    reason: str
    field: str = ""

    def __bool__(self) -> Literal[False]:
        return False


Answer = Literal[True] | Refusal


class Refused(Exception):
    """Raised by a domain function that refuses; carries every refusal at once."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(" ".join(r.reason for r in refusals))

    def as_errors(self) -> dict[str | None, list[str]]:
        """The reasons per field, in the shape that Form.add_error takes (None: whole form)."""
        errors: dict[str | None, list[str]] = {}
        for refusal in self.refusals:
            errors.setdefault(refusal.field or None, []).append(refusal.reason)
        return errors


def require(*answers: Answer) -> None:
    """Raise Refused with every refusal among the answers; pass silently when there is none."""
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    if refusals:
        raise Refused(*refusals)
