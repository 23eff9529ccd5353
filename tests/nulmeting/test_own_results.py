"""How one municipality stands: at once for its own people, beside the region after publication."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from governance.domain import organisation
from nulmeting.domain import instruments
from tests import baseline, results
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(client, person, asked, name="Aardam"):
    client.force_login(person)
    args = [asked.region.slug, asked.year, baseline.of(asked, name).pk]
    return client.get(reverse("nulmeting:submission-results", args=args))


def test_at_once_without_the_region_and_after_publication_with_it(client, cast):
    asked = results.ready(cast)
    found = page(client, cast.adviser, asked)
    stand = found.context["stands"][0]
    assert (stand.score, stand.ambition, stand.region.number) == (2, 3, 0)
    assert "mediaan van de regio" not in found.content.decode()
    assert "als de uitkomsten zijn gepubliceerd" in found.content.decode()
    asked = results.published(cast, asked)
    stand = page(client, cast.adviser, asked).context["stands"][0]
    assert (stand.region.median, stand.region.number) == (4, 3)
    assert stand.questions[0].region.median == 4
    assert "ambitie 3, mediaan van de regio 4,0" in stand.chart.title


def test_others_read_scores_and_what_is_shared_but_no_explanation(client, cast):
    asked = results.ready(
        cast, explanation="Ons verhaal.", shared="Bel elke school.", may_share=True
    )
    asked = results.published(cast, asked)
    found = page(client, cast.official, asked)
    text = found.content.decode()
    assert "Bel elke school." in text
    assert "Ons verhaal." not in text
    assert found.context["report"] is None
    assert "antwoorden/" not in text


def test_last_round_of_a_round_that_is_not_published_stays_with_the_own_people(client, cast):
    before = results.ready(cast)
    with clock.at(clock.now() + timedelta(days=366)):
        asked = baseline.opened(cast, before.instrument, year=before.year + 1, compared_with=before)
        results.approve(asked, {"Aardam": 3})
        asked = results.published(cast, asked)
        own = page(client, cast.adviser, asked).context
        other = page(client, cast.official, asked).context
    assert [before.text for before in own["stands"][0].before] == ["2,0"]
    assert (own["with_last"], other["with_last"]) == (True, False)
    assert other["stands"][0].before == ()


def test_each_that_merged_stands_there_by_name_on_what_asks_the_same(client, cast):
    before = results.published(cast, results.ready(cast))
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
    with clock.at(clock.now() + timedelta(days=366)):
        asked = baseline.opened(cast, following, year=before.year + 1, compared_with=before)
        results.approve(asked, {"Nieuwland": 3})
        first, second = page(client, cast.author, asked, "Nieuwland").context["stands"]
    assert [each.text for each in first.before] == [
        "Aardam 2,0 (op 1 van 2 vragen)",
        "Beekzicht 4,0 (op 1 van 2 vragen)",
    ]
    assert [each.text for each in second.before] == ["Aardam 2,0", "Beekzicht 4,0"]
    assert [each.text for each in second.questions[0].before] == ["Aardam 2", "Beekzicht 4"]


@pytest.mark.parametrize("more", [0, 10])
def test_the_same_number_of_queries(client, cast, django_assert_num_queries, more):
    added = results.more_municipalities(cast, more)
    asked = results.ready(cast, results.SCORES | {each.name: 3 for each in added})
    asked = results.published(cast, asked)
    client.force_login(cast.adviser)
    args = [asked.region.slug, asked.year, baseline.of(asked, "Aardam").pk]
    url = reverse("nulmeting:submission-results", args=args)
    with django_assert_num_queries(28):
        assert client.get(url).context["stands"][0].region.number == 3 + more
