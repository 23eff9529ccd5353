"""The results on the page of a round: figures at the foot, order, ambition, years, and the number
of queries."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from governance.domain import organisation
from nulmeting.domain import instruments
from nulmeting.models import Submission
from tests import baseline, results
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(client, person, asked, query=""):
    client.force_login(person)
    args = [asked.region.slug, asked.year]
    return client.get(reverse("nulmeting:round-detail", args=args) + query)


def test_the_foot_holds_median_spread_and_number(client, cast):
    asked = results.ready(cast)
    found = page(client, cast.author, asked)
    head = found.context["heat"].heads[0]
    assert (head.spread.median, head.spread.number, head.box.median) == (4, 3, "58")
    text = found.content.decode()
    assert "<title>Bouwsteen 1: laagste 2,0, middelste helft 3,0 tot 4,5" in text
    assert '<td class="rv-number">3,0 tot 4,5</td>' in text
    rows = [(row.name, [cell.label for cell in row.cells]) for row in found.context["heat"].rows]
    assert rows == [
        ("Aardam", ["2,0", "2,0"]),
        ("Beekzicht", ["4,0", "4,0"]),
        ("Cotten", ["5,0", "5,0"]),
    ]


def test_by_name_or_by_number_and_never_by_score(client, cast):
    asked = results.ready(cast)
    codes = dict(zip(results.SCORES, ("0300", "0100", "0200"), strict=True))
    for row in Submission.objects.select_related("municipality"):
        row.municipality.cbs_code = codes[row.municipality.name]
        row.municipality.save()

    def order(query):
        return [row.name for row in page(client, cast.author, asked, query).context["heat"].rows]

    assert order("") == order("?op=naam") == order("?op=score") == ["Aardam", "Beekzicht", "Cotten"]
    assert order("?op=nummer") == ["Beekzicht", "Cotten", "Aardam"]


def test_how_far_others_are_is_for_the_team_alone(client, cast):
    asked = results.ready(cast, {"Aardam": 2})
    one = baseline.of(asked, "Beekzicht")
    baseline.fill(one, baseline.editor(one.municipality), blocks=[results.first_block(asked)])
    wanted = ["", "Bezig: 2 van 4 vragen beantwoord", "Nog niet begonnen"]
    assert [row.instead for row in page(client, cast.author, asked).context["heat"].rows] == wanted
    asked = results.published(cast, asked)
    heat = page(client, cast.official, asked).context["heat"]
    assert [row.instead for row in heat.rows] == ["", *["Heeft niet vastgesteld"] * 2]


def test_ambition_against_now(client, cast):
    aim = page(client, cast.author, results.ready(cast)).context["aims"][0]
    assert (aim.now.median, aim.ambition.median, aim.ambition.number) == (4, 5, 3)
    assert aim.chart.title == "Bouwsteen 1: 4,0, ambitie 5"


def test_a_sentence_tells_where_the_region_stands(client, cast):
    asked = results.ready(cast, {"Aardam": 2, "Cotten": 4})
    found = page(client, cast.author, asked).context["in_short"]
    assert found == [
        "De gemeenten verschillen het meest bij ‘Bouwsteen 1’: de middelste helft ligt daar "
        "tussen 2,5 en 3,5."
    ]


def test_years_name_what_changed_and_who_merged(client, cast):
    before = results.ready(cast)
    before = results.published(cast, before)
    homes = [baseline.of(before, name).municipality for name in ("Aardam", "Beekzicht")]
    last_day = clock.today() + timedelta(days=200)
    new = make.municipality(
        "Nieuwland", in_region=cast.region, valid_from=last_day + timedelta(days=1)
    )
    organisation.merge_municipalities(homes, new, cast.region, last_day=last_day, by=cast.admin)
    following = instruments.draw_next(before.instrument, by=cast.author)
    item = following.items.first()
    instruments.change_item(item, text="Iets anders?", asks_the_same=False, by=cast.author)
    instruments.fix_instrument(following, by=cast.author)
    assert page(client, cast.author, before).context["heat"].rows[0].note == ""
    with clock.at(clock.now() + timedelta(days=366)):
        asked = baseline.opened(cast, following, year=before.year + 1, compared_with=before)
        results.approve(asked, {"Nieuwland": 3})
        found = page(client, cast.author, asked)
        years = found.context["years"]
        old = page(client, cast.author, before).context["heat"].rows
    assert years.blocks[0].remarks == (f"{before.year}: vergeleken op 1 van 2 vragen.",)
    assert years.blocks[1].remarks == ()
    assert years.blocks[1].chart.words == f"{before.year}: 4,0; {asked.year}: 3,0"
    sentence = f"In {before.year} deden Aardam en Beekzicht apart mee; zij zijn nu Nieuwland."
    assert years.merged == (sentence,)
    assert sentence in found.content.decode()
    assert [row.note for row in old] == ["nu Nieuwland", "nu Nieuwland", ""]


def test_a_round_that_is_not_published_is_compared_with_nothing(client, cast):
    asked = results.ready(cast)
    results.year_before(cast, asked, 1)
    with clock.at(clock.now().replace(year=clock.now().year - 2)):
        hidden = baseline.opened(cast, asked.instrument, year=asked.year - 2)
        results.approve(hidden, {"Aardam": 1})
    years = page(client, cast.author, asked).context["years"].blocks[0].years
    assert [year.year for year in years] == [asked.year - 1, asked.year]


def test_an_example_says_so(client, cast):
    asked = results.ready(cast)
    assert "Voorbeeld." not in page(client, cast.author, asked).content.decode()
    asked.example = True
    asked.save()
    assert "Voorbeeld." in page(client, cast.author, asked).content.decode()


@pytest.mark.parametrize(("more", "look"), [(27, "rv-heat"), (28, "rv-heat rv-heat--long")])
def test_more_than_thirty_rows_scroll_under_their_head(client, cast, more, look):
    results.more_municipalities(cast, more)
    heat = page(client, cast.author, results.ready(cast, {"Aardam": 2})).context["heat"]
    assert (len(heat.rows), heat.look, heat.known) == (3 + more, look, True)


def test_without_a_score_there_is_no_foot(client, cast):
    text = page(client, cast.author, results.ready(cast, {})).content.decode()
    assert "Nog niet begonnen" in text
    assert "Mediaan" not in text


@pytest.mark.parametrize("earlier", [1, 3])
@pytest.mark.parametrize("more", [0, 10])
def test_the_same_number_of_queries(client, cast, django_assert_num_queries, more, earlier):
    added = results.more_municipalities(cast, more)
    asked = results.ready(cast, results.SCORES | {each.name: 3 for each in added})
    for back in range(1, earlier + 1):
        results.year_before(cast, asked, back, {"Aardam": 1})
    client.force_login(cast.author)
    url = reverse("nulmeting:round-detail", args=[asked.region.slug, asked.year])
    with django_assert_num_queries(31):
        found = client.get(url)
    assert len(found.context["heat"].rows) == 3 + more
    assert len(found.context["years"].blocks[0].years) == 1 + earlier
