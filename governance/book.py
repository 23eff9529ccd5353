"""What a meeting book is made of: the published agenda, and of each paper its text and files.

There is one book for all. Secret papers and files stay out of it; who may read them finds them in
an annex of her own (`governance/annex.py`), made of the same parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from core.formats import clock_time, long_date
from core.models import Rendition
from core.renditions import renditions_of
from governance.agenda_frozen import FrozenAgenda, FrozenItem
from governance.enums import Treatment
from governance.models import AgendaVersion, Attachment, Meeting, ProposalVersion, Secrecy
from governance.printing import Fact, MemoSection, cost_of, sections_of

BUSY = "Dit bestand wordt nog omgezet naar PDF. Probeer het over een paar minuten opnieuw."


@dataclass(frozen=True)
class BookFile:
    """An attachment: key and sha256 of the upload, of which one printable form is made. `why` is
    the sentence that says it has none; empty as long as it may come."""

    anchor: str
    label: str
    title: str
    mark: str
    name: str
    kind: str
    size: int
    file: int
    sha256: str
    why: str = ""


@dataclass(frozen=True)
class BookPaper:
    """The text of a proposal as it lay on the table. `hidden` counts its secret files."""

    proposal: int
    facts: list[Fact]
    summary: str
    cost: str
    decision_intro: str
    points: list[str]
    sections: list[MemoSection]
    files: list[BookFile]
    hidden: int = 0


@dataclass(frozen=True)
class BookItem:
    """One point of the agenda. A secret paper in the book for all has no title and no paper."""

    anchor: str
    number: str
    time: str
    title: str
    text: str
    facts: str
    waits: str
    secret: bool = False
    paper: BookPaper | None = None


@dataclass(frozen=True)
class MeetingBook:
    """Everything a book prints. `created` is when the agenda was published."""

    created: datetime
    region: str
    body: str
    slug: str
    day: str
    when: str
    place: str
    ends: str
    version: int
    items: list[BookItem]
    annex: bool = False


@dataclass
class Papers:
    """What the points of an agenda bring along, read at once: a fixed number of queries."""

    versions: dict[int, ProposalVersion] = field(default_factory=dict)
    renditions: dict[int, Rendition] = field(default_factory=dict)
    secret_proposals: set[int] = field(default_factory=set)
    secret_files: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, items: Iterable[FrozenItem]) -> "Papers":
        pks = [item.version_id for item in items if item.version_id]
        versions = (
            ProposalVersion.objects.filter(pk__in=pks)
            .select_related("proposal__author_body")
            .prefetch_related("sections", "points", "attachments__file")
        )
        found = {version.pk: version for version in versions}
        files = [each.file_id for version in found.values() for each in version.attachments.all()]
        secret_proposals, secret_files = secret_among(
            [version.proposal_id for version in found.values()], files
        )
        return cls(found, renditions_of(files), secret_proposals, secret_files)


def secret_among(proposals: Iterable[int], files: Any) -> tuple[set[int], set[int]]:
    """Which of these proposals and files (keys, or a query for them) are secret now; one query.

    A file is secret in every version it is in.
    """
    rows = Secrecy.objects.filter(
        Q(proposal__in=proposals) | Q(attachment__file__in=files), lifted_on__isnull=True
    ).values_list("proposal", "attachment__file")
    found = list(rows)
    return {one for one, _ in found if one}, {file for _, file in found if file}


def build_book(version: AgendaVersion) -> MeetingBook:
    """The book for all who may read the meeting, of a published agenda, by the secrecy of now."""
    agenda = FrozenAgenda.from_json(version.frozen)
    papers = Papers.of(agenda.items)
    items = [
        _item(item, papers)
        for item in agenda.items
        if item.proposal_id not in papers.secret_proposals or item.announced
    ]
    return bound(version, agenda, items)


def bound(
    version: AgendaVersion, agenda: FrozenAgenda, items: list[BookItem], **more: Any
) -> MeetingBook:
    """A book or annex around its items."""
    meeting: Meeting = version.meeting
    begins = agenda.begins
    return MeetingBook(
        created=more.pop("created", version.published_at),
        region=meeting.body.region.name,
        body=agenda.body,
        slug=meeting.body.slug,
        day=begins.date().isoformat(),
        when=f"{long_date(begins, weekday=True)}, {clock_time(begins)}",
        place=agenda.place,
        ends=agenda.ends,
        version=version.number,
        items=items,
        **more,
    )


def _item(item: FrozenItem, papers: Papers) -> BookItem:
    if item.proposal_id in papers.secret_proposals:
        title = "Geheim: zie uw eigen bijlage"
        return BookItem(f"punt-{item.number}", item.number, item.time, title, "", "", "", True)
    version = papers.versions.get(item.version_id or 0)
    open_files = [a for a in attachments_of(version) if a.file_id not in papers.secret_files]
    paper = paper_of(item.number, version, open_files, papers) if version else None
    return titled(item, paper)


def titled(item: FrozenItem, paper: BookPaper | None, *, secret: bool = False) -> BookItem:
    """A point with its own title, and its paper."""
    treatment = Treatment(item.treatment).label if item.treatment and item.proposal else ""
    minutes = f"{item.minutes} minuten" if item.minutes else ""
    late = "nagezonden" if item.late else ""
    facts = " · ".join(str(part) for part in (item.asked, treatment, minutes, late) if part)
    return BookItem(
        anchor=f"punt-{item.number}",
        number=item.number,
        time=item.time,
        title=item.title,
        text=item.text.strip(),
        facts=facts.capitalize(),
        waits=item.waits,
        secret=secret,
        paper=paper,
    )


def attachments_of(version: ProposalVersion | None) -> list[Attachment]:
    return list(version.attachments.all()) if version else []


def paper_of(
    number: str, version: ProposalVersion, files: list[Attachment], papers: Papers
) -> BookPaper:
    """The text of a version and the printable forms of some of its files."""
    proposal = version.proposal
    places = {each.pk: place for place, each in enumerate(attachments_of(version), start=1)}
    facts = [
        ("Voorstel", f"{proposal.get_kind_display()} {proposal.number}, versie {version.number}"),
        ("Van", proposal.author_body.name),
        ("Zaaknummer", version.case_number),
    ]
    return BookPaper(
        proposal=proposal.pk,
        facts=[Fact(label, value.capitalize()) for label, value in facts if value],
        summary=version.summary,
        cost=cost_of(version),
        decision_intro=version.decision_intro.strip(),
        points=[point.text.strip() for point in version.points.all()],
        sections=sections_of(version),
        files=[_file(number, places[each.pk], each, papers) for each in files],
        hidden=len(places) - len(files),
    )


def _file(number: str, place: int, attachment: Attachment, papers: Papers) -> BookFile:
    file = attachment.file
    row = papers.renditions.get(file.pk)
    return BookFile(
        anchor=f"bijlage-{number}-{place}",
        label=f"Bijlage {place} bij punt {number}",
        title=attachment.title,
        mark="vertrouwelijk" if attachment.confidential else "",
        name=file.name,
        kind=file.get_kind_display(),
        size=file.size,
        file=file.pk,
        sha256=file.sha256,
        why=row.error if row and row.status == Rendition.Status.FAILED else "",
    )
