"""What was read, as plain Dutch text for the shell."""

from core.formats import long_date
from governance.importing.result import ImportedProposal


def as_text(read: ImportedProposal) -> str:
    """The header, the route, the text, what came beside it, and first of all the warnings."""
    lines = ["LET OP", *(f"- {warning}" for warning in read.warnings), ""] if read.warnings else []
    lines += [f"{label + ':':<16} {value or '(niet gevonden)'}" for label, value in _header(read)]
    if read.route:
        lines += ["", "ROUTE"]
        for stop in read.route:
            day = long_date(stop.date) or "geen datum"
            guess = ", jaar afgeleid" if stop.date_inferred else ""
            match = stop.body_matched or "onbekend in deze regio"
            lines.append(f"- {stop.body} ({match}): {day}{guess}")
    if read.decision_points or read.decision_intro:
        lines += ["", "BESLISPUNTEN", read.decision_intro]
        lines += [f"{n}. {point}" for n, point in enumerate(read.decision_points, 1)]
    for advice in read.advice:
        day = long_date(advice.date) or "geen datum"
        lines += ["", f"ADVIES VAN {advice.body or 'onbekend'} ({day})"]
        lines += [f"- {point}" for point in advice.points]
    lines += ["", "TEKST"]
    for part in read.sections:
        lines += ["", f"{'#' * part.level} {part.heading or '(zonder kop)'}"]
        lines += [part.text] if part.text else []
    for title, texts in (
        ("GENOEMDE BIJLAGEN", read.attachments_mentioned),
        ("NOTEN EN BRIEFHOOFD", [note.text for note in read.notes]),
        ("NIET GELEZEN", read.unread),
    ):
        if texts:
            lines += ["", title, *(f"- {text}" for text in texts)]
    return "\n".join(lines)


def _header(read: ImportedProposal) -> list[tuple[str, str]]:
    return [
        ("Onderwerp", read.subject),
        ("Aan", read.to),
        ("Van", read.from_),
        ("Datum", long_date(read.date)),
        ("Status", read.status),
        ("Versie", read.version),
        ("In opdracht van", read.commissioned_by),
        ("Opgesteld door", read.drafted_by),
        ("Zaaknummer", read.case_number),
    ]
