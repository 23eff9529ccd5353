"""One question for every right: may this person do this act on this object?

Rooms register an act with a predicate (PyPI `rules`) and the sentence that says which right is
missing. Predicates are asked directly, so a superuser gets nothing extra, and errors come through.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rules.predicates import Predicate

from core.refusal import Answer, Refusal

SIGN_IN = Refusal("Log in om dit te doen.")
NO_OBJECT = Refusal("Dit is er niet.")


@dataclass(frozen=True)
class Right:
    """Who may do an act, and the Dutch sentence for who may not."""

    predicate: Predicate
    refusal: Refusal


_rights: dict[str, Right] = {}


def register(act: str, predicate: Predicate, refusal: str) -> None:
    """Name an act ('governance.submit_proposal') once, with its predicate and its sentence."""
    if act in _rights:
        raise ValueError(f"right registered twice: {act}")
    _rights[act] = Right(predicate, Refusal(refusal))


def unregister(act: str) -> None:
    del _rights[act]


def may(user: Any, act: str, obj: Any) -> Answer:
    """True, or the refusal that says which right is missing. An unknown act raises KeyError.

    No object, no; nobody signed in or an inactive person, no.
    """
    right = _rights[act]
    if obj is None:
        return NO_OBJECT
    if user is None or not user.is_authenticated or not user.is_active:
        return SIGN_IN
    return right.predicate.test(user, obj) or right.refusal


def must(user: Any, act: str, obj: Any) -> None:
    """Raise PermissionDenied (403) with the reason, unless the person may."""
    answer = may(user, act, obj)
    if not answer:
        raise PermissionDenied(answer.reason)


def or_404(condition: object) -> None:
    """What is not yours is not there."""
    if not condition:
        raise Http404
