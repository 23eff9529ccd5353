"""Two at once, on real connections: needs PostgreSQL, because SQLite lets one writer in anyway."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core.refusal import Refused
from governance.domain import ballots
from governance.models import Vote, VoteOption, VoteRound
from tests.cast import make_cast
from tests.votes import Table

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time here"),
]
TWICE = "U hebt al gestemd. Uw stem is geteld en kan niet nog een keer."
CLOSED = "De stemming is gesloten. Uw stem is niet meer meegeteld."


def at_once(*acts):
    """What each act gave, or the sentence with which it was refused."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
            return ""
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def votes_of(table, vote_round, n, choice):
    return lambda: ballots.cast_vote(vote_round, choice, by=table.members[n].user)


def test_two_devices_of_one_person_give_one_vote():
    table = Table(make_cast(), "own")
    vote_round = table.open()
    acts = [votes_of(table, vote_round, 0, choice) for choice in ("for", "against") * 2]
    assert at_once(*acts) == ["", TWICE, TWICE, TWICE]
    assert Vote.objects.count() == 1


def test_two_ballots_of_one_person_raise_one_counter_once():
    table = Table(make_cast(), "own")
    vote_round = table.open("secret", names=("Ans", "Bea"))
    keys = [str(option.pk) for option in vote_round.options.all()]
    assert at_once(*[votes_of(table, vote_round, 0, key) for key in keys]) == ["", TWICE, TWICE]
    assert sum(option.ballots for option in VoteOption.objects.all()) == 1


def test_ballots_of_many_at_once_are_all_counted():
    table = Table(make_cast(), "own", weights=(1,) * 6)
    vote_round = table.open("secret", names=("Ans", "Bea"))
    ans = str(vote_round.options.get(label="Ans").pk)
    assert at_once(*[votes_of(table, vote_round, n, ans) for n in range(6)]) == [""] * 6
    assert vote_round.options.get(label="Ans").ballots == Vote.objects.count() == 6


def test_the_secretary_and_a_member_write_one_vote_for_her():
    table = Table(make_cast(), "own")
    vote_round = table.open()
    acts = [
        votes_of(table, vote_round, 0, "for"),
        lambda: table.vote(vote_round, "against"),
    ]
    answers = at_once(*acts)
    assert answers in (["", TWICE], ["", "lid 1 heeft al gestemd."])
    assert Vote.objects.count() == 1


def test_a_vote_that_races_the_closing_is_in_or_refused():
    table = Table(make_cast(), "own", weights=(1,) * 4)
    vote_round = table.open()
    acts = [votes_of(table, vote_round, n, "for") for n in range(4)]
    answers = at_once(*acts, lambda: ballots.close_round(vote_round, by=table.by))
    late = answers.count(CLOSED)
    assert answers == [""] * (5 - late) + [CLOSED] * late
    assert Vote.objects.count() == 4 - late
    assert VoteRound.objects.get().state == "closed"


def test_two_votes_are_not_opened_at_once():
    table = Table(make_cast(), "own", points=("Een?", "Twee?"))
    points = list(table.step.version.points.all())
    answers = at_once(*[lambda p=p: table.open(point=p) for p in points])
    assert answers == [
        "",
        "Er loopt al een stemming in deze vergadering. Bevestig die eerst.",
    ]
