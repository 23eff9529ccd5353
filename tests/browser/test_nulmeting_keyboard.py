"""Journey 8 by keyboard alone: who makes the questions, fills in, approves, and approves by link.

`to` counts the presses of Tab: what takes too many is clumsy, and fails.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from core import clock
from core.formats import long_date
from nulmeting.domain import invites
from nulmeting.models import Answer, BlockAnswer, Instrument, Round, Submission
from tests import baseline
from tests import factories as make
from tests.browser.conftest import WIDTHS
from tests.browser.test_journey_route import says

NAME_OF_FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "";
  const label = here.type === "radio" ? here.closest("fieldset").querySelector("legend")
                                      : here.labels?.[0];
  const text = here.getAttribute("aria-label") || (label ?? here).innerText;
  return text.replace(/\\s+/g, " ").trim();
}"""


def to(page: Page, name: str, most: int = 25) -> None:
    """Tab until the focus is on the control whose name begins so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_OF_FOCUS).startswith(name):
            return
    pytest.fail(f"‘{name}’ is more than {most} tabs away; now at {page.evaluate(NAME_OF_FOCUS)!r}")


def enter(page: Page, name: str, most: int = 25) -> None:
    """Go to a link or button and follow it."""
    to(page, name, most)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_in(page: Page, name: str, text: str, most: int = 25) -> None:
    to(page, name, most)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def skip(page: Page, to_what: str = "Naar de inhoud", place: str = "#inhoud") -> None:
    """By the skip link; after a redirect the browser is still at the place that it led to."""
    if not page.url.endswith(place):
        enter(page, to_what, 2)


def describe(page: Page, *, named: bool) -> None:
    """Five levels, one after another."""
    skip(page)
    for score in range(1, 6):
        if named:
            type_in(page, f"Naam van niveau {score}", f"Naam {score}", 12)
        label = f"Wat betekent niveau {score}?" if named else f"Niveau {score}"
        type_in(page, label, f"niveau {score}", 12)


def test_the_team_makes_the_questions_and_opens_a_round(cast, page_of):
    baseline.block(cast.region)
    page = page_of(cast.author)
    page.goto(reverse("nulmeting:round-list", args=["waterland"]))
    enter(page, "Vragenlijst")
    skip(page)
    enter(page, "Begin met een leeg blad", 6)
    skip(page)
    type_in(page, "Titel", "Nulmeting", 6)
    page.keyboard.press("Enter")
    says(page, "De vijf niveaus zijn nog niet omschreven.")
    skip(page)
    enter(page, "Schaal", 6)
    describe(page, named=True)
    enter(page, "Opslaan", 2)
    says(page, "De schaal is opgeslagen.")
    skip(page)
    enter(page, "Vragen en niveaus wijzigen", 9)
    skip(page)
    enter(page, "Vraag toevoegen", 6)
    skip(page)
    type_in(page, "Vraag", "Werkt het wijkteam met scholen?", 8)
    enter(page, "Voeg toe", 2)
    says(page, "Vraag 1 is toegevoegd.")
    describe(page, named=False)
    enter(page, "Niveaus opslaan", 2)
    skip(page)
    enter(page, "Naar de hele vragenlijst", 14)
    enter(page, "Vragen en niveaus wijzigen", 4)  # it leads to the part that one came from
    page.goto(reverse("nulmeting:instrument", args=["waterland", 1]))
    skip(page)
    enter(page, "Vaststellen", 5)
    enter(page, "Ja, stel vast")
    assert Instrument.objects.get().state == "fixed"
    prepare(page)
    assert Round.objects.get().state == "open"


def prepare(page: Page) -> None:
    page.goto(reverse("nulmeting:round-list", args=["waterland"]))
    skip(page)
    enter(page, "Ronde voorbereiden", 3)
    skip(page)
    type_in(page, "Eerste dag", long_date(clock.today()), 8)
    type_in(page, "Laatste dag", long_date(clock.today().replace(year=2099)), 1)
    enter(page, "Bewaar", 4)
    skip(page)
    enter(page, "Ronde openen", 4)
    enter(page, "Ja, open de ronde")
    says(page, "De ronde is open voor 3 gemeenten.")


@pytest.fixture
def submission(cast) -> Submission:
    return baseline.of(baseline.opened(cast), "Aardam")


def fill_in(page: Page, score: int) -> None:
    """Both questions of the open block and the ambition: the arrows choose within a scale."""
    skip(page, "Naar de vragen", "#vragen")
    for question in ("1. Vraag 1?", "2. Vraag 2?"):
        to(page, question, 1)
        page.keyboard.press("Space")
        for _ in range(score - 1):
            page.keyboard.press("ArrowRight")
    to(page, "Waar wilt u naartoe?", 4)
    page.keyboard.type("5")
    type_in(page, "In welk jaar?", "2029", 1)


def test_two_colleagues_fill_in_and_hand_in(cast, submission, page_of):
    page = page_of(baseline.editor(submission.municipality))
    page.goto(reverse("home-region", args=["waterland"]))
    skip(page)
    enter(page, f"Vul de nulmeting {submission.round.year} in voor Aardam", 3)
    skip(page)
    enter(page, "Begin met invullen", 3)
    fill_in(page, 3)
    enter(page, "Opslaan en naar de volgende", 8)
    says(page, "‘Bouwsteen 1’ is opgeslagen voor Aardam.")
    colleague = page_of(baseline.editor(submission.municipality))
    blocks = [item.block_id for item in submission.round.instrument.items.filter(number=1)]
    args = ["waterland", submission.round.year, submission.pk, blocks[1]]
    colleague.goto(reverse("nulmeting:block", args=args))
    fill_in(colleague, 2)
    enter(colleague, "Opslaan en controleren", 8)
    skip(colleague)
    enter(colleague, "Dien in voor Aardam", 5)
    says(colleague, "Ingediend voor Aardam.")
    assert sorted(Answer.objects.values_list("score", flat=True)) == [2, 2, 3, 3]
    assert set(BlockAnswer.objects.values_list("ambition", "ambition_year")) == {(5, 2029)}


def test_the_approver_reads_and_approves(cast, submission, page_of):
    approver = baseline.approver(submission.municipality)
    baseline.submitted(submission, baseline.editor(submission.municipality))
    page = page_of(approver)
    page.goto(reverse("home-region", args=["waterland"]))
    skip(page)
    enter(page, f"Stel de nulmeting {submission.round.year} vast voor Aardam", 3)
    skip(page)
    enter(page, "Lezen en vaststellen", 3)
    skip(page)
    enter(page, "Stel vast voor Aardam", 4)
    says(page, "De nulmeting van Aardam is vastgesteld.")


def test_the_alderman_approves_on_her_phone_with_link_and_code(submission, new_page):
    editor = baseline.editor(submission.municipality)
    baseline.submitted(submission, editor)
    who = {"email": "w@aardam.example", "office": "wethouder jeugd"}
    _, token, code = invites.send_invite(submission, by=editor, **who)
    page = new_page(WIDTHS["phone"])
    page.goto(reverse("nulmeting:by-link", args=["waterland", token]))
    skip(page)
    type_in(page, "Code", f"{code[:3]} {code[3:]}", 2)
    page.keyboard.press("Enter")
    says(page, "U leest hieronder alle antwoorden.")
    skip(page)
    enter(page, "Stel vast voor Aardam", 3)
    says(page, "De nulmeting van Aardam is klaar. Dank u wel.")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_for_whom_one_fills_in_stays_in_sight(cast, submission, page_of, width):
    person = make.user("beleidsadviseur van drie gemeenten")
    rows = list(Submission.objects.select_related("municipality"))
    for row in rows:
        make.municipal_role(row.municipality, person, "editor")
    part = submission.round.instrument.items.first().block_id
    page = page_of(person, width, height=700)
    for row in rows:
        args = ["waterland", submission.round.year, row.pk, part]
        for name in ("block", "evidence-add"):
            page.goto(reverse(f"nulmeting:{name}", args=args if name == "block" else args[:3]))
            line = page.get_by_text(f"U vult in voor {row.municipality}.")
            line.scroll_into_view_if_needed()
            form = page.get_by_role("button", name="Opslaan", exact=True)
            last = form if name == "block" else page.get_by_role("button", name="Bewaar het bewijs")
            last.scroll_into_view_if_needed()
            expect(line).to_be_in_viewport(ratio=1)
