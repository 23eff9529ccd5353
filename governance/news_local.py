"""News of questions to the municipalities, for the officials who report for them.

Called by the acts themselves, inside their transaction; told once (accounts.notices). Who serves
three municipalities gets one message that names all three. Nothing secret goes into a mail: of a
secret paper neither its subject nor a reason, and only to who is inside the circle.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.notices import absolute, notify
from core.formats import long_date
from governance.enums import LocalStepState
from governance.models import LocalRound, LocalStep, MunicipalRole, Secrecy
from governance.models.local import GONE
from governance.rules import may
from governance.standing import REPORTERS


def round_asked(asked: LocalRound) -> int:
    """Tell that a question came in, for which municipalities, and until when they can react."""
    return _tell(asked, _open(asked), "asked", f"Vraag aan {_who(asked)}")


def term_extended(asked: LocalRound, before: date) -> int:
    """Tell who still has to react that there is more time, and why."""
    subject = f"Meer tijd: reageren tot en met {long_date(asked.due_on)}"
    more = {"before": long_date(before), "why": asked.extended_because}
    return _tell(asked, _open(asked), "extended", subject, f":{asked.due_on}", **more)


def round_withdrawn(asked: LocalRound, why: str) -> int:
    """Tell everybody who was asked that nobody has to react any more."""
    steps = asked.steps.exclude(state__in=GONE)
    return _tell(asked, steps, "withdrawn", "De regio trekt een vraag in", why=why)


def region_answered(step: LocalStep) -> int:
    """Tell a municipality that the region answered what it said; the answer itself is in there."""
    steps = LocalStep.objects.filter(pk=step.pk)
    what = f"{step.pk}:{step.revision}"
    subject = f"De regio antwoordt {step.municipality}"
    return _tell(step.round, steps, "answered", subject, f":{what}")


def _open(asked: LocalRound) -> Any:
    return asked.steps.filter(state=LocalStepState.OPEN)


def _who(asked: LocalRound) -> str:
    return "colleges" if asked.addressee == "college" else "raden"


def _tell(
    asked: LocalRound, steps: Any, what: str, subject: str, key: str = "", **more: Any
) -> int:
    found = list(steps.select_related("municipality").order_by("municipality__sort_name"))
    about, told = asked.version.subject if asked.version else "", 0
    if _is_secret(asked):
        about, more = "", {**more, "why": ""}
    for person, mine in _officials(found):
        if not may(person, "local.read", asked):
            continue
        context = {
            "asked": asked,
            "what": "zienswijze" if asked.asks_view else "besluit",
            "who": "het college" if asked.addressee == "college" else "de raad",
            "about": about,
            "due": long_date(asked.due_on, weekday=True),
            "lines": [(step.municipality, _link(asked, step)) for step in mine],
            "link": _link(asked),
            **more,
        }
        text = render_to_string(f"governance/mail/local_{what}.txt", context)
        once = f"local:{what}:{asked.pk}{key}"
        told += notify(person, key=once, subject=subject, text=text) is not None
    return told


def _officials(steps: Iterable[LocalStep]) -> list[tuple[User, list[LocalStep]]]:
    """Who reports for these municipalities now, each with her steps in the order they come in."""
    of_home = {step.municipality_id: step for step in steps}
    roles = MunicipalRole.objects.current().filter(
        municipality__in=of_home, role__in=REPORTERS, user__is_active=True
    )
    found: dict[User, set[int]] = {}
    for role in roles.select_related("user").order_by("user__email"):
        found.setdefault(role.user, set()).add(role.municipality_id)
    return [
        (person, [step for home, step in of_home.items() if home in homes])
        for person, homes in found.items()
    ]


def _link(asked: LocalRound, step: LocalStep | None = None) -> str:
    args = [asked.region.slug, asked.pk, *([step.pk] if step else [])]
    return absolute(reverse(f"governance:local-{'report' if step else 'round'}", args=args))


def _is_secret(asked: LocalRound) -> bool:
    in_force = Secrecy.objects.filter(lifted_on__isnull=True)
    secret = in_force.filter(proposal=asked.proposal_id)
    if asked.decision_id:
        secret = secret | in_force.filter(decision=asked.decision_id)
    return secret.exists()
