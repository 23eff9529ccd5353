"""Every component on one page: accessible at each width, and the scripts do their work."""

import pytest

from tests.browser.conftest import WIDTHS, assert_accessible

PAGE = "/componenten/"


@pytest.fixture(autouse=True)
def _database(transactional_db):
    """The server in the other thread sees what the test writes."""


@pytest.mark.parametrize("name", WIDTHS)
def test_all_components_are_accessible(new_page, shot, name):
    page = new_page(WIDTHS[name])
    page.goto(PAGE + "?berichten=1")
    page.wait_for_selector(".prose-editor [contenteditable]")
    shot(page, name)
    page.evaluate("document.querySelectorAll('main details').forEach((d) => (d.open = true))")
    assert_accessible(page)


def test_a_refused_form_brings_the_reader_to_its_errors(page, shot):
    page.goto(PAGE)
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_selector("[data-error-summary]")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    shot(page, "errors")
    assert_accessible(page)
    page.get_by_role("link", name="Doel van de stap").click()
    assert page.evaluate("document.activeElement.id") == "id_purpose_0"


def test_escape_closes_the_menu_of_the_top(page):
    page.goto(PAGE)
    page.evaluate(
        """document.querySelector(".rv-top__bar").insertAdjacentHTML("beforeend",
           "<details data-menu open><summary id='s'>Menu</summary><a href='#'>x</a></details>")"""
    )
    page.locator("#s").focus()
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('details[data-menu]').open") is False


def test_the_counter_says_how_much_is_left_and_never_cuts_off(page):
    page.goto(PAGE)
    page.get_by_label("Samenvatting").fill("x" * 203)
    assert page.locator(".rv-counter").inner_text() == "3 tekens te veel"
    assert len(page.get_by_label("Samenvatting").input_value()) == 203


def test_the_editor_speaks_dutch_and_fills_its_text_area(page):
    page.goto(PAGE)
    page.wait_for_selector(".prose-menubar button[title=Vet]")
    titles = page.locator(".prose-menubar button:visible").evaluate_all(
        "(all) => all.map((b) => b.title)"
    )
    assert titles == [
        "Lijst met punten",
        "Genummerde lijst",
        "Vet",
        "Cursief",
        "Link maken of wijzigen",
        "Tabel invoegen",
        "Ongedaan maken",
        "Opnieuw doen",
    ]
    page.get_by_role("textbox", name="Aanleiding").click()
    page.keyboard.type("Waarom nu")
    assert page.locator("#id_text").input_value() == "<p>Waarom nu</p>"


def test_lines_move_by_keyboard_and_come_back_when_the_server_refuses(page):
    page.goto(PAGE)
    page.route(
        "**/componenten/",
        lambda route: (
            route.fulfill(status=422, json={"message": "De volgorde ligt vast."})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    page.locator(".rv-handle").first.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_text("De volgorde ligt vast.").wait_for()
    keys = page.locator("[data-order-key]").evaluate_all("(l) => l.map((x) => x.dataset.orderKey)")
    assert keys == ["1", "2"]
