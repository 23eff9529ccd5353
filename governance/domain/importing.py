"""From a document that was read to a proposal with its route, advice and original."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from core import clock, richtext
from core.formats import long_date, sort_key
from core.models import Draft, StoredFile
from core.refusal import Refusal, Refused
from core.transitions import locked
from governance.domain import advice, meetings, proposals, route, texts
from governance.enums import BodyKind, LegalStatus, MeetingState, ProposalKind, Purpose
from governance.importing.aliases import aliases_of
from governance.importing.result import ImportedProposal
from governance.models import (
    Attachment,
    Body,
    Meeting,
    Proposal,
    ProposalVersion,
    Region,
    RouteStep,
)
from governance.rules import demand

PURPOSE_OF = {
    BodyKind.PROGRAMME: Purpose.DISCUSS,
    BodyKind.PHO: Purpose.CONSENT,
}
KIND_WORDS = [
    ("procesvoorstel", ProposalKind.PROCESS),
    ("startnotitie", ProposalKind.STARTING_NOTE),
    ("informatienota", ProposalKind.INFORMATION),
    ("plan van aanpak", ProposalKind.ACTION_PLAN),
    ("bestedingsvoorstel", ProposalKind.SPENDING),
]
# Documents name a day, not an hour; the secretary sets the real time.
USUAL_TIME = time(9, 30)
IMPORTED_KINDS = frozenset({StoredFile.Kind.DOCX, StoredFile.Kind.TEXT})


# As long as a draft: who comes back within that time finds the file and what was typed.
KEEP_UPLOADS = timedelta(days=30)


@dataclass(frozen=True)
class Corrections:
    """What the person who imports chose, where the document leaves it open."""

    kind: str
    author_body: Body
    commissioned_by: Body | None = None


def guess_kind(imported: ImportedProposal) -> ProposalKind:
    """The kind that the document calls itself: in its subject first, then in notes and heads."""
    notes = [note.text for note in imported.notes]
    headings = [section.heading for section in imported.sections]
    for text in (imported.subject, *notes, *headings):
        for word, kind in KIND_WORDS:
            if word in sort_key(text):
                return kind
    return ProposalKind.POLICY


def guess_author(imported: ImportedProposal, region: Region) -> Body | None:
    """The body that the document says it is from, or the first that writes proposals."""
    writers = list(region.bodies.current().filter(writes_proposals=True).order_by("order"))
    slug = aliases_of(region).get(sort_key(imported.from_))
    return next((body for body in writers if body.slug == slug), writers[0] if writers else None)


def usual_purpose(body: Body) -> Purpose:
    """What a body of this kind is usually asked: an organ decides, the others advise."""
    if body.kind in PURPOSE_OF:
        return PURPOSE_OF[BodyKind(body.kind)]
    return Purpose.DECIDE if body.legal_status == LegalStatus.ORGAN else Purpose.ADVISE


@transaction.atomic
def import_proposal(
    imported: ImportedProposal,
    *,
    region: Region,
    source: StoredFile | None,
    by: User | None,
    corrections: Corrections | None = None,
) -> Proposal:
    """Make a concept from what was read; the original stays attached to the proposal.

    Notes and what could not be placed become sections of their own, so that no word is lost.
    Refuses a document without a subject, a file that was imported before, and a region where
    nobody writes proposals.
    """
    demand(by, "proposal.create", region)
    if corrections is None:
        author = guess_author(imported, region)
        if author is None:
            raise Refused(Refusal("In deze regio is er geen gremium dat voorstellen schrijft."))
        corrections = Corrections(guess_kind(imported), author)
    if not imported.subject.strip():
        raise Refused(Refusal("In dit stuk staat geen onderwerp. Vul het in.", field="subject"))
    if source is not None:
        # The file is locked, so that pressing the button twice makes one proposal.
        locked(StoredFile.objects.all(), source.pk)
        if Proposal.objects.filter(source_file=source).exists():
            raise Refused(Refusal("Dit bestand is al ingelezen. Kies het voorstel in de lijst."))
    header, leftover = _fit(imported)
    proposal = proposals.create_proposal(
        region,
        by=by,
        kind=corrections.kind,
        author_body=corrections.author_body,
        commissioned_by=corrections.commissioned_by or _body(region, imported.commissioned_by),
        source_file=source,
        dated=imported.date,
        decision_intro=imported.decision_intro,
        **header,
    )
    leftover += _named_but_unknown(imported, region)
    leftover += _lay_route(proposal, imported, by)
    _write_text(proposal, imported, leftover, by)
    _write_advice(proposal, imported, by)
    return proposal


def _body(region: Region, name: str) -> Body | None:
    slug = aliases_of(region).get(sort_key(name))
    return region.bodies.filter(slug=slug).first() if slug else None


def _fit(imported: ImportedProposal) -> tuple[dict[str, Any], list[str]]:
    """The header as its fields can hold it, and in full what had to be shortened."""
    given = {
        "subject": ("Onderwerp", imported.subject),
        "addressed_to": ("Aan", imported.to),
        "drafted_by": ("Opgesteld door", imported.drafted_by),
        "case_number": ("Zaaknummer", imported.case_number),
    }
    header: dict[str, Any] = {}
    leftover = []
    for name, (label, text) in given.items():
        field: Any = ProposalVersion._meta.get_field(name)
        header[name] = shorten(text, field.max_length)
        if header[name] != text.strip():
            leftover.append(f"{label}: {text}")
    return header, leftover


def shorten(text: str, longest: int) -> str:
    """The text, or its beginning up to a word with '…' when it is too long."""
    text = text.strip()
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + "…"


def _named_but_unknown(imported: ImportedProposal, region: Region) -> list[str]:
    """What the header says that no field of a proposal holds."""
    lines = [("Status", imported.status), ("Versie", imported.version)]
    for label, name in (("Van", imported.from_), ("In opdracht van", imported.commissioned_by)):
        if _body(region, name) is None:
            lines.append((label, name))
    return [f"{label}: {text}" for label, text in lines if text.strip()]


def _is_points_heading(imported: ImportedProposal, heading: str) -> bool:
    """The bare heading above the decision points: the page and the memo draw their own."""
    return bool(imported.decision_points) and "beslispunt" in sort_key(heading)


def _write_text(
    proposal: Proposal, imported: ImportedProposal, leftover: list[str], by: User | None
) -> None:
    parts = []
    for section in imported.sections:
        if not section.text.strip() and _is_points_heading(imported, section.heading):
            continue
        heading = shorten(section.heading, 200)
        whole = [] if heading == section.heading.strip() else [section.heading]
        body = richtext.from_plain_text("\n\n".join([*whole, section.text]))
        parts.append((heading, min(max(section.level, 1), 4), body))
    notes = [note.text for note in imported.notes]
    unread = [*leftover, *imported.unread]
    for heading, lines in (("Noten", notes), ("Niet geplaatst", unread)):
        if lines:
            parts.append((heading, 1, richtext.from_plain_text("\n\n".join(lines))))
    version = texts.working_version(proposal, by=by)
    texts.add_parts(version, sections=parts, points=imported.decision_points, by=by)


def _lay_route(proposal: Proposal, imported: ImportedProposal, by: User | None) -> list[str]:
    """Lay out the stops of known bodies; returns what the document says and the route does not."""
    unplaced = []
    for stop in imported.route:
        written = f"{stop.body}, {long_date(stop.date)}" if stop.date else stop.body
        slug = stop.body_matched
        body = proposal.region.bodies.current().filter(slug=slug).first() if slug else None
        if body is None:
            unplaced.append(f"Te bespreken in: {written}")
            continue
        step = RouteStep.objects.create(
            proposal=proposal,
            order=proposal.steps.count() + 1,
            body=body,
            purpose=usual_purpose(body),
        )
        if stop.date and not _plan(step, stop.date, by):
            unplaced.append(f"Te bespreken in: {written} (die datum past niet in de route)")
    return unplaced


def _plan(step: RouteStep, day: date, by: User | None) -> bool:
    """Plan the stop in the meeting of that day, or in a new one: a document is a fair source for a
    date. False when that would break the order of the route."""
    upcoming = step.body.meetings.exclude(state=MeetingState.CANCELLED)
    meeting = upcoming.filter(starts_at__date=day).first()
    starts_at = timezone.make_aware(datetime.combine(day, USUAL_TIME))
    if not route.order_answer(step, meeting or Meeting(body=step.body, starts_at=starts_at)):
        return False
    if meeting is None:
        if not step.body.is_current(day):
            return False
        meeting = meetings.plan_meeting(step.body, starts_at=starts_at, by=by)
    step.meeting = meeting
    step.save()
    return True


def _write_advice(proposal: Proposal, imported: ImportedProposal, by: User | None) -> None:
    """Advice that the document tells of; its date may precede the route.

    Advice without a known body or date, or dated in the future, stays readable as a section.
    """
    unplaced = []
    for given in imported.advice:
        body = proposal.region.bodies.filter(slug=given.body_matched).first()
        day = given.date
        if body is None or day is None or day > clock.today():
            unplaced.append(f"{given.body}\n\n" + "\n".join(f"- {p}" for p in given.points))
            continue
        step = proposal.steps.filter(body=body, meeting__starts_at__date=day).first()
        advice.write_points(
            proposal, body=body, given_on=day, points=given.points, by=by, step=step
        )
    if unplaced:
        texts.add_section(
            texts.working_version(proposal, by=by),
            heading="Advies in het stuk",
            body=richtext.from_plain_text("\n\n".join(unplaced)),
            by=by,
        )


def sweep_uploads() -> int:
    """Take away files that were read in and never became a proposal; returns how many.

    Stays: what anything points to, or pointed to in the history, and what is still being reviewed.
    """
    old = StoredFile.objects.filter(
        kind__in=IMPORTED_KINDS, uploaded_at__lt=clock.now() - KEEP_UPLOADS
    )
    once_used = {
        *Attachment.history.values_list("file_id", flat=True),
        *Proposal.history.values_list("source_file_id", flat=True),
    }
    reviewed = set(Draft.objects.filter(key__startswith="import:").values_list("key", flat=True))
    return sum(
        _taken_away(file)
        for file in old
        if file.pk not in once_used and f"import:{file.pk}" not in reviewed
    )


def _taken_away(file: StoredFile) -> bool:
    """The row first, then the bytes: a row without bytes would be a broken file."""
    content = file.content
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return False
    content.delete(save=False)
    return True
