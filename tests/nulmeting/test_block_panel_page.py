"""The panel on the page of an agenda item: its words, and the queries it takes."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from core import clock
from nulmeting.models import Round
from regioagenda.domain.proposal_blocks import link_blocks
from regioagenda.models import BuildingBlock
from tests import baseline, results
from tests.preparing import MONDAY, on_board

QUERIES = {"alderman": 54, "author": 46}


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


def url(item):
    return reverse("governance:item-detail", args=["waterland", item.meeting_id, item.pk])


def asked_about(cast, blocks, more=0) -> Round:
    added = results.more_municipalities(cast, more)
    asked = baseline.opened(cast, baseline.fixed(cast, blocks))
    results.approve(asked, results.SCORES | {each.name: 3 for each in added})
    return results.published(cast, asked)


def item_on(cast, blocks):
    item = on_board(cast)
    found = BuildingBlock.objects.filter(region=cast.region).order_by("number")[:blocks]
    link_blocks(item.step.proposal, found, by=cast.author)
    return item


def test_the_alderman_reads_how_her_municipality_stands(client, cast):
    asked_about(cast, 2)
    item = item_on(cast, 1)
    client.force_login(cast.alderman)
    html = client.get(url(item)).content.decode()
    text = " ".join(strip_tags(html).split())
    year = clock.today().year
    for words in (
        "Hoe Aardam ervoor staat",
        f"Uit de nulmeting {year}, scores van 1 tot 5.",
        f"1. Bouwsteen 1 2,0 3in {year + 2} 4,03 gemeenten",
        "Bouwsteen 1, Aardam: 2,0, ambitie 3, mediaan van de regio 4,0",
    ):
        assert words in text


@pytest.mark.parametrize("who", QUERIES)
@pytest.mark.parametrize(("blocks", "more"), [(1, 0), (3, 0), (3, 5)])
def test_the_queries_do_not_grow(client, cast, django_assert_num_queries, who, blocks, more):
    asked_about(cast, blocks, more)
    item = item_on(cast, blocks)
    client.force_login(getattr(cast, who))
    client.get(url(item))
    with django_assert_num_queries(QUERIES[who]):
        page = client.get(url(item))
    panel = next(each.data for each in page.context["panels"] if each.name == "standing")
    assert [line.region.number for line in panel.lines] == [3 + more] * blocks
