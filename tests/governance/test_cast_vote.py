"""Who casts a vote, once, while it is open; and every reason why not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.formats import local_day
from core.refusal import Refused
from governance.domain import attendance, ballots, recusals
from governance.domain.round_count import count_round
from governance.models import Vote
from tests import factories as make
from tests.votes import Table

CLOSED = "De stemming is gesloten. Uw stem is niet meer meegeteld."
TWICE = "U hebt al gestemd. Uw stem is geteld en kan niet nog een keer."


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    return str(error.value)


def test_a_member_votes_once_from_whatever_device(cast):
    table = Table(cast)
    vote_round, person = table.open(), table.members[0].user
    ballots.cast_vote(vote_round, "for", by=person)
    assert refused(ballots.cast_vote, vote_round, "against", by=person) == TWICE
    assert refused(table.vote, vote_round, "against") == "lid 1 heeft al gestemd."
    assert Vote.objects.get().choice == "for"


def test_only_the_secretary_says_of_somebody_that_she_is_away(cast):
    table = Table(cast)
    vote_round = table.open()
    for choice in ("away", "abstain", ""):
        said = refused(ballots.cast_vote, vote_round, choice, by=table.members[0].user)
        assert said == "Kies voor of tegen."
    table.vote(vote_round, "away")
    assert count_round(vote_round).turnout.took_part == 0


def test_the_database_holds_one_person_one_vote(cast):
    table = Table(cast)
    vote_round, member = table.open(), table.members[0]
    ballots.cast_vote(vote_round, "for", by=member.user)
    again = {"round": vote_round, "person": member.user, "weight": 1, "choice": "for"}
    with pytest.raises(IntegrityError, match=r"one_person_one_vote|UNIQUE"), transaction.atomic():
        Vote.objects.create(**again, member=table.members[1], membership=table.members[1])


def test_after_the_closing_no_vote_comes_in(cast):
    table = Table(cast, "own")
    vote_round = table.open()
    table.vote(vote_round, "for")
    ballots.close_round(vote_round, by=table.by)
    assert refused(ballots.cast_vote, vote_round, "for", by=table.members[1].user) == CLOSED
    assert refused(table.vote, vote_round, "", "for") == CLOSED


def test_who_left_between_agenda_and_vote_has_none(cast):
    table = Table(cast)
    yesterday = local_day(table.meeting.starts_at) - timedelta(days=1)
    left = table.members[0]
    left.valid_until = yesterday
    left.save()
    vote_round = table.open()
    said = refused(ballots.cast_vote, vote_round, "for", by=left.user)
    assert said.startswith("lid 1 was lid tot en met ")
    assert said.endswith(" en stemt niet meer mee.")
    assert refused(table.vote, vote_round, "for") == said
    assert refused(table.attend, table.members) == (
        "Er loopt een stemming. Bevestig die eerst, of laat haar vervallen."
    )
    assert vote_round.entitled == 2


def test_who_is_absent_has_none_and_a_stranger_has_no_right(cast):
    table = Table(cast, present=2)
    vote_round = table.open()
    assert refused(ballots.cast_vote, vote_round, "for", by=table.members[2].user) == (
        "lid 3 staat niet als aanwezig lid met stemrecht op de lijst van deze vergadering."
    )
    for person in (cast.secretary, cast.alderman, cast.stranger):
        with pytest.raises(PermissionDenied, match="Alleen leden met stemrecht stemmen"):
            ballots.cast_vote(vote_round, "for", by=person)
    for act in (ballots.close_round, ballots.confirm_round):
        with pytest.raises(PermissionDenied, match="Dit kan alleen de secretaris"):
            act(vote_round, by=table.members[0].user)


def test_who_is_recused_counts_for_the_quorum_and_has_no_vote(cast):
    table = Table(cast, weights=(1,) * 4, present=3)
    recusals.recuse(table.step, table.members[0], reason="Eigen grond.", by=table.by)
    assert attendance.count_quorum(table.meeting).present == 3
    vote_round = table.open()
    assert vote_round.entitled == 3
    assert refused(ballots.cast_vote, vote_round, "for", by=table.members[0].user) == (
        "lid 1 doet niet mee aan de stemming over dit stuk: Eigen grond."
    )
    table.vote(vote_round, "", "for", "for")
    assert table.confirmed(vote_round).result == "adopted"  # 2 of 3 who need not abstain
    recusal = table.step.recusals.get()
    assert "al gestemd" in refused(recusals.undo_recusal, recusal, by=table.by)


@pytest.mark.parametrize("deputies", [True, False])
def test_a_deputy_votes_only_where_the_rules_know_deputies(cast, deputies):
    table = Table(cast, weights=(3, 1, 1), weighted=True, deputies=deputies, present=0)
    stand_in = make.member(table.body, role="deputy", has_vote=True, deputy_of=table.members[0])
    present = [stand_in, *table.members[1:]]
    if not deputies:
        assert "Alleen zittende leden met stemrecht" in refused(table.attend, present)
        return
    table.attend(present)
    vote_round = table.open()
    vote = ballots.cast_vote(vote_round, "for", by=stand_in.user)
    assert (vote.member, vote.weight) == (table.members[0], 3)


def test_a_proxy_is_the_vote_of_another_where_own_rules_allow_it(cast):
    table = Table(cast, "own", weights=(1, 1, 1), present=2, proxies=True)
    holder, giver = table.members[0], table.members[2]
    recusals.give_proxy(table.meeting, giver, holder, by=table.by)
    vote_round = table.open()
    ballots.cast_vote(vote_round, "for", by=holder.user)
    ballots.cast_vote(vote_round, "against", by=holder.user, member=giver)
    assert refused(ballots.cast_vote, vote_round, "for", by=holder.user, member=giver) == TWICE
    count = count_round(vote_round)
    assert (count.votes_for, count.votes_against) == (1, 1)


def test_the_law_knows_no_proxy(cast):
    table = Table(cast, present=2)
    assert refused(
        recusals.give_proxy, table.meeting, table.members[2], table.members[0], by=table.by
    ) == ("Raad kent geen volmacht. De wet kent geen volmacht.")


def test_the_weight_is_that_of_the_day(cast):
    table = Table(cast, weights=(2, 1, 1), weighted=True)
    vote_round = table.open()
    table.vote(vote_round, "for", "against", "against")
    seat = table.members[0].seat
    seat.votes = 9
    seat.save()
    assert (count_round(vote_round).votes_for, table.confirmed(vote_round).result) == (2, "tie")


def test_who_comes_later_may_be_added_and_who_voted_was_there(cast):
    table = Table(cast, "own", present=2, points=("Een?", "Twee?"))
    table.roll_call("for", "for")
    table.attend(table.members)
    assert refused(table.attend, table.members[1:]) == (
        "lid 1 heeft in deze vergadering gestemd en was er dus."
    )
    assert clock.now() > table.meeting.starts_at
