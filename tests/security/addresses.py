"""Every address of the portal, about one of the papers of the world."""

from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.documents import document_of
from core.models import Document
from governance.documents import MEMO
from governance.documents_book import BOOK
from governance.list_document import LIST
from governance.models import (
    LocalRound,
    Meeting,
    Proposal,
)
from tests.security import (
    world_fund,
    world_money,
    world_nulmeting,
    world_results,
)
from tests.security.world import World


def names_of(resolver: URLResolver | None = None, prefix: str = "") -> dict[str, str]:
    """Every named address of the portal with its pattern; the admin as one."""
    found: dict[str, str] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found[f"{prefix}{entry.name}"] = str(entry.pattern)
        elif entry.namespace == "admin":
            found["admin"] = str(entry.pattern)
        else:
            namespace = f"{entry.namespace}:" if entry.namespace else ""
            found |= names_of(entry, prefix + namespace)
    return found


def address(world: World, name: str, on: str) -> str:
    """The address of a name, about one of the papers of the world."""
    return reverse(name, kwargs=arguments(world, name, on))


def arguments(world: World, name: str, on: str) -> dict[str, Any]:
    region = {"region": world.cast.region.slug}
    if name in PLAIN:
        return dict(PLAIN[name])
    if name.startswith("core:document"):
        return {"pk": _document(world, on).pk}
    if on == "-":
        return region
    if on.startswith(("versions", "plan")):
        return region | world_nulmeting.arguments(world.versions, world.plan, on)
    if on in ("person", "body", "template", "block", "lead") or on.startswith("gremia"):
        return region | _of_organisation(world, on)
    if on.startswith("asked"):
        return region | _of_round(world, name, on.partition(".")[2])
    if on.startswith("fund"):
        return region | world_fund.arguments(world.fund, on)
    if on.startswith("filling"):
        return region | world.filling.arguments(on)
    if on.startswith("money"):
        return region | world_money.arguments(world.money, on)
    if on.startswith("results"):
        return region | world_results.arguments(world.results, on)
    if on == "import":
        return region | {"pk": world.imported.pk}
    if on == "secrecy":
        return region | {"pk": world.secrecy.pk}
    if on in ("round", "listed") or on.startswith("action") or "minutes-" in name:
        return region | _of_meeting(world, on)
    if on.startswith("vote"):
        return region | _of_vote(world, name)
    if name.startswith("governance:item-"):
        return region | _of_item(world, name)
    if name.startswith("governance:meeting-"):
        stop = {"board": world.routed.steps.last(), "steering": world.routed.steps.first()}.get(on)
        meeting = stop.meeting if stop else world.recorded.meeting
        return region | {"pk": meeting.pk} | _of_agenda(world, name, meeting)
    if name in ABOUT_DECISION:
        return region | {"number": getattr(world, on).number}
    return region | _of_proposal(world, name, on)


def _document(world: World, on: str) -> Document:
    """A book, a decision list, or the memo of a decision."""
    found = {
        "book": lambda: document_of(BOOK, world.item.meeting),
        "listed": lambda: document_of(LIST, world.listed),
    }.get(on, lambda: document_of(MEMO, getattr(world, on)))()
    assert found is not None
    return found


def _of_agenda(world: World, name: str, meeting: Meeting) -> dict[str, Any]:
    """The point, the stop or the version that an address of an agenda is about."""
    if name in ("governance:meeting-agenda-item", "governance:meeting-agenda-remove"):
        return {"item": meeting.items.get().pk}
    if name == "governance:meeting-agenda-paper":
        return {"step": world.routed.steps.last().pk}
    return {"number": 1} if name == "governance:meeting-agenda-version" else {}


def _of_meeting(world: World, on: str) -> dict[str, Any]:
    """A written round, a decision list, an action point with its act, or an item of an agenda."""
    kind, _, act = on.partition(".")
    if kind == "action":
        return {"pk": world.action.pk} | ({"act": act} if act else {})
    if kind == "round":
        return {"pk": world.round.pk}
    if kind == "listed":
        return {"pk": world.listed.meeting.pk}
    meeting = world.recorded.meeting
    return {"pk": meeting.pk, "item": meeting.items.filter(step__isnull=False).get().pk}


def _of_round(world: World, name: str, home: str) -> dict[str, Any]:
    if name == "governance:local-new-before":
        step = world.asked.step
        assert step is not None
        return {"number": step.proposal.number, "pk": step.pk}
    if not home:
        return {"pk": world.asked.pk}
    if home == "concept":
        return {"pk": LocalRound.objects.get(step=world.asked.step, state=home).pk}
    # By key, as a hostile world gives every municipality another name.
    own = world.cast.municipality
    steps = (
        world.asked.steps.filter(municipality=own)
        if home == "aardam"
        else (world.asked.steps.exclude(municipality=own).order_by("pk"))
    )
    return {"pk": world.asked.pk, "step": steps.first().pk}


def _of_vote(world: World, name: str) -> dict[str, Any]:
    step = world.vote.step
    if name in ("governance:meeting-second", "governance:meeting-proxy", "governance:vote-member"):
        return {"pk": world.vote.meeting_id}
    if name == "governance:vote-recusal-undo":
        return {"pk": step.recusals.get().pk}
    if name in ("governance:vote-open", "governance:vote-recuse"):
        stop = {"number": step.proposal.number, "pk": step.pk}
        return stop | ({"point": world.vote.point_id} if name == "governance:vote-open" else {})
    return {"pk": world.vote.pk}


def _of_item(world: World, name: str) -> dict[str, Any]:
    """An item of the agenda of the board, and what hangs on it."""
    parts = {
        "governance:item-condition": {"position": world.position.pk},
        "governance:item-answer": {"question": world.question.pk},
        "governance:item-annotate": {"municipality": world.cast.municipality.pk},
    }
    return {"pk": world.item.meeting_id, "item": world.item.pk, **parts.get(name, {})}


def _of_organisation(world: World, on: str) -> dict[str, Any]:
    kind, _, part = on.partition(".")
    if kind == "gremia":
        own = {
            "": {},
            "row": {"pk": world.cast.board.pk},
            "parent": {"parent": world.cast.board.pk},
        }
        return {"kind": "andere-namen" if part == "parent" else kind, **own[part]}
    rows = {
        "person": world.cast.author,
        "body": world.cast.board,
        "template": world.template,
        "block": world.block,
        "lead": world.lead,
    }
    return {"pk": rows[kind].pk}


def _of_proposal(world: World, name: str, on: str) -> dict[str, Any]:
    paper, _, part = on.partition(".")
    target = getattr(world, paper)
    proposal = target if isinstance(target, Proposal) else target.proposal
    number = {"number": proposal.number}
    working = proposal.working
    steps = {"first": proposal.steps.first(), "last": proposal.steps.last()}
    parts = {
        "": None,
        "section": lambda: working.sections.first().pk,
        "point": lambda: working.points.first().pk,
        "attachment": lambda: working.attachments.first().pk,
        "coauthor": lambda: proposal.coauthors.get().pk,
        "advice": lambda: proposal.advice.first().pk,
        "first": lambda: steps["first"].pk,
        "last": lambda: steps["last"].pk,
    }
    if part == "v1":
        return number | {"version": 1}
    if part == "v1v2":
        return number | {"old": 1, "new": 2}
    if part in ("postpone", "withdraw", "resume"):
        return number | {"act": part}
    return number if not part else number | {"pk": parts[part]()}


ABOUT_DECISION = {
    "governance:secrecy-decision",
    "governance:local-new-after",
    *(f"governance:decision-{act}" for act in ("detail", "finalise", "publish", "replace", "memo")),
}
PLAIN: dict[str, dict[str, Any]] = {
    "home": {},
    "health": {},
    "robots-txt": {},
    "security-txt": {},
    "accessibility": {},
    "privacy": {},
    "help": {},
    "components": {},
    "core:draft-save": {},
    "accounts:invitation": {"token": "niet-bekend"},
    "accounts:second-factor": {},
    "accounts:mail-pace": {},
    "accounts:device-forget": {"pk": 1},
    "account_login": {},
    "account_logout": {},
    "account_inactive": {},
    "account_reauthenticate": {},
    "account_change_password": {},
    "account_set_password": {},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key_done": {},
    "account_reset_password_from_key": {"uidb36": "1", "key": "niet-bekend"},
    "mfa_index": {},
    "mfa_authenticate": {},
    "mfa_reauthenticate": {},
    "mfa_activate_totp": {},
    "mfa_deactivate_totp": {},
    "mfa_view_recovery_codes": {},
    "mfa_generate_recovery_codes": {},
}
