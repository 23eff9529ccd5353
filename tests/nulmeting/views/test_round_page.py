"""The page of a round: cells that say who is how far, and a fixed number of queries."""

import pytest

from core import clock
from nulmeting import queries, round_page
from nulmeting.domain import rounds
from nulmeting.models import Submission
from tests import baseline
from tests import factories as make

pytestmark = pytest.mark.django_db
YEAR = clock.today().year


def test_the_cells_are_filled_half_or_empty_with_the_same_in_words(submission, editor, approver):
    baseline.approved(submission, editor, approver)
    other = baseline.of(submission.round, "Cotten")
    baseline.submitted(other, baseline.editor(other.municipality))
    picture = round_page.coverage_picture(queries.coverage_of(submission.round))
    assert [(cell.fill, cell.name) for cell in picture.cells] == [
        ("done", "Aardam"),
        ("half", "Cotten"),
        ("none", "Beekzicht"),
    ]
    assert picture.words == "1 vastgesteld, 1 ingediend, 1 nog niet begonnen"


def test_many_municipalities_stand_in_lines_of_twenty(cast):
    asked = baseline.prepared(cast)
    for _ in range(38):
        make.municipality(in_region=cast.region)
    picture = round_page.coverage_picture(
        queries.coverage_of(rounds.open_round(asked, by=cast.author))
    )
    assert (len(picture.cells), picture.width, picture.height) == (41, 400, 66)
    assert len({(cell.x, cell.y) for cell in picture.cells}) == 41


def test_more_than_sixty_are_drawn_as_bars_in_proportion(cast):
    states = ["approved"] * 300 + ["submitted"] + ["in_progress"] * 30 + ["not_started"] * 11
    home = make.municipality()
    coverage = queries.Coverage(
        tuple(
            queries.Standing(Submission(municipality=home, state=state), 0, 36, True)
            for state in states
        )
    )
    picture = round_page.coverage_picture(coverage)
    assert [(cell.fill, cell.x, cell.width) for cell in picture.cells] == [
        ("done", 1, 346),
        ("half", 351, 8),
        ("none", 363, 43),
    ]
    assert picture.words.startswith("300 vastgesteld, 1 ingediend, 30 bezig")


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_asks_the_same_however_many_municipalities(
    team, cast, url, more, django_assert_num_queries
):
    asked = baseline.prepared(cast)
    for _ in range(more):
        make.municipality(in_region=cast.region)
    rounds.open_round(asked, by=cast.author)
    with django_assert_num_queries(25):
        page = team.get(url("round-detail", YEAR))
    assert len(page.context["heat"].rows) == 3 + more


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_many_rounds(
    team, cast, url, rows, django_assert_num_queries
):
    instrument = baseline.fixed(cast)
    for number in range(rows):
        baseline.prepared(cast, instrument, year=YEAR - number)
    with django_assert_num_queries(12):
        page = team.get(url("round-list"))
    assert len(page.context["rounds"]) == rows


def test_the_team_does_not_fill_in(team, url, submission, editor, approver):
    baseline.approved(submission, editor, approver)
    page = team.get(url("round-list"))
    assert page.context["mine"] == []
    assert "Ronde voorbereiden" in page.content.decode()
    team.force_login(editor)
    page = team.get(url("round-list"))
    assert [row for row, _, _ in page.context["mine"]] == [submission]
    assert "Ronde voorbereiden" not in page.content.decode()


def test_who_reads_the_results_sees_no_acts_and_no_trail(
    team, cast, url, submission, editor, approver
):
    baseline.approved(submission, editor, approver)
    rounds.publish_round(rounds.close_round(submission.round, by=cast.author), by=cast.author)
    team.force_login(cast.alderman)
    page = team.get(url("round-detail", YEAR))
    assert 'class="rv-now' not in page.content.decode()
    assert "Over deze ronde" not in page.content.decode()
