"""Typing in the nulmeting with two browsers, and through a lost session: nothing is lost."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.models import Draft
from nulmeting.models import Answer, BlockAnswer, Item
from tests import baseline
from tests import factories as make
from tests.browser.conftest import assert_accessible
from tests.browser.test_journey_route import press, says
from tests.cast import Cast
from tests.worker import wait_until

PASSWORD = "een zin die niemand raadt"
MINE = "Hoe vinden gezinnen hulp in de buurt?"
THEIRS = "Hoe vindt een jongere zelf hulp?"


@pytest.fixture
def item(cast: Cast) -> Item:
    return baseline.drafted(cast).items.first()


def to_question(page: Page, item: Item) -> None:
    page.goto(reverse("nulmeting:item-change", args=["waterland", 1, item.pk]))


def test_two_of_the_team_in_one_question_see_both_and_the_second_chooses(cast, item, page_of):
    colleague = make.user("kwartiermaker")
    make.member(cast.team, colleague)
    first, second = page_of(cast.author), page_of(colleague)
    for page, text in ((first, THEIRS), (second, MINE)):
        to_question(page, item)
        page.get_by_label("Vraag").fill(text)
    press(first, "Opslaan")
    says(first, "is opgeslagen")
    press(second, "Opslaan")
    says(second, "Iemand anders schreef hier ook.")
    expect(second.get_by_role("textbox", name="Vraag")).to_have_value(MINE)
    expect(second.locator(".rv-both")).to_contain_text("een jongere zelf")
    assert_accessible(second)
    assert Draft.objects.get(user=colleague).data["text"] == MINE
    second.get_by_label("Mijn tekst, zoals die hieronder staat").check()
    press(second, "Opslaan")
    says(second, "is opgeslagen")
    item.refresh_from_db()
    assert item.text == MINE
    assert list(item.history.values_list("text", flat=True))[:2] == [MINE, THEIRS]
    assert not Draft.objects.exists()


def sign_in_again(page: Page, person) -> None:
    page.get_by_label("E-mailadres").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    press(page, "Aanmelden")


def lose_the_session(page: Page, person) -> None:
    person.set_password(PASSWORD)
    person.save()
    Session.objects.all().delete()


def test_a_question_typed_while_the_session_ended_is_back_after_signing_in(cast, item, page_of):
    page = page_of(cast.author)
    to_question(page, item)
    lose_the_session(page, cast.author)
    page.get_by_label("Vraag").fill(MINE)
    press(page, "Opslaan")
    sign_in_again(page, cast.author)
    press(page, "Zet die tekst terug")
    expect(page.get_by_label("Vraag")).to_have_value(MINE)
    press(page, "Opslaan")
    says(page, "is opgeslagen")
    item.refresh_from_db()
    assert item.text == MINE


def test_one_save_waits_for_the_other_so_that_an_older_text_never_comes_last(cast, page_of):
    submission = baseline.of(baseline.opened(cast), "Aardam")
    part = submission.round.instrument.items.first().block
    page = page_of(baseline.editor(submission.municipality))
    page.clock.install()
    args = ["waterland", submission.round.year, submission.pk, part.pk]
    address = reverse("nulmeting:block", args=args)
    page.goto(address)
    held = []

    def hold(route):
        held.append(route) if route.request.method == "POST" else route.continue_()

    page.route(f"**{address}", hold)
    for text in ("Half", "Half af."):
        page.get_by_label("Toelichting").fill(text)
        page.clock.run_for(61_000)
    page.wait_for_timeout(500)
    assert len(held) == 1
    held[0].continue_()
    says(page, "ook uw collega's zien het")
    page.clock.run_for(61_000)
    wait_until(lambda: page.wait_for_timeout(20) or len(held) == 2, what="the second save")
    with page.expect_response(f"**{address}"):
        held[1].continue_()
    assert BlockAnswer.objects.get().explanation == "Half af."


def test_a_block_filled_in_while_the_session_ended_is_back_after_signing_in(cast, page_of):
    submission = baseline.of(baseline.opened(cast), "Aardam")
    person = baseline.editor(submission.municipality)
    part = submission.round.instrument.items.first().block
    page = page_of(person)
    args = ["waterland", submission.round.year, submission.pk, part.pk]
    page.goto(reverse("nulmeting:block", args=args))
    lose_the_session(page, person)
    page.locator("fieldset").first.get_by_label("4", exact=True).check()
    page.get_by_label("Toelichting").fill("De pilot loopt tot de zomer.")
    says(page, "U bent niet meer aangemeld. Uw tekst staat in deze browser.")
    press(page, "Opslaan")
    sign_in_again(page, person)
    says(page, "U vult in voor Aardam.")
    press(page, "Zet die tekst terug")
    expect(page.get_by_label("Toelichting")).to_have_value("De pilot loopt tot de zomer.")
    press(page, "Opslaan")
    says(page, "is opgeslagen voor Aardam")
    assert Answer.objects.get().score == 4
    assert BlockAnswer.objects.get().explanation == "De pilot loopt tot de zomer."
