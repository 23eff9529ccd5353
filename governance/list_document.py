"""The decision list: what its page and its PDF show, frozen when it is made.

What is secret at that moment is left out, and nothing shows that it was left out: items are
numbered as they stand on the list. What becomes secret later is withheld from who may not read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from core.documents import document_of, register_kind, request_document
from core.formats import clock_time, local_day, long_date
from core.models import Document
from governance import rules
from governance.agenda import member_label
from governance.enums import ActionState, ItemResult, ListState
from governance.models import (
    ActionPoint,
    AgendaItem,
    Decision,
    DecisionList,
    Meeting,
    RouteStep,
    Secrecy,
)
from governance.printing import address_of, decided_sentence
from governance.standing import Person, standing_of

LIST = "decision_list"


@dataclass(frozen=True)
class ListPoint:
    """What was decided on one point, in words, with the votes where there were any."""

    text: str
    sentence: str


@dataclass(frozen=True)
class ListAction:
    text: str
    owner: str
    due: str


@dataclass(frozen=True)
class ListItem:
    """One item with what came of it. `proposal` tells whose secrecy it inherits."""

    title: str
    outcome: str
    decision: str
    points: list[ListPoint]
    advice: list[str]
    conclusion: str
    actions: list[ListAction]
    proposal: int | None = None
    recused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ListContent:
    """Everything a decision list holds. The state is added when the PDF is asked for."""

    created: datetime
    title: str
    region: str
    legal_name: str
    address: list[str]
    body: str
    date: str
    time: str
    place: str
    present: list[str]
    absent: list[str]
    items: list[ListItem]
    example: bool
    state: str = ""
    stands: str = ""
    adopted: str = ""
    corrections: str = ""


def build_list(row: DecisionList) -> ListContent:
    """Gather the content of a list as it stands now."""
    meeting = row.meeting
    region, body = meeting.body.region, meeting.body
    form = region.forms.current(local_day(meeting.starts_at)).first()
    items = list(_items(meeting))
    return ListContent(
        created=row.made_at,
        title=f"Besluitenlijst {body.name}, {long_date(meeting.starts_at)}",
        region=region.name,
        legal_name=form.legal_name if form else region.name,
        address=address_of(region, form.host if form else ""),
        body=body.name,
        date=long_date(meeting.starts_at, weekday=True),
        time=clock_time(meeting.starts_at),
        place=meeting.place,
        present=_names(meeting, present=True),
        absent=_names(meeting, present=False),
        items=items,
        example=row.example,
    )


def _names(meeting: Meeting, *, present: bool) -> list[str]:
    """Members as they may be named: a shielded one by role only, without saying so."""
    rows = meeting.attendances.filter(present=present).select_related(
        "membership__user", "membership__seat__municipality", "membership__deputy_of__user"
    )
    return [
        row.membership.shown_as if row.membership.shielded else member_label(row.membership)
        for row in rows.order_by("membership__seat__municipality__sort_name", "membership_id")
    ]


def _items(meeting: Meeting) -> Iterable[ListItem]:
    rows = list(
        meeting.items.filter(off=False)
        .select_related("step__proposal", "version", "record")
        .order_by("order", "pk")
    )
    secret = secret_now([row.step.proposal_id for row in rows if row.step])
    decisions = {
        decision.step_id: decision
        for decision in meeting.decisions.prefetch_related("points__point")
    }
    hidden = _secret_decisions(decisions.values())
    for row in rows:
        if row.step is None or (row.step.proposal_id not in secret and row.step_id not in hidden):
            yield _item(row, decisions.get(row.step_id or 0))


def _item(row: AgendaItem, decision: Decision | None) -> ListItem:
    record = getattr(row, "record", None)
    step = row.step
    advice = (
        step.advice.filter(given_on=local_day(row.meeting.starts_at)).order_by("number")
        if step
        else []
    )
    actions = row.actions.exclude(state=ActionState.DROPPED).select_related("owner__user")
    return ListItem(
        title=row.version.subject if row.version else row.title,
        outcome=_outcome(row, decision),
        decision=decision.number if decision else "",
        points=[
            ListPoint((point.amended_text or point.point.text).strip(), decided_sentence(point))
            for point in (decision.points.all() if decision else [])
        ],
        advice=[point.text.strip() for point in advice],
        conclusion=record.conclusion.strip() if record else "",
        actions=[_action(action) for action in actions],
        proposal=step.proposal_id if step else None,
        recused=_recused(step) if decision else [],
    )


def _recused(step: RouteStep | None) -> list[str]:
    """Who took no part in the decision; the reason stays with the paper."""
    rows = step.recusals.select_related("membership__user") if step else []
    return [row.membership.shown_as for row in rows]


def _action(action: ActionPoint) -> ListAction:
    return ListAction(action.text.strip(), action.owner_shown, long_date(action.due))


def _outcome(row: AgendaItem, decision: Decision | None) -> str:
    if row.result == ItemResult.HELD_OVER:
        return f"Aangehouden: {row.note}" if row.note else "Aangehouden"
    if decision is not None:
        return f"Besluit {decision.number}"
    return f"Behandeld: {row.note}" if row.note else "Behandeld"


def secret_now(proposals: Iterable[int | None]) -> set[int]:
    """Those among the proposals on which, or on a decision about which, secrecy rests now."""
    pks = [pk for pk in proposals if pk is not None]
    rows = Secrecy.objects.filter(
        Q(proposal__in=pks) | Q(decision__proposal__in=pks), lifted_on__isnull=True
    ).values_list("proposal", "decision__proposal")
    return {pk for pair in rows for pk in pair if pk is not None}


def _secret_decisions(decisions: Iterable[Decision]) -> set[int]:
    rows = Secrecy.objects.filter(decision__in=list(decisions), lifted_on__isnull=True)
    return {pk for pk in rows.values_list("decision__step", flat=True) if pk is not None}


# What a reader sees ------------------------------------------------------------------------------


def withheld(frozen: dict[str, Any], user: Person) -> set[int]:
    """Proposals of the list that became secret after it was made, outside whose circle this
    person is."""
    pks = [item["proposal"] for item in frozen["items"] if item["proposal"]]
    rows = Secrecy.objects.filter(
        Q(proposal__in=pks) | Q(decision__proposal__in=pks), lifted_on__isnull=True
    ).exclude(pk__in=standing_of(user).circles)
    found = rows.values_list("proposal", "decision__proposal")
    return {pk for pair in found for pk in pair if pk is not None}


def shown_to(row: DecisionList, user: Person) -> dict[str, Any]:
    """The content of a list for one reader, with what became secret since taken out."""
    hidden = withheld(row.frozen, user)
    items = [item for item in row.frozen["items"] if item["proposal"] not in hidden]
    return {**row.frozen, "items": items}


def request_list(row: DecisionList, *, by: User | None) -> Document:
    """The PDF of the list as it stands: the content that was frozen, with its state beside it."""
    content = {**row.frozen, **_standing_of_list(row)}
    return request_document(LIST, row, content, by=by)


def _standing_of_list(row: DecisionList) -> dict[str, str]:
    published = long_date(row.published_at) if row.published_at else ""
    if row.state == ListState.ADOPTED and row.adopted_in is not None:
        day = long_date(row.adopted_in.starts_at)
        return {
            "state": "Vastgesteld",
            "stands": f"Vastgesteld op {day}; als concept gepubliceerd op {published}.",
            "adopted": day,
            "corrections": row.corrections,
        }
    if row.state == ListState.PUBLISHED:
        return {"state": "Concept", "stands": f"Concept, gepubliceerd op {published}."}
    return {"state": "In voorbereiding", "stands": "In voorbereiding, niet gepubliceerd."}


# --- the kind of document -----------------------------------------------------------------------


def list_context(frozen: dict[str, Any]) -> dict[str, Any]:
    """What the template gets, from frozen content alone."""
    stamp = [] if frozen["state"] == "Vastgesteld" else ["Concept"]
    return {
        "list": frozen,
        "stamp": ", ".join(stamp + (["Voorbeeld"] if frozen["example"] else [])),
        "actions": [
            {**action, "item": number, "title": item["title"]}
            for number, item in enumerate(frozen["items"], start=1)
            for action in item["actions"]
        ],
    }


def _filename(document: Document) -> str:
    return f"besluitenlijst-{document.source_id}-{document.frozen['state'].lower()}.pdf".replace(
        " ", "-"
    )


def _load(pk: int) -> DecisionList | None:
    return DecisionList.objects.filter(pk=pk).first()


def _may_read(user: Any, document: Document) -> Any:
    """A file cannot leave out what became secret later; then only the page is there to read."""
    row = _load(document.source_id)
    return (
        row is not None
        and rules.may(user, "list.read", row)
        and not withheld(document.frozen, user)
    )


def document_for(row: DecisionList, user: Person) -> Document | None:
    """The newest PDF, when this reader may have it."""
    document = document_of(LIST, row)
    return document if document is not None and _may_read(user, document) else None


def register() -> None:
    """Make the kind known; called once at start-up."""
    register_kind(
        LIST,
        label="Besluitenlijst",
        template="governance/documents/decision_list.html",
        stylesheet="css/memo.css",
        build_context=list_context,
        filename=_filename,
        may_read=_may_read,
        loader=_load,
    )
