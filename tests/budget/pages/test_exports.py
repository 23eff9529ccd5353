"""A fund as a workbook: every total is a formula, and recomputed it gives the totals of the page.

LibreOffice is part of the test set-up: without it this fails, for a workbook that nobody recomputed
proves nothing.
"""

import csv
import shutil
import subprocess
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from budget import exports
from budget.domain import versions
from budget.domain.funds import holdings
from budget.queries import figures_of
from core.sheets import make_book
from tests import fund as walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(house):
    walk.paid(house, walk.signed(house, "600.55"), "250.05")
    walk.proposed(house, 100)
    return house


def book_of(fund):
    return make_book(exports.book_of(fund, figures_of(fund), holdings(fund)))


def recomputed(content, tmp_path):
    """The values of a workbook after LibreOffice reckoned every formula."""
    office = shutil.which("soffice")
    assert office, (
        "LibreOffice ontbreekt: installeer libreoffice-calc om het rekenblad na te tellen"
    )
    source = tmp_path / "fonds.xlsx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    out = tmp_path / "out"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", out, source],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return load_workbook(out / "fonds.xlsx", data_only=True)


def row_named(sheet, label):
    return next(row for row in sheet.iter_rows(values_only=True) if row[0] == label)


def test_libreoffice_reckons_the_totals_of_the_portal(money, tmp_path):
    figures = figures_of(money.fund)
    book = recomputed(book_of(money.fund), tmp_path)
    total = row_named(book[exports.BUDGET], "Totaal")
    assert [Decimal(str(each)) for each in total[2:]] == [
        *(figures.of(year).budget for year in figures.years),
        figures.total.budget,
    ]
    subtotal = row_named(book[exports.BUDGET], "Subtotaal Organisatie")
    assert subtotal[2:] == (1000, 500, 1500)
    whole = figures.total
    standing = [
        Decimal(str(each)).quantize(Decimal("0.01"))
        for each in row_named(book[exports.STANDING], "Totaal")[3:]
    ]
    assert standing == [
        *(whole.budget, whole.promised, whole.invoiced, whole.paid),
        *(whole.requested, whole.left, whole.forecast),
    ]
    last = row_named(book[exports.BALANCE], "Op 1 juli 2022")
    assert last[2] == 1000


def test_every_total_is_a_formula_and_no_text_ever_is(house):
    version = versions.draft_version(house.fund, by=house.cast.author)
    care = version.headings.get(name="Ambulantisering")
    walk.lines.put_line(
        version,
        heading=care,
        name="=1+1",
        years={2021: walk.year(5)},
        by=house.cast.author,
    )
    walk.adoption.adopt_version(version, ground=walk.GROUND, by=house.cast.author)
    book = load_workbook(BytesIO(book_of(house.fund)))
    kinds = {}
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    kinds.setdefault(cell.data_type, []).append((row[0].value, cell.value))
    assert {value for _, value in kinds["s"]} == {"=1+1"}
    totals = [value for label, value in kinds["f"] if label == "Totaal"]
    assert len(totals) == 3 + 7


def test_the_csv_has_a_row_per_line_and_year(money, page):
    response = page(money.cast.reader, "download", money.fund, "fonds-machine.csv")
    rows = list(csv.DictReader(StringIO(response.content.decode())))
    leading = next(r for r in rows if r["line"] == "Projectleiding" and r["year"] == "2021")
    assert leading["committed"] == "600.55"
    assert (leading["left"], leading["forecast"]) == ("399.45", "700.55")
    dutch = page(money.cast.reader, "download", money.fund, "fonds.csv").content.decode()
    assert "Projectleiding;2021;1000,00;600,55" in dutch
    assert page(money.cast.reader, "download", money.fund, "niets.csv").status_code == 404
