"""A wide spreadsheet gets its columns on one page; what its maker set up for paper stays."""

import io
import zipfile

import openpyxl
import pytest

from core.converting.sheets import fit


def workbook(columns: int, set_up=lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    book.active.append([f"kolom {number}" for number in range(columns)])
    set_up(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def fitted(tmp_path):
    """What fit() told, and the workbook it wrote."""

    def run(content: bytes):
        source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
        source.write_bytes(content)
        return fit(source, target), openpyxl.load_workbook(target).active

    return run


@pytest.mark.parametrize(("columns", "pages"), [(16, 1), (34, 2), (100, 3)])
def test_a_wide_sheet_lies_down_with_no_letter_under_half_its_size(fitted, columns, pages):
    count, sheet = fitted(workbook(columns))
    setup = sheet.page_setup
    assert (count, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", pages, 0)
    assert sheet.max_column == columns


def test_hidden_and_narrow_columns_take_no_room(fitted):
    def narrow(sheet):
        for letter in "ABCDEFGH":
            sheet.column_dimensions[letter].width = 3
        sheet.column_dimensions["I"].hidden = True

    assert fitted(workbook(10, narrow))[0] == 0


def scaled(sheet):
    sheet.page_setup.scale = 60


def broken_by_hand(sheet):
    sheet.col_breaks.append(openpyxl.worksheet.pagebreak.Break(id=4))


def own_fit(sheet):
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def print_area(sheet):
    sheet.print_area = "A1:C20"


@pytest.mark.parametrize("set_up", [scaled, broken_by_hand, own_fit, print_area])
def test_what_was_set_up_for_paper_stays_as_it_is(fitted, set_up):
    assert fitted(workbook(30, set_up))[0] == 0


def test_a_narrow_one_stays_as_it_is(fitted):
    assert fitted(workbook(5))[0] == 0


def renamed(content: bytes, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text) if "worksheets" in name else text)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"<sheetPr>", b"<sheetPr filterMode='1'>"),
        lambda text: text[: text.index(b"<sheetPr>")] + text[text.index(b"<dimension") :],
        lambda text: text.replace(b"<sheetData>", b"<sheetData >"),
    ],
    ids=["other properties", "no properties", "a space"],
)
def test_other_makers_write_it_otherwise(fitted, change):
    count, sheet = fitted(renamed(workbook(16), change))
    assert (count, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)


def test_what_is_no_sheet_is_left_alone(fitted):
    content = renamed(workbook(16), lambda text: text.replace(b"sheetData", b"sheetDate"))
    assert fitted(content)[0] == 0
