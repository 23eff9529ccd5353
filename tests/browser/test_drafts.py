"""Typing is never lost: kept on the server, and in the browser when that cannot be."""

import json

import pytest

PAGE = "/componenten/"
DRAFT = "**/componenten/concept/"


@pytest.fixture(autouse=True)
def _database(transactional_db):
    """The server in the other thread sees what the test writes."""


@pytest.fixture
def answer(page):
    """Let the draft address answer as told; gives the list of what was sent."""
    sent = []

    def set_answer(**reply):
        def handle(route):
            sent.append(json.loads(route.request.post_data))
            route.abort() if reply.get("abort") else route.fulfill(**reply)

        page.unroute(DRAFT)
        page.route(DRAFT, handle)
        return sent

    return set_answer


def status(page):
    return page.locator("form[data-draft-url] .rv-draft")


def test_what_is_typed_is_sent_once_with_what_it_began_from(page, answer):
    sent = answer(json={"saved_at": "14.30 uur"})
    page.goto(PAGE)
    page.get_by_label("Titel").press_sequentially("Lokaal")
    status(page).get_by_text("Concept bewaard om 14.30 uur").wait_for()
    assert len(sent) == 1
    assert sent[0]["key"] == "example"
    assert sent[0]["data"]["title"] == "Lokaal"
    assert sent[0]["base"]["title"] == ""
    assert sent[0]["serial"] == 1
    assert "csrfmiddlewaretoken" not in sent[0]["data"]
    assert all(isinstance(text, str) for text in sent[0]["data"].values())


def test_the_serial_number_rises(page, answer):
    sent = answer(json={"saved_at": "14.30 uur"})
    page.goto(PAGE)
    for title in ("Een", "Twee"):
        page.get_by_label("Titel").fill(title)
        page.get_by_label("Titel").blur()
        page.wait_for_timeout(100)
    assert [request["serial"] for request in sent] == [1, 2]


def test_without_connection_the_text_waits_in_the_browser_and_can_come_back(page, answer):
    answer(abort=True)
    page.goto(PAGE)
    page.get_by_label("Titel").fill("Wonen dicht bij huis")
    page.get_by_label("Titel").blur()
    status(page).get_by_text("Er is geen verbinding").wait_for()
    answer(json={"saved_at": "9.05 uur"})
    page.reload()
    page.get_by_role("button", name="Zet die tekst terug").click()
    assert page.get_by_label("Titel").input_value() == "Wonen dicht bij huis"
    status(page).get_by_text("Concept bewaard om 9.05 uur").wait_for()
    page.reload()
    assert page.get_by_role("button", name="Zet die tekst terug").count() == 0


def test_when_it_is_too_busy_the_text_stays_and_is_sent_again(page, answer):
    answer(status=503, headers={"Retry-After": "5"}, json={"message": "Druk."})
    page.goto(PAGE)
    page.get_by_label("Titel").fill("Op de laatste avond")
    status(page).get_by_text("Het is nu erg druk. Uw tekst staat in deze browser.").wait_for()
    sent = answer(json={"saved_at": "23.10 uur"})
    status(page).get_by_text("Concept bewaard om 23.10 uur").wait_for()
    assert {request["data"]["title"] for request in sent} == {"Op de laatste avond"}
    assert [request["serial"] for request in sent] == [1, 2]


def test_a_finding_of_the_guard_is_shown_and_the_text_stays(page, answer):
    finding = {"field": "title", "kind": "bsn", "message": "Haal het BSN weg.", "blocks": True}
    answer(status=422, json={"findings": [finding]})
    page.goto(PAGE)
    page.get_by_label("Titel").fill("111222333")
    page.get_by_label("Titel").blur()
    status(page).get_by_text("Haal het BSN weg. De tekst staat alleen in uw browser.").wait_for()
    assert page.get_by_label("Titel").input_value() == "111222333"
    assert page.get_by_role("button", name="Dit mag hier staan").count() == 0


def test_what_does_not_block_is_confirmed_once(page, answer):
    finding = {"field": "title", "kind": "email", "message": "Een adres?", "blocks": False}
    answer(status=422, json={"findings": [finding]})
    page.goto(PAGE)
    page.get_by_label("Titel").fill("info@example.org")
    page.get_by_label("Titel").blur()
    button = page.get_by_role("button", name="Dit mag hier staan, bewaar het")
    button.wait_for()
    sent = answer(json={"saved_at": "9.05 uur"})
    button.click()
    status(page).get_by_text("Concept bewaard om 9.05 uur").wait_for()
    assert sent[-1]["confirmed"] == ["email"]


def test_a_signed_out_writer_keeps_the_text(page, answer):
    answer(status=401, json={"message": "Afgemeld"})
    page.goto(PAGE)
    page.get_by_label("Titel").fill("Nog niet klaar")
    page.get_by_label("Titel").blur()
    status(page).get_by_text(
        "U bent niet meer aangemeld. Uw tekst staat in deze browser."
    ).wait_for()
