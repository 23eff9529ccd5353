"""A Word file as a programme team makes it: header table, headings, points, advice, a route."""

import io

import docx

SUBJECT = "Sneller hulp in de wijk"
NAME = "sneller-hulp-in-de-wijk.docx"
HEADER = [
    ("Aan:", "Bestuur"),
    ("Van:", "Programmateam"),
    ("Datum:", "4 maart 2026"),
    ("Onderwerp:", SUBJECT),
    ("Status:", "Concept"),
    ("Opgesteld door:", "projectleider"),
]
ROUTE = [
    ("Programmateam", "4 maart 2026"),
    ("Stuurgroep", "11 maart 2026"),
    ("Ambtelijk overleg", "14 maart 2026"),
    ("Bestuur", "28 maart 2026"),
]
POINTS = [
    "In elke wijk een vast aanspreekpunt voor gezinnen te maken.",
    "Daarvoor in de begroting ruimte te maken.",
]
ADVICE = ["Begin in de wijken waar de wachttijd het langst is.", "Vraag het ook de jongeren."]


def proposal_file() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for label, value in HEADER:
        _row(table, label, value)
    for number, (body, day) in enumerate(ROUTE):
        _row(table, "" if number else "Te bespreken in:", body, day)
    document.add_heading("Aanleiding", level=1)
    document.add_paragraph("Gezinnen wachten te lang voordat iemand met hen meedenkt.")
    document.add_heading("Wat er al is", level=2)
    document.add_paragraph("In twee gemeenten werkt een proef. Die loopt dit jaar af.")
    document.add_heading("Beslispunten", level=1)
    document.add_paragraph("Wij vragen u in te stemmen met:")
    for point in POINTS:
        document.add_paragraph(point, style="List Bullet")
    document.add_heading("Hoe verder", level=1)
    document.add_paragraph("De stuurgroep besprak dit op 19 februari 2026. Het advies luidde:")
    for point in ADVICE:
        document.add_paragraph(point, style="List Bullet")
    document.add_paragraph("Daarna maakt het programmateam een plan per wijk.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _row(table: docx.table.Table, *texts: str) -> None:
    cells = table.add_row().cells
    for cell, text in zip(cells, texts, strict=False):
        cell.text = text
