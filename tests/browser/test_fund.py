"""The fund in a browser: a budget is written and adopted, and every page at every width."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from budget.domain import lines, versions
from core import clock
from tests import factories as make
from tests.browser.conftest import WIDTHS, axe_violations, sideways
from tests.cast import make_cast
from tests.security.world_fund import make_fund


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def fund(cast):
    return make_fund(cast, make.proposal(cast.author, cast.team))


def wrong_at(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    yield from axe_violations(page)
    if wider := sideways(page):
        yield f"{wider} px wider than the window"


def pages_of(fund):
    """Every page; the concept has one line more than the world gave it."""

    def here(name, *args):
        return reverse(f"budget:{name}", args=["waterland", "fonds", *args])

    concept, first = fund.versions.get(state="concept"), fund.lines.order_by("pk").first()
    yield here("fund")
    yield here("fund") + "?jaar=alle"
    yield reverse("budget:fund-list", args=["waterland"]) + "?alle=1"
    yield here("line", first.pk)
    yield here("fund-edit")
    yield here("version-list")
    yield here("version", concept.number)
    yield here("version-compare", concept.number, 1)
    yield here("version-judge", concept.number, concept.stated.get().pk)
    yield here("line-edit", concept.number, concept.lines.order_by("pk").first().pk)
    yield here("version-adopt", concept.number)
    proposal = first.proposals.get().proposal
    yield reverse("governance:proposal-detail", args=["waterland", proposal.number])
    yield reverse("budget:proposal-costs", args=["waterland", proposal.number])
    yield here("fund-public")


def test_every_page_at_every_width(new_page, sign_in, cast, fund, shot):
    heading = fund.versions.get(state="concept").headings.get()
    lines.put_line(
        heading.version,
        heading=heading,
        name="Uitvoeringsbudgetdoorontwikkelingsamenwerking " * 3,
        execution=True,
        by=cast.author,
    )
    page = new_page()
    sign_in(page, cast.author)
    wrong = []
    for number, address in enumerate(pages_of(fund)):
        page.goto(address)
        for summary in page.locator("main details:not([open]) > summary").all():
            if summary.is_visible():
                summary.click()
        for label, width in WIDTHS.items():
            wrong += [f"{address} {label}: {found}" for found in wrong_at(page, width)]
            if label in {"laptop", "phone"}:
                shot(page, f"fund-{number}-{label}")
    assert wrong == []


def test_a_budget_is_written_and_adopted(new_page, sign_in, cast, fund):
    concept = fund.versions.get(state="concept")
    versions.discard_version(concept, by=cast.author)
    page = new_page()
    sign_in(page, cast.author)
    page.goto(reverse("budget:fund", args=["waterland", "fonds"]))
    page.get_by_role("link", name="Nieuwe versie").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Wijzig Post").click()
    year = clock.today().year
    group = page.get_by_role("group", name=str(year))
    group.get_by_label(f"Bedrag in {year}").fill("")
    group.get_by_text("Hoe komt u aan dit bedrag?").click()
    for label, value in (("Uren per week", "2,5"), ("Weken", "4"), ("Tarief per uur", "30")):
        group.get_by_label(label).fill(value)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("row", name="Post €").first).to_contain_text("€\u00a0300")
    page.get_by_role("link", name="Begroting vaststellen").click()
    page.get_by_label("Wie stelde de begroting vast?").fill("Het bestuur")
    page.get_by_role("button", name="Stel vast").click()
    expect(page.locator("main")).to_contain_text("geldt nu")
    expect(page.locator("main")).to_contain_text("Begroot €\u00a0300")
