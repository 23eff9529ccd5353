"""Results of a round with few and many rows: the same figures by hand, the same queries."""

from datetime import timedelta

import pytest

from core import clock
from governance.domain import organisation
from nulmeting import queries
from nulmeting.domain import filling, instruments, rounds, submissions
from nulmeting.domain.content import earlier_answers, kept_answer, sha256_of
from nulmeting.models import Submission
from regioagenda.models import BuildingBlock
from tests import baseline
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(submission):
    return submission.round


def approve_all(asked, scores):
    for name, score in scores.items():
        one = baseline.of(asked, name)
        baseline.approved(
            one,
            baseline.editor(one.municipality),
            baseline.approver(one.municipality),
            score=score,
        )


def test_coverage_tells_how_far_everybody_is(asked, submission, editor, django_assert_num_queries):
    part = asked.instrument.items.first().block
    baseline.fill(submission, editor, blocks=[part])
    with django_assert_num_queries(3):
        coverage = queries.coverage_of(asked)
    found = [(row.submission.municipality.name, row.percentage) for row in coverage.rows]
    assert found == [("Aardam", 50), ("Beekzicht", 0), ("Cotten", 0)]
    assert (coverage.number("in_progress"), coverage.approved) == (1, 0)


def test_scores_ambitions_and_spread(asked, django_assert_num_queries):
    approve_all(asked, {"Aardam": 2, "Beekzicht": 4, "Cotten": 5})
    with django_assert_num_queries(4):
        results = queries.results_by_block(asked, Submission.objects.all())
    assert [[cell.label for cell in line.cells] for line in results.lines] == [
        ["2,0", "2,0"],
        ["4,0", "4,0"],
        ["5,0", "5,0"],
    ]
    first = results.columns[0]
    assert (first.spread.median, first.spread.lower, first.spread.upper) == (4, 3, 4.5)
    assert first.ambition.median == 5


def test_weet_niet_does_not_count(asked, submission, editor):
    part = asked.instrument.items.first().block
    baseline.fill(submission, editor, score=4)
    values, revision = filling.values_of(submission, part)
    first = next(name for name in values if name.startswith("item-"))
    filling.save_block(
        submission, part, {first: "unknown"}, base=values, base_revision=revision, by=editor
    )
    results = queries.results_by_block(asked, Submission.objects.filter(pk=submission.pk))
    cell = results.lines[0].cells[0]
    assert (cell.score, cell.number) == (4, 1)


def test_per_question(asked, django_assert_num_queries):
    approve_all(asked, {"Aardam": 1, "Cotten": 3})
    part = asked.instrument.items.first().block
    with django_assert_num_queries(3):
        results = queries.results_by_item(asked, part, Submission.objects.all())
    assert [column.number for column in results.columns] == ["1.1", "1.2"]
    assert [line.cells[0].label for line in results.lines] == ["1", "–", "3"]


def test_years_are_compared_only_on_what_asks_the_same(cast, asked, django_assert_num_queries):
    approve_all(asked, {"Aardam": 2, "Beekzicht": 4})
    rounds.close_round(asked, by=cast.author)
    following = instruments.draw_next(asked.instrument, by=cast.author)
    item = following.items.first()
    instruments.change_item(item, text="Iets anders?", asks_the_same=False, by=cast.author)
    instruments.fix_instrument(following, by=cast.author)
    with clock.at(clock.now() + timedelta(days=366)):
        year = asked.year + 1
        newest = baseline.opened(cast, following, year=year, compared_with=asked)
        approve_all(newest, {"Aardam": 3})
        with django_assert_num_queries(3):
            found = queries.year_on_year(newest, cast.region.rounds.all())
    first, second = (block.pk for block in queries.blocks_of(newest))
    before, now = found[first]
    assert [(each.year, each.spread.median, each.spread.number) for each in (before, now)] == [
        (asked.year, 3, 2),
        (year, 3, 1),
    ]
    assert (before.same, before.asked, before.comparable) == (1, 2, False)
    assert found[second][0].comparable


def test_a_year_says_the_same_as_the_map_to_the_last_bit(cast):
    """Eleven ninths: an average of the database, cut off in decimals, is another number."""
    instrument = baseline.drafted(cast, blocks=1)
    part = instrument.items.first().block
    for number in range(baseline.QUESTIONS + 1, 10):
        instruments.add_item(instrument, part, text=f"Vraag {number}?", by=cast.author)
    asked = baseline.opened(cast, instruments.fix_instrument(instrument, by=cast.author))
    one = baseline.of(asked, "Aardam")
    person = baseline.editor(one.municipality)
    last = asked.instrument.items.last()
    baseline.fill(one, person, score=1, **{f"item-{last.pk}": "3"})
    handed_in = submissions.submit(one, by=person)
    submissions.approve_by_link(handed_in, seen_sha256=sha256_of(handed_in), office="wethouder")
    years = queries.year_on_year(asked, cast.region.rounds.all())
    (column,) = queries.results_by_block(asked, Submission.objects.all()).columns
    assert years[part.pk][0].spread == column.spread
    assert column.spread.median == 11 / 9


def test_two_blocks_with_one_number_are_kept_apart(cast):
    """A local and a regional one: their numbers are given per group."""
    instrument = baseline.drafted(cast, blocks=1)
    local = instrument.items.first().block
    regional = BuildingBlock.objects.create(
        region=cast.region, number=1, group="regional", title="Samen inkopen"
    )
    for score in range(1, 6):
        text = f"niveau {score}"
        instruments.keep_level(instrument, regional, score, text=text, name="", by=cast.author)
    instruments.add_item(instrument, regional, text="Een vraag?", by=cast.author)
    asked = baseline.opened(cast, instruments.fix_instrument(instrument, by=cast.author))
    one = baseline.of(asked, "Aardam")
    editor = baseline.editor(one.municipality)
    baseline.fill(one, editor, score=2, blocks=[local])
    baseline.fill(one, editor, score=4, blocks=[regional])
    handed_in = submissions.submit(one, by=editor)
    submissions.approve_by_link(handed_in, seen_sha256=sha256_of(handed_in), office="wethouder")
    found = queries.year_on_year(asked, cast.region.rounds.all())
    assert [found[block.pk][0].spread.median for block in (local, regional)] == [2, 4]


def test_a_successor_sees_what_its_predecessors_said_side_by_side(cast, asked):
    approve_all(asked, {"Aardam": 2, "Beekzicht": 4, "Cotten": 2})
    rounds.close_round(asked, by=cast.author)
    homes = {name: baseline.of(asked, name).municipality for name in ("Aardam", "Beekzicht")}
    last_day = clock.today() + timedelta(days=300)
    new = make.municipality(
        "Nieuwland", in_region=cast.region, valid_from=last_day + timedelta(days=1)
    )
    organisation.merge_municipalities(
        homes.values(), new, cast.region, last_day=last_day, by=cast.admin
    )
    with clock.at(clock.now() + timedelta(days=366)):
        newest = baseline.opened(cast, asked.instrument, year=asked.year + 1, compared_with=asked)
        found = earlier_answers(baseline.of(newest, "Nieuwland"))
    earlier = found[asked.instrument.items.first().pk]
    assert [(each.municipality, each.label) for each in earlier] == [
        ("Aardam", "2"),
        ("Beekzicht", "4"),
    ]
    assert kept_answer(earlier) is None
    assert queries.of_predecessors(asked) == {new.pk: ["Aardam", "Beekzicht"]}
