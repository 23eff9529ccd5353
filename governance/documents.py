"""What the documents of governance are made of: plain data, frozen before it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import User
from core.documents import document_of, register_kind, request_document
from core.formats import clock_time, long_date
from core.models import Document
from core.panels import frozen_panels
from core.refusal import Refusal, Refused
from governance import rules
from governance.domain.secrecy import log_reading, secret_now
from governance.enums import (
    AnswerKind,
    DecisionState,
    Outcome,
    Purpose,
    Quorum,
    StepState,
)
from governance.local_memo import MemoRound, consulted
from governance.memo_votes import MemoVote, memo_votes
from governance.models import (
    AdvicePoint,
    Decision,
    PointDecision,
    ProposalVersion,
    RouteStep,
    Secrecy,
)
from governance.printing import (
    Fact,
    MemoSection,
    address_of,
    cost_of,
    decided_sentence,
    sections_of,
    shortened,
)

MEMO = "decision_memo"

LONG_TEXT = 2500
LONG_TITLE = 90


@dataclass(frozen=True)
class MemoPoint:
    """One decision point: the text as it holds now, and what was asked when that differs."""

    number: int
    text: str
    outcome: str
    sentence: str
    asked: str
    note: str


@dataclass(frozen=True)
class MemoStop:
    body: str
    date: str
    purpose: str
    state: str
    note: str
    advice: int


@dataclass(frozen=True)
class MemoAdvice:
    who: str
    point: int
    date: str
    text: str
    answer: str
    label: str
    reason: str
    version: str


@dataclass(frozen=True)
class MemoAttachment:
    title: str
    mark: str


@dataclass(frozen=True)
class DecisionMemo:
    """Everything a decision memo prints. `created` is when the decision was recorded."""

    created: datetime
    number: str
    title: str
    region: str
    legal_name: str
    address: list[str]
    body: str
    facts: list[Fact]
    decision_intro: str
    points: list[MemoPoint]
    valid: str
    replaced: str
    local: str
    note: str
    summary: str
    cost: str
    sections: list[MemoSection]
    stops: list[MemoStop]
    advice: list[MemoAdvice]
    votes: list[MemoVote]
    quorum: str
    attachments: list[MemoAttachment]
    panels: list[dict[str, Any]]
    signatures: list[str]
    version_line: str
    example: bool
    secrecy: str
    consulted: list[MemoRound] = field(default_factory=list)


def build_memo(decision: Decision, *, panels: Sequence[dict[str, Any]] = ()) -> DecisionMemo:
    """Gather the content of the memo of one decision, as it stands now.

    `panels` are frozen by the upper rooms: dicts with title, caption, head and rows of text.
    """
    version, proposal = decision.version, decision.proposal
    form = decision.region.forms.current(decision.decided_on).first()
    points = list(decision.points.select_related("point"))
    return DecisionMemo(
        created=decision.recorded_at,
        number=decision.number,
        title=version.subject,
        region=decision.region.name,
        legal_name=form.legal_name if form else decision.region.name,
        address=address_of(decision.region, form.host if form else ""),
        body=decision.body.name,
        facts=_facts(decision),
        decision_intro=version.decision_intro.strip(),
        points=[_point(number, point) for number, point in enumerate(points, start=1)],
        valid=_valid(decision),
        replaced=_replaced(decision),
        local="Hierna besluit elke gemeente zelf." if proposal.local_decisions else "",
        note=decision.note.strip(),
        summary=version.summary,
        cost=cost_of(version),
        sections=sections_of(version),
        stops=[_stop(step) for step in proposal.steps.select_related("body", "meeting")],
        advice=[_advice(point) for point in proposal.advice.select_related("body", "answered_in")],
        votes=memo_votes(points),
        quorum=_quorum(decision),
        attachments=_attachments(version),
        panels=[dict(panel) for panel in panels],
        signatures=[f"De {office} van {decision.body.name}" for office in _offices()],
        version_line=(
            f"Voorstel versie {version.number}, besluit van {long_date(decision.decided_on)}"
        ),
        example=decision.example or proposal.example,
        secrecy=_secrecy(decision),
        consulted=consulted(decision),
    )


def request_memo(decision: Decision, *, by: User | None) -> Document:
    """The memo of a final decision, made from the content of the moment it is first asked for.

    Asked again it is the same document, and a failed or lost one is queued again.
    """
    if decision.state == DecisionState.RECORDED:
        raise Refused(Refusal("Maak het besluit eerst definitief; dan komt het memo."))
    stored = document_of(MEMO, decision)
    content: Any = stored.frozen if stored else build_memo(decision, panels=_panels(decision))
    return request_document(MEMO, decision, content, by=by)


def _panels(decision: Decision) -> list[dict[str, Any]]:
    """What upper rooms add, where every reader of the memo may see the same."""
    readers = User.objects.filter(is_active=True, memberships__body__region=decision.region)
    allowed = (u for u in readers.distinct() if rules.may(u, "decision.read", decision))
    return [panel.data for panel in frozen_panels("decision_memo", decision, allowed)]


def _offices() -> tuple[str, str]:
    return ("voorzitter", "secretaris")


def _facts(decision: Decision) -> list[Fact]:
    version, proposal, meeting = decision.version, decision.proposal, decision.meeting
    met = f"{decision.body.name}, {long_date(meeting.starts_at, weekday=True)}"
    place = f", {meeting.place}" if meeting.place else ""
    of = f" van {long_date(version.dated)}" if version.dated else ""
    kind = proposal.get_kind_display().capitalize()
    rows = [
        ("Aan", version.addressed_to or decision.body.name),
        ("Van", proposal.author_body.name),
        ("In opdracht van", proposal.commissioned_by.name if proposal.commissioned_by else ""),
        ("Vergadering", f"{met}, {clock_time(meeting.starts_at)}{place}"),
        ("Voorstel", f"{kind}, versie {version.number}{of}"),
        ("Zaaknummer", version.case_number),
        ("Openbaarheid", decision.body.get_publication_display().capitalize()),
    ]
    if decision.state == DecisionState.RECORDED:
        rows.append(("Stand", "Vastgelegd, nog niet definitief"))
    return [Fact(label, value) for label, value in rows if value]


def _point(number: int, decided: PointDecision) -> MemoPoint:
    amended = decided.outcome == Outcome.AMENDED
    return MemoPoint(
        number=number,
        text=(decided.amended_text if amended else decided.point.text).strip(),
        outcome=decided.outcome,
        sentence=decided_sentence(decided),
        asked=decided.point.text.strip() if amended else "",
        note=decided.note.strip(),
    )


def _valid(decision: Decision) -> str:
    text = f"Het besluit geldt vanaf {long_date(decision.valid_from)}"
    if decision.valid_until:
        text += f" tot en met {long_date(decision.valid_until)}"
    if decision.extendable_until:
        text += f" en kan worden verlengd tot en met {long_date(decision.extendable_until)}"
    return f"{text}."


def _replaced(decision: Decision) -> str:
    """What it took the place of; without what is secret, for more people read the memo."""
    replaced = decision.replaces.order_by("year", "sequence")
    earlier = [f"besluit {old.number}" for old in replaced if not secret_now(old)]
    text = f"Het vervangt {' en '.join(earlier) or 'geen eerder besluit'}."
    if decision.replaced_by and not secret_now(decision.replaced_by):
        text += f" Dit besluit is zelf vervangen door besluit {decision.replaced_by.number}."
    return text


def _stop(step: RouteStep) -> MemoStop:
    notes = {
        StepState.SKIPPED: f"overgeslagen: {step.skip_reason}",
        StepState.PLANNED: "nog te komen",
        StepState.ON_AGENDA: "op de agenda",
    }
    return MemoStop(
        body=step.body.name,
        date=long_date(step.meeting.starts_at) if step.meeting else "",
        purpose=str(Purpose(step.purpose).label),
        state=step.state,
        note=notes.get(StepState(step.state), ""),
        advice=step.advice.count(),
    )


def _advice(point: AdvicePoint) -> MemoAdvice:
    return MemoAdvice(
        who=point.body.short_name or point.body.name,
        point=point.number,
        date=long_date(point.given_on),
        text=point.text.strip(),
        answer=point.answer,
        label=str(AnswerKind(point.answer).label).capitalize() if point.answer else "",
        reason=point.reason.strip(),
        version=f"Verwerkt in versie {point.answered_in.number}." if point.answered_in else "",
    )


def _quorum(decision: Decision) -> str:
    present, total = decision.members_present, decision.members_total
    text = f"Van de {total} zittende leden waren er {present} aanwezig."
    if decision.body.rules.quorum == Quorum.MORE_THAN_HALF:
        reached = "gehaald" if present * 2 > total else "niet gehaald"
        text += f" Nodig is meer dan de helft: het quorum is {reached}."
    return text


def _attachments(version: ProposalVersion) -> list[MemoAttachment]:
    """A secret file is so in every version it is in."""
    files = version.attachments.values("file")
    secret = _active(Secrecy.objects.filter(attachment__file__in=files))
    hidden = set(secret.values_list("attachment__file", flat=True))
    return [
        MemoAttachment("Bijlage onder geheimhouding", "geheim")
        if attachment.file_id in hidden
        else MemoAttachment(attachment.title, "vertrouwelijk" if attachment.confidential else "")
        for attachment in version.attachments.all()
    ]


def _active(secrecies: models.QuerySet[Secrecy]) -> models.QuerySet[Secrecy]:
    return secrecies.filter(lifted_on__isnull=True)


def _secrecy(decision: Decision) -> str:
    """The stamp: a memo inherits the secrecy of its decision and of its proposal."""
    mine = models.Q(decision=decision) | models.Q(proposal=decision.proposal)
    found = _active(Secrecy.objects.filter(mine)).select_related("imposed_by").first()
    if found is None:
        return ""
    imposed = f"Opgelegd door {found.imposed_by.name} op {long_date(found.imposed_on)}."
    return f"Geheim. {imposed} Grond: {shortened(found.ground, 200)}"


# --- the kind of document -----------------------------------------------------------------------


def memo_context(frozen: dict[str, Any]) -> dict[str, Any]:
    """What the template gets, from frozen content alone."""
    text = sum(len(section["html"]) for section in frozen["sections"])
    stamp = ["Geheim"] if frozen["secrecy"] else []
    title = frozen["title"]
    return {
        "memo": frozen,
        "text_apart": text > LONG_TEXT,
        "long_title": len(title) > LONG_TITLE,
        "running_title": shortened(title, LONG_TITLE),
        "stamp": ", ".join(stamp + (["Voorbeeld"] if frozen["example"] else [])),
        "many_stops": len(frozen["stops"]) > 4,
    }


def _filename(document: Document) -> str:
    """By number only: the subject of a secret decision never shows in a file name."""
    return f"besluitmemo-{document.frozen['number']}.pdf"


def _load(pk: int) -> Decision | None:
    return Decision.objects.filter(pk=pk).first()


def _may_read(user: Any, document: Document) -> Any:
    decision = _load(document.source_id)
    return decision is not None and rules.may(user, "decision.read", decision)


def _log_reading(user: Any, document: Document) -> None:
    """The memo of a secret decision: who takes it along is written down."""
    decision = _load(document.source_id)
    if decision is not None:
        log_reading(decision, user, f"besluitmemo {decision.number}")


def register() -> None:
    """Make the kinds of document of this room known; called once at start-up."""
    register_kind(
        MEMO,
        label="Besluitmemo",
        template="governance/documents/decision_memo.html",
        stylesheet="css/memo.css",
        build_context=memo_context,
        filename=_filename,
        may_read=_may_read,
        loader=_load,
        on_read=_log_reading,
    )
