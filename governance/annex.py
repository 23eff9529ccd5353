"""The secret annex to a meeting book: of one reader, made while she downloads it, never stored.

It holds what is secret now and what she may read, with her name and the moment over every page.
Each paper and file in it is written down as read.
"""

import io
from dataclasses import replace
from typing import Any

from core import clock
from core.book import render_stamp
from core.documents import freeze
from core.formats import clock_time, long_date
from core.refusal import Refusal, Refused
from core.renditions import renditions_of
from governance.agenda_frozen import FrozenAgenda, FrozenItem
from governance.book import (
    BUSY,
    BookItem,
    MeetingBook,
    Papers,
    attachments_of,
    bound,
    paper_of,
    secret_among,
    titled,
)
from governance.documents_book import files_of, write_parts
from governance.domain.secrecy import log_reading
from governance.models import AgendaVersion, Attachment, Meeting, Proposal
from governance.rules import visible_to
from governance.standing import Person

MAX_PAGES = 300  # made within a request: a few seconds, and the memory of one document


def has_annex(meeting: Meeting, user: Person) -> bool:
    """Whether anything secret on the published agenda is for this reader."""
    version = _newest(meeting)
    items = FrozenAgenda.from_json(version.frozen).items if version else ()
    keys = [item.proposal_id for item in items if item.proposal_id]
    attachments = Attachment.objects.filter(pk__in=[key for i in items for key in i.attachments])
    proposals, files = secret_among(keys, attachments.values("file"))
    return (
        visible_to(user, Proposal).filter(pk__in=proposals).exists()
        or visible_to(user, Attachment).filter(pk__in=attachments, file__in=files).exists()
    )


def make_annex(meeting: Meeting, user: Person) -> bytes | None:
    """The PDF of what is secret and hers, stamped; None when there is nothing. Logs every reading.

    Raises Refused when it has too many pages to make while she waits.
    """
    version = _newest(meeting)
    items, read = _items(version, user) if version else ([], [])
    if version is None or not items:
        return None
    now = clock.now()
    frozen = freeze(_bound(version, items, now))
    rows = renditions_of(each["file"] for each in files_of(frozen))
    _refuse_length(sum(row.pages or 0 for row in rows.values()))
    for each in files_of(frozen):
        if each["file"] not in rows or rows[each["file"]].is_busy:
            each["why"] = BUSY
    moment = f"{long_date(now)}, {clock_time(now)}"
    stamp = render_stamp(f"Geheim. Voor {user}, {moment}", created=now)
    out = io.BytesIO()
    write_parts(frozen, rows, out, stamp=stamp)
    for secret in read:
        log_reading(secret, user, f"geheime bijlage bij de agenda van {meeting}")  # type: ignore[arg-type]
    return out.getvalue()


def _newest(meeting: Meeting) -> AgendaVersion | None:
    return meeting.agenda_versions.select_related("meeting__body__region").first()


def _bound(version: AgendaVersion, items: list[BookItem], now: Any) -> MeetingBook:
    agenda = FrozenAgenda.from_json(version.frozen)
    return bound(version, agenda, items, created=now, annex=True)


def _items(
    version: AgendaVersion, user: Person
) -> tuple[list[BookItem], list[Proposal | Attachment]]:
    """The points with something secret for this reader, and what she reads in them."""
    agenda = FrozenAgenda.from_json(version.frozen)
    papers = Papers.of(agenda.items)
    keys = [each.proposal_id for each in papers.versions.values()]
    proposals = set(visible_to(user, Proposal).filter(pk__in=keys).values_list("pk", flat=True))
    files = set(
        visible_to(user, Attachment)
        .filter(version__in=papers.versions)
        .values_list("pk", flat=True)
    )
    items: list[BookItem] = []
    read: list[Proposal | Attachment] = []
    for item in agenda.items:
        of_version = papers.versions.get(item.version_id or 0)
        if of_version is None or of_version.proposal_id not in proposals:
            continue
        whole = of_version.proposal_id in papers.secret_proposals
        mine = [
            each
            for each in attachments_of(of_version)
            if each.pk in files and (whole or each.file_id in papers.secret_files)
        ]
        if whole or mine:
            items.append(_item(item, mine, papers, whole=whole))
            read += [of_version.proposal] if whole else []
            read += [each for each in mine if each.file_id in papers.secret_files]
    return items, read


def _item(item: FrozenItem, files: list[Attachment], papers: Papers, *, whole: bool) -> BookItem:
    """A secret paper with its files; of an open paper only its secret files."""
    version = papers.versions[item.version_id or 0]
    paper = paper_of(item.number, version, files, papers)
    if whole:
        return titled(item, paper, secret=True)
    bare = replace(paper, summary="", cost="", decision_intro="", points=[], sections=[], hidden=0)
    return titled(item, bare, secret=True)


def _refuse_length(pages: int) -> None:
    if pages > MAX_PAGES:
        raise Refused(
            Refusal(
                f"Uw geheime bijlage heeft {pages} bladzijden. Dat is te veel voor één download. "
                "Lees deze stukken in het portaal, bij het voorstel zelf."
            )
        )
