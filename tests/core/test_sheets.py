"""A table as a spreadsheet: text stays text."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from core.sheets import make_sheet, sheet_response


def read(content):
    return load_workbook(BytesIO(content)).active


def test_what_people_typed_never_becomes_a_formula():
    sheet = read(make_sheet("Lijst", ["Naam"], [["=1+1"], ["@SUM(A1)"], ["+31"], ["-2"]]))
    assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
        ("+31", "s"),
        ("-2", "s"),
    ]


def test_dates_numbers_and_gaps_keep_their_kind():
    sheet = read(make_sheet("A:b/c", ["Dag", "Aantal", "Leeg"], [[date(2026, 3, 2), 7, None]]))
    day, number, gap = next(sheet.iter_rows(min_row=2))
    assert (day.value.date(), day.number_format) == (date(2026, 3, 2), "dd-mm-yyyy")
    assert (number.value, gap.value) == (7, None)
    assert sheet.title == "A b c"
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_control_characters_are_left_out():
    sheet = read(make_sheet("Lijst", ["Naam"], [["een\x0bregel\x00"]]))
    assert sheet["A2"].value == "eenregel"


def test_a_download_is_kept_by_no_cache():
    response = sheet_response("lijst.xlsx", "Lijst", ["Naam"], [])
    assert response["Content-Disposition"] == 'attachment; filename="lijst.xlsx"'
    assert response["Cache-Control"] == "private, no-store"
    assert response.content[:2] == b"PK"
