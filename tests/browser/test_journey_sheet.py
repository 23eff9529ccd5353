"""Journey 10, its beginning: a spreadsheet becomes a budget in concept, through the screens."""

from datetime import date

import pytest
from playwright.sync_api import expect

from budget.models import BudgetVersion
from tests import fund as made
from tests.browser.conftest import WIDTHS, assert_accessible, sideways
from tests.budget.sheets import piped
from tests.budget.test_import_version import SHEET


@pytest.mark.parametrize("width", ["laptop", "phone"])
def test_a_sheet_becomes_a_concept(page_of, cast, settings, tmp_path, shot, width):
    settings.MEDIA_ROOT = str(tmp_path)
    fund = made.opened(cast, starts_on=date(2021, 1, 1))
    page = page_of(cast.author)
    page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    page.goto(f"/{cast.region.slug}/fonds/{fund.slug}/")
    page.get_by_role("link", name="Begroting inlezen").click()
    assert_accessible(page)
    sheet = {"name": "begroting.csv", "mimeType": "text/csv", "buffer": piped(SHEET)}
    page.get_by_label("Rekenblad met de begroting").set_input_files(sheet)
    page.get_by_role("button", name="Lees het rekenblad").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk na wat er is gelezen")
    slip = page.get_by_role("listitem").filter(has_text="Ambulantisering 2021")
    expect(slip).to_contain_text("Dat is precies ‘Pleegzorg’ (B5): niet meegeteld.")
    assert_accessible(page)
    assert sideways(page) == 0
    shot(page, f"sheet-review-{width}")
    page.get_by_label("Titel").fill("Begroting van het blad")
    page.get_by_role("button", name="Bewaar als concept").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Begroting van het blad, versie 1")
    expect(page.get_by_role("heading", name="Ambulantisering 2021 telt niet op")).to_be_visible()
    assert_accessible(page)
    assert sideways(page) == 0
    shot(page, f"sheet-concept-{width}")
    assert BudgetVersion.objects.get().file.name == "begroting.csv"
