"""How a municipality stands on the blocks of a proposal: who sees what, before and after
publication (design.md, 'Who may what'), and what a memo keeps."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from core.panels import frozen_panels
from nulmeting.block_panel import of_block, of_proposal
from nulmeting.figures import Spread
from regioagenda.domain.proposal_blocks import link_blocks
from regioagenda.models import BuildingBlock
from tests import baseline, results
from tests import factories as make

pytestmark = pytest.mark.django_db

WHO = ("author", "secretary", "reader", "alderman", "adviser", "official", "provider", "stranger")
FIVE = results.SCORES | {"Dorp 00": 1, "Dorp 01": 3}  # median 3, middle half 2 to 4


def lines(panel):
    return panel and [
        (line.title, line.municipality, line.score, line.ambition, line.region.median)
        for line in panel.lines
    ]


def paper(cast, asked, blocks=1):
    """A proposal that touches the first blocks of the round."""
    found = BuildingBlock.objects.filter(region=cast.region).order_by("number")[:blocks]
    proposal = make.proposal(cast.author, cast.team)
    link_blocks(proposal, found, by=cast.author)
    return proposal


def seen(cast, proposal, people=WHO):
    return {who: lines(of_proposal(proposal, getattr(cast, who))) for who in people}


ONE = "1. Bouwsteen 1"


def test_before_publication_only_the_own_people_see_what_they_approved(cast):
    asked = results.ready(cast)
    found = seen(cast, paper(cast, asked))
    assert found == dict.fromkeys(WHO) | {"adviser": [(ONE, "Aardam", 2, 3, None)]}


def test_after_publication(cast):
    results.more_municipalities(cast, 2)
    asked = results.published(cast, results.ready(cast, FIVE))
    proposal = paper(cast, asked)
    own, region = [(ONE, "Aardam", 2, 3, 3)], [(ONE, "", None, None, 3)]
    assert seen(cast, proposal) == dict.fromkeys(WHO, region) | {"alderman": own, "adviser": own}
    panel = of_proposal(proposal, cast.reader)
    assert (panel.title, panel.year, panel.lines[0].region) == (
        "Hoe de regio ervoor staat",
        asked.year,
        Spread(5, 3, 2, 4, 1, 5),
    )
    assert of_proposal(proposal, cast.alderman).title == "Hoe Aardam ervoor staat"
    assert lines(of_block(asked.region.building_blocks.first(), cast.alderman)) == own


@pytest.mark.parametrize("who", ["provider", "stranger", "nobody"])
def test_who_is_outside_reads_what_the_public_may(cast, who):
    results.more_municipalities(cast, 2)
    asked = results.published(cast, results.ready(cast, FIVE))
    reader = getattr(cast, who, AnonymousUser())
    (line,) = of_proposal(paper(cast, asked), reader).lines
    assert (line.region, line.url) == (
        Spread(5, 3, 2, 4),
        f"/waterland/nulmeting/{asked.year}/openbaar/",
    )


def test_of_fewer_than_five_only_the_number_goes_outside(cast):
    asked = results.published(cast, results.ready(cast))
    proposal = paper(cast, asked)
    assert of_proposal(proposal, cast.provider).lines[0].region == Spread(3)
    assert of_proposal(proposal, cast.reader).lines[0].region.median == 4


def test_a_round_that_is_not_published_leaves_the_one_before_standing(cast):
    before = results.published(cast, results.ready(cast))
    with clock.at(clock.now() + timedelta(days=366)):
        asked = baseline.opened(cast, before.instrument, year=before.year + 1, compared_with=before)
        results.approve(asked, {"Aardam": 5, "Cotten": 1})
        proposal = paper(cast, asked)
        shown = {who: of_proposal(proposal, getattr(cast, who)) for who in WHO}
        assert {who: panel.year for who, panel in shown.items()} == dict.fromkeys(WHO, before.year)
        assert lines(shown["adviser"]) == [(ONE, "Aardam", 2, 3, 4)]
        newer = {who: [link.label for link in panel.more] for who, panel in shown.items()}
    region = f"Nulmeting {before.year}: de hele regio"
    own = "Alle uitkomsten van Aardam"
    assert newer == {
        **{who: [region] for who in ("author", "secretary", "reader", "official")},
        "alderman": [own, region],
        "adviser": [own, f"Wat Aardam in {asked.year} vaststelde", region],
        "provider": [],
        "stranger": [],
    }


def test_who_did_not_approve_is_told_so_beside_the_region(cast):
    asked = results.published(cast, results.ready(cast, {"Beekzicht": 4, "Cotten": 5}))
    panel = of_proposal(paper(cast, asked), cast.alderman)
    assert (panel.absent, panel.own, lines(panel)) == (
        ("Aardam",),
        False,
        [(ONE, "", None, None, 4.5)],
    )


def test_who_serves_several_sees_each_by_name_and_never_by_score(cast):
    asked = results.ready(cast, {"Aardam": 5, "Beekzicht": 1, "Cotten": 3})
    homes = [baseline.of(asked, name).municipality for name in ("Cotten", "Beekzicht")]
    for home in homes:
        make.municipal_role(home, cast.adviser, "adviser")
    asked = results.published(cast, asked)
    panel = of_proposal(paper(cast, asked), cast.adviser)
    assert (panel.title, panel.named) == ("Hoe uw gemeenten ervoor staan", True)
    assert [line.municipality for line in panel.lines] == ["Aardam", "Beekzicht", "Cotten"]


def test_a_block_that_was_not_asked_and_a_proposal_without_blocks(cast):
    asked = results.published(cast, results.ready(cast))
    proposal = paper(cast, asked)
    other = baseline.block(cast.region, 9, "Nieuw")
    assert of_block(other, cast.alderman) is None
    link_blocks(proposal, [other, results.first_block(asked)], by=cast.author)
    assert lines(of_proposal(proposal, cast.alderman)) == [
        ("9. Nieuw", "Aardam", None, None, None),
        (ONE, "Aardam", 2, 3, 4),
    ]
    link_blocks(proposal, [], by=cast.author)
    assert of_proposal(proposal, cast.alderman) is None


@pytest.mark.parametrize(
    ("scores", "row"),
    [
        (FIVE, [ONE, "3,0", "2,0 tot 4,0", "5"]),
        (results.SCORES, [ONE, "te weinig gemeenten", "–", "3"]),
    ],
)
def test_the_memo_keeps_what_everybody_may_see(cast, scores, row):
    results.more_municipalities(cast, 2)
    asked = results.ready(cast, scores)
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    link_blocks(proposal, [results.first_block(asked)], by=cast.author)
    decision = make.decided(make.on_agenda(proposal.steps.get(), cast.author), cast.secretary)
    readers = [cast.alderman, cast.author, cast.provider]
    before = frozen_panels("decision_memo", decision, readers)
    assert [panel.name for panel in before] == ["blocks"]
    results.published(cast, asked)
    _, panel = frozen_panels("decision_memo", decision, readers)
    assert (panel.data["title"], panel.data["rows"]) == (
        f"Hoe de regio ervoor staat: nulmeting {asked.year}",
        [row],
    )
