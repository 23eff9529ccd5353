"""Journey 8: two officials fill in, on a phone and a laptop; another approves; nothing is lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from nulmeting.models import Answer, BlockAnswer, Submission
from tests import baseline
from tests.browser.conftest import WIDTHS
from tests.browser.test_journey_municipalities import accessible_everywhere
from tests.browser.test_journey_route import press, says
from tests.cast import Cast


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return baseline.of(baseline.opened(cast), "Aardam")


def to(page: Page, submission: Submission, name: str, *more: object) -> None:
    asked = submission.round
    page.goto(
        reverse(f"nulmeting:{name}", args=[asked.region.slug, asked.year, submission.pk, *more])
    )


def choose(page: Page, question: int, answer: str) -> None:
    page.locator("fieldset").nth(question).get_by_label(answer, exact=True).check()


def fill_in(page: Page, score: str) -> None:
    """Both questions of the open block, with an ambition."""
    for question in (0, 1):
        choose(page, question, score)
    page.get_by_label("Waar wilt u naartoe?").select_option("4")
    page.get_by_label("In welk jaar?").fill("2029")


def test_from_the_first_question_to_approved(cast, submission, page_of):
    person = baseline.editor(submission.municipality)
    stands = baseline.approver(submission.municipality)
    page = page_of(person, WIDTHS["phone"])
    page.goto(reverse("nulmeting:round-list", args=["waterland"]))
    accessible_everywhere(page)
    press(page, f"Aardam, nulmeting {submission.round.year}")
    accessible_everywhere(page)
    press(page, "Begin met invullen")
    says(page, "U vult in voor Aardam.")
    fill_in(page, "3")
    accessible_everywhere(page)
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    press(page, "Opslaan en naar de volgende")
    fill_in(page, "2")
    press(page, "Opslaan en controleren")
    says(page, "Bij 2 vragen gaf u een 3 of hoger zonder bewijs")
    accessible_everywhere(page)
    press(page, "Dien in voor Aardam")
    says(page, "Ingediend voor Aardam.")
    other = page_of(stands, WIDTHS["tablet"])
    to(other, submission, "submission")
    press(other, "Lezen en vaststellen")
    accessible_everywhere(other)
    press(other, "Stel vast voor Aardam")
    says(other, "De nulmeting van Aardam is vastgesteld.")
    submission.refresh_from_db()
    assert submission.state == "approved"
    assert sorted(Answer.objects.values_list("score", flat=True)) == [2, 2, 3, 3]


def test_two_in_one_block_lose_nothing_and_the_second_chooses(cast, submission, page_of):
    part = submission.round.instrument.items.first().block
    first, second = (page_of(baseline.editor(submission.municipality)) for _ in range(2))
    for page in (first, second):
        to(page, submission, "block", part.pk)
    choose(first, 0, "2")
    first.get_by_label("Toelichting").fill("Van de eerste.")
    press(first, "Opslaan")
    choose(second, 1, "5")
    second.get_by_label("Toelichting").fill("Van de tweede.")
    press(second, "Opslaan")
    says(second, "Iemand anders schreef hier ook.")
    says(second, "eerste.")
    second.get_by_label("Mijn tekst, zoals die hieronder staat").check()
    press(second, "Opslaan")
    says(second, "is opgeslagen voor Aardam")
    assert BlockAnswer.objects.get().explanation == "Van de tweede."
    assert sorted(Answer.objects.values_list("score", flat=True)) == [2, 5]


def test_leaving_by_a_step_saves_what_was_typed(cast, submission, page_of):
    page = page_of(baseline.editor(submission.municipality))
    blocks = [item.block for item in submission.round.instrument.items.filter(number=1)]
    to(page, submission, "block", blocks[0].pk)
    choose(page, 0, "4")
    page.get_by_role("navigation", name="Onderdelen").get_by_text("Bouwsteen 2").click()
    expect(page.get_by_role("heading", name="Bouwsteen 2")).to_be_visible()
    assert Answer.objects.get().score == 4


def test_after_a_silence_colleagues_see_it_too(cast, submission, page_of):
    page = page_of(baseline.editor(submission.municipality))
    page.clock.install()
    part = submission.round.instrument.items.first().block
    to(page, submission, "block", part.pk)
    choose(page, 0, "1")
    page.clock.run_for(61_000)
    expect(page.get_by_text("ook uw collega's zien het")).to_be_visible()
    assert Answer.objects.get().score == 1


def test_without_a_script_the_button_saves(cast, submission, page_of):
    person = baseline.editor(submission.municipality)
    page = page_of(person, WIDTHS["phone"], java_script_enabled=False)
    part = submission.round.instrument.items.first().block
    to(page, submission, "block", part.pk)
    fill_in(page, "Weet niet")
    press(page, "Opslaan en naar de volgende")
    says(page, "is opgeslagen voor Aardam")
    assert [answer.given for answer in Answer.objects.all()] == ["unknown", "unknown"]
