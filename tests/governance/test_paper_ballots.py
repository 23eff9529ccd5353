"""A secret vote on paper: the secretary enters who handed in a ballot and what was counted."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from core.refusal import Refused
from governance.domain import ballots
from governance.domain.paper_ballots import enter_ballots
from governance.models import Vote
from tests.votes import Table

A, B = "Ans", "Bea"


def counted(table, vote_round, numbers, members=None, by=None):
    options = dict(zip(vote_round.options.order_by("order"), numbers, strict=True))
    handed_in = table.members if members is None else members
    return enter_ballots(vote_round, options, handed_in=handed_in, by=by or table.by)


# seats, who handed one in, ballots for Ans, Bea and blank, result (Gemeentewet 28-31)
CASES = [
    (5, 5, (3, 1, 1), "chosen"),  # 3 of 4 on a name
    (5, 5, (2, 2, 1), "tie"),
    (5, 2, (2, 0, 0), "invalid"),  # 2 of 5 handed one in: 29
    (5, 3, (1, 0, 2), "chosen"),  # blank takes part and is no vote cast: 28, 30
    (5, 3, (0, 0, 3), "nobody"),
]


@pytest.mark.parametrize(("seats", "handed", "numbers", "result"), CASES)
def test_counted_from_paper(cast, seats, handed, numbers, result):
    table = Table(cast, weights=(1,) * seats)
    vote_round = table.open("secret", names=(A, B))
    counted(table, vote_round, numbers, table.members[:handed])
    assert {vote.choice for vote in Vote.objects.all()} == {""}
    assert table.confirmed(vote_round).result == result


def test_the_seats_give_each_ballot_its_weight_where_it_is_one(cast):
    table = Table(cast, weights=(3, 3, 3), weighted=True)
    vote_round = table.open("secret", names=(A, B))
    counted(table, vote_round, (2, 1, 0))
    assert [option.votes for option in vote_round.options.order_by("order")] == [6, 3, 0]


def test_unequal_weights_cannot_be_read_from_paper(cast):
    table = Table(cast, weights=(4, 2, 1), weighted=True)
    vote_round = table.open("secret", names=(A, B))
    with pytest.raises(Refused, match="een stembriefje zegt niet van wie het is"):
        counted(table, vote_round, (2, 1, 0))
    page = browser(table).get(address(table, vote_round))
    assert page.context["form"] is None


def test_numbers_that_do_not_agree_a_mix_and_a_member_are_refused(cast):
    table = Table(cast)
    vote_round = table.open("secret", names=(A, B))
    with pytest.raises(Refused) as refused:
        counted(table, vote_round, (2, 0, 0))
    assert str(refused.value) == (
        "U telde 2 stembriefjes, en 3 leden leverden er een in. Tel opnieuw."
    )
    with pytest.raises(PermissionDenied, match="Dit kan alleen de secretaris"):
        counted(table, vote_round, (3, 0, 0), by=table.members[0].user)
    table.write(vote_round, A)
    with pytest.raises(Refused, match="Er is al op een apparaat gestemd"):
        counted(table, vote_round, (2, 0, 0), table.members[1:])
    ballots.discard_round(vote_round, why="Op papier.", by=table.by)
    roll = table.open()
    with pytest.raises(Refused, match="Op briefjes wordt alleen over personen gestemd"):
        counted(table, roll, ())


def address(table, vote_round):
    return reverse("governance:vote-round", args=[table.cast.region.slug, vote_round.pk])


def browser(table):
    client = Client()
    client.force_login(table.by)
    return client


def test_the_page_takes_the_count_and_shows_what_is_wrong(cast):
    table = Table(cast)
    vote_round = table.open("secret", names=(A, B))
    client, here = browser(table), address(table, vote_round)
    sent = {"handed_in": [str(member.pk) for member in table.members]}
    names = [f"briefjes-{option.pk}" for option in vote_round.options.order_by("order")]
    wrong = client.post(here, sent | dict(zip(names, "100", strict=True)))
    assert "en 3 leden leverden er een in" in wrong.content.decode()
    assert client.post(here, sent | dict(zip(names, "210", strict=True))).url == here
    assert table.confirmed(vote_round).options.get(chosen=True).label == A
