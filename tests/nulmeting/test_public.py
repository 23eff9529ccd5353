"""What everybody sees after publication: the region as a whole, and never one municipality."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nulmeting.domain import submissions
from nulmeting.domain.content import sha256_of
from nulmeting.figures import LEAST_IN_PUBLIC, in_public, spread_of
from regioagenda.models import BuildingBlock
from tests import baseline, results
from tests import factories as make

pytestmark = pytest.mark.django_db

FIVE = results.SCORES | {"Dorp 00": 3, "Dorp 01": 3}


def address(asked):
    return reverse("nulmeting:round-public", args=[asked.region.slug, asked.year])


def page(client, asked):
    found = client.get(address(asked))
    return found, found.content.decode()


@pytest.fixture
def villages(cast):
    """Six that take part: three of the cast and three more."""
    return results.more_municipalities(cast, 3)


@given(st.lists(st.sampled_from([1, 1.5, 2, 3.25, 5]), max_size=12))
def test_no_extreme_and_nothing_of_a_few_goes_out(found):
    seen, whole = in_public(spread_of(found)), spread_of(found)
    assert (seen.number, seen.least, seen.most) == (len(found), None, None)
    middle = (seen.lower, seen.median, seen.upper)
    if len(found) < LEAST_IN_PUBLIC:
        assert middle == (None, None, None)
    else:
        assert middle == (whole.lower, whole.median, whole.upper)


def test_anybody_reads_a_published_round_and_no_other(client, cast, villages):
    asked = results.ready(cast, FIVE)
    assert client.get(address(asked)).status_code == 404
    asked = results.published(cast, asked)
    found, text = page(client, asked)
    assert found.status_code == 200
    assert "5 van 6 gemeenten deden mee. Gepubliceerd op" in text
    assert "<title>Bouwsteen 1: mediaan 3,0, middelste helft 3,0 tot 4,0</title>" in text
    assert '<td class="rv-number">3,0 tot 4,0</td>' in text
    assert client.get(address(asked).replace("waterland", "bergland")).status_code == 404


def test_nothing_of_one_municipality_is_on_the_page(client, cast, villages):
    asked = results.published(cast, results.ready(cast, FIVE))
    found, text = page(client, asked)
    assert [name for name in FIVE if name in text] == []
    assert "2,0" not in text  # the lowest
    assert "5,0" not in text  # the highest
    spreads = [block.spread for block in found.context["blocks"]]
    spreads += [year.spread for block in found.context["years"].blocks for year in block.years]
    assert {(spread.least, spread.most) for spread in spreads} == {(None, None)}


def test_four_municipalities_are_too_few(client, cast, villages):
    scores = dict.fromkeys([*results.SCORES, "Dorp 00"], 4)
    found, text = page(client, results.published(cast, results.ready(cast, scores)))
    assert "Er deden te weinig gemeenten mee om cijfers te tonen" in text
    assert "4,0" not in text
    assert "rv-chart" not in text
    assert (found.context["shows"], found.context["in_short"]) == (False, [])


def test_a_block_that_few_could_score_is_hidden_by_itself(client, cast, villages):
    asked = results.ready(cast, dict.fromkeys([*results.SCORES, "Dorp 00"], 3))
    last = baseline.of(asked, "Dorp 01")
    editor, first = baseline.editor(last.municipality), results.first_block(asked)
    items = asked.instrument.items.filter(block=first)
    baseline.fill(
        last, editor, blocks=[first], **{f"item-{item.pk}": "not_applicable" for item in items}
    )
    others = BuildingBlock.objects.exclude(pk=first.pk)
    baseline.fill(last, editor, blocks=others)
    handed_in = submissions.submit(last, by=editor)
    submissions.approve_by_link(handed_in, seen_sha256=sha256_of(handed_in), office="wethouder")
    found, text = page(client, results.published(cast, asked))
    assert text.count('<td class="rv-number" colspan="2">te weinig gemeenten</td>') == 1
    numbers = [(block.spread.number, block.spread.hidden) for block in found.context["blocks"]]
    assert numbers == [(4, True), (5, False)]


def test_years_that_are_public_stand_beside_it(client, cast, villages):
    asked = results.ready(cast, FIVE)
    results.year_before(cast, asked, 1, FIVE)
    results.year_before(cast, asked, 2, {"Aardam": 1})
    asked = results.published(cast, asked)
    found, text = page(client, asked)
    block = found.context["years"].blocks[0]
    assert [year.spread.number for year in block.years] == [1, 5, 5]
    assert block.remarks == (f"{asked.year - 2}: te weinig gemeenten.",)
    assert block.chart.words.startswith(f"{asked.year - 2}: –; {asked.year - 1}: 3,0")
    assert text.count('<td class="rv-number" colspan="2">te weinig gemeenten</td>') == 2
    assert [link.label for link in found.context["others"]] == [
        str(asked.year - 1),
        str(asked.year - 2),
    ]


def test_who_belongs_keeps_the_menu_and_finds_the_page(client, cast, villages):
    asked = results.ready(cast, FIVE)
    client.force_login(cast.author)
    inside = reverse("nulmeting:round-detail", args=[asked.region.slug, asked.year])
    assert address(asked) not in client.get(inside).content.decode()
    asked = results.published(cast, asked)
    assert address(asked) in client.get(inside).content.decode()
    _, text = page(client, asked)
    assert "Voorstellen</a>" in text
    assert f'href="{inside}"' in text
    client.force_login(make.user("iemand van elders"))
    _, text = page(client, asked)
    assert "Voorstellen</a>" not in text


@pytest.mark.parametrize("more", [0, 10])
@pytest.mark.parametrize("earlier", [1, 3])
def test_the_same_number_of_queries(client, cast, django_assert_num_queries, more, earlier):
    added = results.more_municipalities(cast, 2 + more)
    scores = results.SCORES | {each.name: 3 for each in added}
    asked = results.ready(cast, scores)
    for back in range(1, earlier + 1):
        results.year_before(cast, asked, back, {"Aardam": 1})
    asked = results.published(cast, asked)
    with django_assert_num_queries(13):
        found, _ = page(client, asked)
    assert found.context["blocks"][0].spread.number == 5 + more
