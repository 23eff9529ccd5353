"""From a document that was read to a proposal with its route, advice and original."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import clock, richtext
from core.formats import long_date, sort_key
from core.models import StoredFile
from core.refusal import Refusal, Refused
from core.transitions import locked
from governance.domain import advice, proposals, route, texts
from governance.enums import BodyKind, LegalStatus, MeetingState, ProposalKind, Purpose
from governance.importing.aliases import aliases_of
from governance.importing.result import ImportedProposal
from governance.models import Body, Meeting, Proposal, Region, RouteStep
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
    Refuses a document without a subject, one whose file was imported before, and a region where
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
        # The file is locked, so that a second press of the button makes no second proposal.
        locked(StoredFile.objects.all(), source.pk)
        if Proposal.objects.filter(source_file=source).exists():
            raise Refused(Refusal("Dit bestand is al ingelezen. Kies het voorstel in de lijst."))
    proposal = proposals.create_proposal(
        region,
        by=by,
        kind=corrections.kind,
        subject=imported.subject[:200],
        author_body=corrections.author_body,
        commissioned_by=corrections.commissioned_by or _body(region, imported.commissioned_by),
        source_file=source,
        addressed_to=imported.to[:200],
        drafted_by=imported.drafted_by[:120],
        case_number=imported.case_number[:40],
        dated=imported.date,
        decision_intro=imported.decision_intro,
    )
    left = [*_left_of_header(proposal, imported), *_lay_route(proposal, imported)]
    _write_text(proposal, replace(imported, unread=[*left, *imported.unread]), by)
    _write_advice(proposal, imported, by)
    return proposal


def _left_of_header(proposal: Proposal, imported: ImportedProposal) -> list[str]:
    """What the header says and no field of a proposal holds, with its label."""
    names = aliases_of(proposal.region)
    commissioner = proposal.commissioned_by
    written = [
        ("Onderwerp", imported.subject, len(imported.subject) > 200),
        ("Aan", imported.to, len(imported.to) > 200),
        ("Van", imported.from_, names.get(sort_key(imported.from_)) != proposal.author_body.slug),
        ("Status", imported.status, True),
        ("Versie", imported.version, True),
        (
            "In opdracht van",
            imported.commissioned_by,
            commissioner is None
            or names.get(sort_key(imported.commissioned_by)) != commissioner.slug,
        ),
        ("Opgesteld door", imported.drafted_by, len(imported.drafted_by) > 120),
        ("Zaaknummer", imported.case_number, len(imported.case_number) > 40),
    ]
    return [f"{label}: {text}" for label, text, left in written if left and text]


def _body(region: Region, name: str) -> Body | None:
    slug = aliases_of(region).get(sort_key(name))
    return region.bodies.filter(slug=slug).first() if slug else None


def _write_text(proposal: Proposal, imported: ImportedProposal, by: User | None) -> None:
    version = texts.working_version(proposal, by=by)
    for section in imported.sections:
        fits = len(section.heading) <= 200
        text = section.text if fits else f"{section.heading}\n\n{section.text}"
        texts.add_section(
            version,
            heading=section.heading if fits else "",
            level=section.level,
            body=richtext.from_plain_text(text),
            by=by,
        )
    notes = [note.text for note in imported.notes]
    for heading, lines in (("Noten", notes), ("Niet geplaatst", imported.unread)):
        if lines:
            body = richtext.from_plain_text("\n\n".join(lines))
            texts.add_section(version, heading=heading, body=body, by=by)
    for point in imported.decision_points:
        texts.add_point(version, text=point, by=by)


def _lay_route(proposal: Proposal, imported: ImportedProposal) -> list[str]:
    """Lay out the stops; gives what could not be laid out, in words."""
    left = []
    order = 0
    for stop in imported.route:
        body = proposal.region.bodies.filter(slug=stop.body_matched).first()
        if body is None:
            left.append(f"Halte: {stop.body} {long_date(stop.date)}".strip())
            continue
        order += 1
        step = RouteStep.objects.create(
            proposal=proposal, order=order, body=body, purpose=usual_purpose(body)
        )
        if stop.date:
            meeting = _meeting_on(body, stop.date)
            if route.order_refusal(step, meeting):
                left.append(f"Halte: {stop.body} {long_date(stop.date)}, eerder dan de vorige halte")
                continue
            step.meeting = meeting
            step.save()
    return left


def _meeting_on(body: Body, day: date) -> Meeting:
    """The meeting of that day, or a planned one: a document is a fair source for a date."""
    found = body.meetings.filter(starts_at__date=day).exclude(state=MeetingState.CANCELLED).first()
    if found is not None:
        return found
    starts_at = timezone.make_aware(datetime.combine(day, USUAL_TIME))
    return Meeting.objects.create(body=body, starts_at=starts_at)


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
