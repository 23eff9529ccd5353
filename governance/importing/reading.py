"""From a file to an `ImportedProposal`: the one entrance of the reader."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from core import clock
from core.formats import long_date
from governance.importing.aside import take_aside
from governance.importing.blocks import Block, Kind, NoteKind, Source
from governance.importing.bodies import match_body
from governance.importing.counting import keep_what_was_lost, words
from governance.importing.dates import Anchor, CellDate, mentions, read_cell, year_of_texts
from governance.importing.header import Header, read_header
from governance.importing.headings import with_headings
from governance.importing.package import MAX_CHARACTERS, check_size, is_package, refuse
from governance.importing.parts import Parts, read_parts
from governance.importing.readers import read_docx
from governance.importing.remarks import attachments_in, later_than_itself, split_documents
from governance.importing.result import ImportedProposal, Note, Stop
from governance.importing.text import read_text


def read_proposal(
    path_or_bytes: Path | str | bytes, filename: str, bodies: Mapping[str, str]
) -> ImportedProposal:
    """Read a proposal; every word of the file reaches exactly one key (see `counting`).

    `bodies` maps the normalised names of the region's bodies to their slugs. Refuses, in Dutch,
    what is empty, too large, broken, encrypted, hostile, or no Word or text file. What could be
    read only in part gives a warning.
    """
    data = _content(path_or_bytes)
    try:
        source = read_docx(data) if is_package(data) else read_text(data)
        if sum(len(block.all_text()) for block in source.blocks) > MAX_CHARACTERS:
            refuse(
                "De tekst is langer dan 800 bladzijden. Kies het voorstel zelf, zonder bijlagen."
            )
        if not any(words([block.all_text()]) for block in source.blocks):
            refuse("In het bestand staat geen tekst. Kies een bestand met tekst.")
        result = _understood(source, bodies)
    except RecursionError:
        refuse("Het bestand is te ingewikkeld opgebouwd. Kopieer de tekst naar een nieuw bestand.")
    if is_package(data) != filename.lower().endswith((".docx", ".dotx")):
        kind = "een Word-bestand" if is_package(data) else "platte tekst"
        result.warnings.append(f"De naam {filename} klopt niet met de inhoud: het is {kind}.")
    return result


def _content(path_or_bytes: Path | str | bytes) -> bytes:
    if isinstance(path_or_bytes, bytes):
        check_size(len(path_or_bytes))
        return path_or_bytes
    path = Path(path_or_bytes)
    if not path.is_file():
        refuse(f"Het bestand {path.name} is niet gevonden. Controleer de naam.")
    check_size(path.stat().st_size)
    return path.read_bytes()


def _understood(source: Source, bodies: Mapping[str, str]) -> ImportedProposal:
    whole = words(block.all_text() for block in source.blocks)
    result = ImportedProposal(warnings=list(source.warnings))
    first, second = split_documents(source.blocks)
    header = read_header(take_aside(first))
    anchor = _fill_header(result, header, source)
    written = result.date
    _fill_route(result, header, bodies, anchor)
    body = with_headings([b for b in header.rest if b.kind not in (Kind.NOTE, Kind.UNREAD)])
    parts = read_parts(body, bodies, anchor)
    _fill_parts(result, parts)
    _fill_notes(result, header)
    result.unread += header.unknown
    result.unread += [b.text for b in header.rest if b.kind is Kind.UNREAD]
    if header.unknown:
        result.warnings.append(
            f"Niet gelezen uit de kop van het stuk: {'; '.join(header.unknown)}."
        )
    _set_apart(result, second)
    running = [section.text for section in result.sections]
    result.attachments_mentioned = attachments_in(
        [*running, result.decision_intro, *result.decision_points]
    )
    result.warnings += later_than_itself(running, _version_day(result, anchor) or written, anchor)
    keep_what_was_lost(result, whole, [*header.structure, *parts.structure])
    return result


def _fill_header(result: ImportedProposal, header: Header, source: Source) -> Anchor:
    """The keys of the header, and the anchor for every year that is missing."""
    for key, text in header.fields.items():
        if key != "date":
            setattr(result, key, text)
    if not result.subject and header.titles:
        result.subject = header.titles.pop(0)
    if not result.subject:
        result.warnings.append("Er is geen onderwerp gevonden. Vul het zelf in.")
    year = _known_year(source, header)
    stated = header.fields.get("date", "")
    cell = read_cell(stated, year)
    if not stated:
        result.warnings.append("Er is geen datum gevonden. Vul de datum zelf in.")
    elif cell.day is None:
        result.warnings.append(f"De datum ‘{stated}’ is niet als dag te lezen. Vul de datum in.")
    elif cell.inferred:
        result.warnings.append(
            f"Bij de datum ‘{cell.used}’ ontbreekt het jaar; gelezen als {long_date(cell.day)}, "
            f"naar {year.source}."
        )
    _use(header, cell)
    result.date, result.date_inferred = cell.day, cell.inferred
    if cell.day is None:
        return year
    source_of_year = year.source if cell.inferred else "de datum van het stuk"
    return Anchor(cell.day.year, cell.day, source_of_year)


def _known_year(source: Source, header: Header) -> Anchor:
    """The year of the version or of the text, else of the file, else this year."""
    for mention in mentions(header.fields.get("version", "")):
        if mention.year:
            return Anchor(mention.year, source="de versie van het stuk")
    year = year_of_texts(block.all_text() for block in source.blocks)
    if year:
        return Anchor(year, source="de jaartallen in de tekst")
    if source.file_year:
        return Anchor(source.file_year, source="het jaar waarin het bestand is opgeslagen")
    return Anchor(clock.today().year, source="het huidige jaar")


def _fill_route(
    result: ImportedProposal, header: Header, bodies: Mapping[str, str], anchor: Anchor
) -> None:
    inferred = False
    for name, day_text in header.stops:
        cell = read_cell(day_text, anchor)
        _use(header, cell)
        stop = Stop(name, match_body(name, bodies), cell.day, cell.inferred)
        result.route.append(stop)
        inferred = inferred or stop.date_inferred
        if stop.body_matched is None:
            result.warnings.append(
                f"Het gremium ‘{name}’ is in deze regio niet bekend. "
                "Kies zelf een gremium of voeg deze naam toe als andere naam."
            )
        if day_text and cell.day is None:
            result.warnings.append(
                f"De datum ‘{day_text}’ bij {name} is niet als dag te lezen. Vul de dag zelf in."
            )
    if inferred:
        result.warnings.append(
            f"Bij de route ontbreekt het jaar; gelezen naar {anchor.source} ({anchor.year})."
        )


def _fill_parts(result: ImportedProposal, parts: Parts) -> None:
    result.sections = parts.sections
    result.decision_intro = parts.decision_intro
    result.decision_points = parts.decision_points
    result.advice = parts.advice
    if parts.has_decision_heading and not parts.decision_points:
        result.warnings.append("Onder de kop met beslispunten zijn geen punten gevonden.")
    elif not parts.has_decision_heading:
        result.warnings.append("Er zijn geen beslispunten gevonden.")
    if parts.text_between_points:
        result.warnings.append(
            "Tussen de beslispunten staat tekst. Die staat nu bij het punt erboven. "
            "Kijk of dat klopt."
        )
    for advice in parts.advice:
        if advice.body_matched is None:
            result.warnings.append(
                f"Het advies van ‘{advice.body or 'onbekend'}’ hoort bij geen gremium dat in deze "
                "regio bekend is. Kies zelf een gremium."
            )


def _fill_notes(result: ImportedProposal, header: Header) -> None:
    result.notes += [Note(NoteKind.TITLE.value, title) for title in header.titles]
    result.notes += [
        Note(str(block.note), block.text) for block in header.rest if block.kind is Kind.NOTE
    ]


def _set_apart(result: ImportedProposal, second: list[Block]) -> None:
    """A second document in the file is not mixed with the first: it is kept as unread."""
    if not second:
        return
    texts = [block.all_text().strip() for block in second]
    result.unread.append("\n\n".join(texts))
    start = " ".join(texts[0].split())[:80]
    result.warnings.append(
        f"In dit bestand staan twee stukken. Het tweede begint bij ‘{start}’ en staat bij wat niet "
        "gelezen is. Maak er een eigen bestand van en lees dat apart in."
    )


def _use(header: Header, cell: CellDate) -> None:
    """Text that became a date is structure; what was left over in its cell is unread."""
    if cell.used:
        header.structure.append(cell.used)
    if cell.rest:
        header.unknown.append(cell.rest)


def _version_day(result: ImportedProposal, anchor: Anchor) -> date | None:
    return read_cell(result.version, anchor).day if mentions(result.version) else None
