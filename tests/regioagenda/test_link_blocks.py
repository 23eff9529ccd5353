"""Which blocks a proposal touches: the act, what it refuses, and what the database holds."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from core.models import StatusChange
from core.refusal import Refused
from governance.domain import decisions, organisation, proposals
from regioagenda import database
from regioagenda.domain.proposal_blocks import link_blocks
from regioagenda.models import BuildingBlock, ProposalBlock
from regioagenda.queries import blocks_touched
from regioagenda.words import blocks_of_region
from tests import baseline
from tests import factories as make
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def blocks(cast):
    return [baseline.block(cast.region, number, f"Deel {number}") for number in (1, 2, 3)]


@pytest.fixture
def proposal(cast):
    return make.proposal(cast.author, cast.team)


def keys(found):
    return [block.number for block in found]


def test_in_the_order_of_the_writer_each_once_and_logged(cast, proposal, blocks):
    first, second, third = blocks
    left = link_blocks(proposal, [third, first, third], by=cast.author)
    assert keys(left) == keys(blocks_touched(proposal)) == [3, 1]
    link_blocks(proposal, [first, second], by=cast.author)
    assert keys(blocks_touched(proposal)) == [1, 2]
    link_blocks(proposal, [first, second], by=cast.author)
    link_blocks(proposal, [], by=cast.author)
    said = StatusChange.of(proposal).filter(act="blocks_linked").order_by("pk")
    assert [line.why for line in said] == [
        "3. Deel 3; 1. Deel 1",
        "1. Deel 1; 2. Deel 2",
        "Geen",
    ]
    assert ProposalBlock.history.count() == 7  # three added, two put in order, two taken away


def test_what_a_colleague_changed_meanwhile_stays(cast, proposal, blocks):
    first, second, third = blocks
    link_blocks(proposal, [first, second], by=cast.author)
    base = {first.pk, second.pk}
    link_blocks(proposal, [first, third], base=base, by=cast.author)
    left = link_blocks(proposal, [first, second], base=base, by=cast.author)
    assert keys(left) == [1, 3]


@pytest.mark.parametrize("who", ["alderman", "secretary", "admin", "official", "stranger"])
def test_only_who_writes_the_proposal(cast, proposal, blocks, who):
    with pytest.raises(PermissionDenied):
        link_blocks(proposal, blocks, by=getattr(cast, who))


def test_a_named_coauthor_writes_too(cast, proposal, blocks):
    proposals.add_coauthor(proposal, cast.coauthor, by=cast.author)
    assert keys(link_blocks(proposal, blocks, by=cast.coauthor)) == [1, 2, 3]


def test_a_block_of_another_region_is_refused(cast, proposal, blocks):
    far = baseline.block(cast.stranger.memberships.get().body.region)
    with pytest.raises(Refused, match="Kies alleen onderdelen van de visie van deze regio"):
        link_blocks(proposal, [*blocks, far], by=cast.author)
    assert blocks_touched(proposal) == []


def test_not_after_the_decision_and_not_when_withdrawn(cast, blocks):
    routed = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    decision = make.decided(make.on_agenda(routed.steps.get(), cast.author), cast.secretary)
    decisions.finalise_decision(decision, by=cast.secretary)
    with pytest.raises(Refused) as refused:
        link_blocks(routed, blocks, by=cast.author)
    assert str(refused.value) == ("Dit voorstel is behandeld; de bouwstenen veranderen niet meer.")
    other = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    proposals.change_state(other, "withdraw", by=cast.author, why="Niet meer nodig.")
    with pytest.raises(Refused) as refused:
        link_blocks(other, blocks, by=cast.author)
    assert str(refused.value) == (
        "Dit voorstel is ingetrokken; de bouwstenen veranderen niet meer."
    )


def test_a_block_that_is_touched_cannot_be_removed(cast, proposal, blocks):
    link_blocks(proposal, blocks[:1], by=cast.author)
    with pytest.raises(Refused):
        organisation.remove(blocks[0], cast.region, by=cast.admin)
    assert BuildingBlock.objects.count() == 3


@pytest.mark.skipif(connection.vendor != "postgresql", reason="triggers")
def test_postgresql_holds_the_region_too(cast, proposal):
    far = baseline.block(cast.stranger.memberships.get().body.region)
    with (
        pytest.raises(IntegrityError, match="blocks of its own region"),
        transaction.atomic(),
    ):
        ProposalBlock.objects.create(proposal=proposal, block=far, order=1)
    with connection.schema_editor() as editor:
        database.drop_guard(None, editor)
    ProposalBlock.objects.create(proposal=proposal, block=far, order=1)


@pytest.mark.parametrize(
    ("label", "plural"),
    [
        ("bouwsteen", "bouwstenen"),
        ("Thema", "thema's"),
        ("droom", "onderdelen van de regiovisie"),
    ],
)
def test_the_plural_of_a_label_is_known_or_neutral(cast, label, plural):
    cast.region.block_label = label
    assert blocks_of_region(cast.region) == plural
