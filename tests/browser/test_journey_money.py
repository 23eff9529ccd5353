"""Journey 10: from a promise to a payment by two pairs of eyes; nothing exceeds what is left."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from budget.domain import commitments
from budget.models import Commitment, Invoice
from tests import fund as funds
from tests.browser.conftest import WIDTHS
from tests.browser.test_journey_municipalities import accessible_everywhere
from tests.browser.test_journey_route import press, says
from tests.cast import Cast


@pytest.fixture
def house(cast: Cast) -> funds.House:
    return funds.house(cast)


@pytest.fixture
def to(house: funds.House) -> Callable[..., None]:
    def go(page: Page, name: str, *args: object) -> None:
        slug = house.cast.region.slug
        page.goto(reverse(f"budget:{name}", args=[slug, house.fund.slug, *args]))

    return go


def propose(page: Page, amount: str) -> None:
    page.get_by_label("Post", exact=True).select_option(label="Projectleiding")
    page.get_by_label("Leverancier", exact=True).select_option(label="Bureau Brug")
    page.get_by_label("Waarvoor").fill("Projectleiding voor 24 uur per week")
    page.get_by_label("Bedrag", exact=True).fill(amount)
    page.get_by_label("Van", exact=True).fill("1 januari 2021")
    page.get_by_label("Tot en met", exact=True).fill("31 december 2021")
    press(page, "Voorstellen")


def receive(page: Page, amount: str) -> None:
    page.get_by_label("Factuurnummer").fill("F 2021/7")
    page.get_by_label("Bedrag", exact=True).fill(amount)
    page.get_by_label("Factuurdatum").fill("1 februari 2021")
    press(page, "Ontvangen")


def check(page: Page) -> None:
    press(page, "Controleren")
    page.get_by_label("Wat is er geleverd?").fill("Tien dagdelen, met urenstaat.")
    press(page, "Controleren")


def test_from_a_promise_to_a_payment(house, page_of, to):
    manager = page_of(house.manager)
    to(manager, "commitment-list")
    accessible_everywhere(manager)
    press(manager, "Verplichting voorstellen")
    accessible_everywhere(manager)
    propose(manager, "1.000,01")
    says(manager, "over, en dit vraagt")
    accessible_everywhere(manager)
    manager.get_by_label("Bedrag", exact=True).fill("1.000")
    press(manager, "Voorstellen")
    says(manager, "Verplichting 2021-001 is voorgesteld. Tekenen kan: regiomanager.")
    accessible_everywhere(manager)

    holder = page_of(house.holder, WIDTHS["tablet"])
    holder.goto(f"/{house.cast.region.slug}/")
    press(holder, "Teken verplichting 2021-001")
    press(holder, "Tekenen")
    accessible_everywhere(holder)
    press(holder, "Tekenen")
    says(holder, "Verplichting 2021-001 is getekend.")

    press(manager, "Factuur ontvangen")
    receive(manager, "400")
    says(manager, "Factuur F 2021/7 is ontvangen.")
    check(manager)
    accessible_everywhere(manager)
    press(manager, "Betaalbaar stellen")
    press(manager, "Betaalbaar stellen")
    says(manager, "Betaling registreren kan: financiën")

    finance = page_of(house.finance, WIDTHS["phone"])
    finance.goto(f"/{house.cast.region.slug}/")
    press(finance, "Registreer de betaling van factuur F 2021/7")
    press(finance, "Betaling registreren")
    accessible_everywhere(finance)
    press(finance, "Betaling registreren")
    says(finance, "Factuur F 2021/7 is betaald.")
    accessible_everywhere(finance)
    assert Invoice.objects.get().state == "paid"


def test_the_second_on_the_last_euro_gets_the_sentence_and_the_ways_out(house, page_of, to):
    first, second = funds.proposed(house, 700), funds.proposed(house, 400)
    page = page_of(house.holder)
    to(page, "commitment-act", second.number, "tekenen")
    commitments.sign_commitment(first, by=house.holder)
    press(page, "Tekenen")
    says(page, "over, en dit vraagt")
    accessible_everywhere(page)
    press(page, "Geld naar deze post schuiven")
    page.get_by_label("Van", exact=True).select_option(f"{house.spare.pk}-2021")
    page.get_by_label("Bedrag", exact=True).fill("100")
    page.get_by_label("Waarom?").fill("Meer uren nodig.")
    press(page, "Laat zien wat het doet")
    says(page, "Daarna over")
    accessible_everywhere(page)
    press(page, "Verschuiven")
    says(page, "Verschoven:")
    to(page, "commitment-act", second.number, "tekenen")
    press(page, "Tekenen")
    says(page, "Verplichting 2021-002 is getekend.")


def test_too_much_stops_before_payable_with_the_ways_out(house, page_of, to):
    row = funds.checked(house, funds.signed(house, 600), 700)
    page = page_of(house.manager)
    to(page, "invoice-detail", row.pk)
    says(page, "Deze factuur gaat boven de verplichting.")
    accessible_everywhere(page)
    expect(page.get_by_role("button", name="Betaalbaar stellen")).to_have_count(0)
    press(page, "Splitsen over een andere verplichting")
    accessible_everywhere(page)


def test_signing_by_keyboard_alone(house, page_of, to):
    row = funds.proposed(house)
    page = page_of(house.holder)
    to(page, "commitment-detail", row.number)
    reach(page, "Tekenen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tekenen/")
    reach(page, "Tekenen")
    page.keyboard.press("Enter")
    says(page, "Verplichting 2021-001 is getekend.")
    assert Commitment.objects.get().state == "signed"


def reach(page: Page, name: str) -> None:
    """Press Tab until the link or button with this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_without_a_script_money_moves_as_well(house, page_of, to):
    page = page_of(house.manager, WIDTHS["phone"], java_script_enabled=False)
    to(page, "commitment-new")
    propose(page, "600")
    says(page, "is voorgesteld")
    commitments.sign_commitment(Commitment.objects.get(), by=house.holder)
    to(page, "invoice-new")
    page.get_by_label("Verplichting", exact=True).select_option(index=1)
    receive(page, "600")
    check(page)
    press(page, "Betaalbaar stellen")
    press(page, "Betaalbaar stellen")
    says(page, "is betaalbaar.")
    assert Invoice.objects.get().state == "payable"
