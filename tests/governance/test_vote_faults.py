"""What goes wrong around a vote: all out, no chair, no weight, nobody in a seat, other names."""

from datetime import timedelta

import pytest

from core import clock
from core.refusal import Refused
from governance.domain import (
    attendance,
    decision_lists,
    minutes,
    organisation,
    recusals,
    route,
    written,
)
from governance.domain.decisions import PointOutcome, Validity, can_decide, record_decision
from governance.domain.round_count import count_round
from governance.minutes_live import who_is_there
from governance.minutes_page import items_for
from governance.models import Meeting, Membership
from tests import factories as make
from tests.votes import Table

F, A, W = "for", "against", "away"


def decide(table, outcome, **fields):
    items = [PointOutcome(table.point, outcome, **fields)]
    return record_decision(table.step, items, validity=Validity(clock.today()), by=table.by)


def recuse(table, *places):
    for n in places:
        recusals.recuse(table.step, table.members[n], reason="Eigen zaak.", by=table.by)


def sentence(refused):
    (refusal,) = refused.value.refusals
    return refusal.reason


def test_where_everybody_is_recused_nothing_is_decided(cast):
    """Not by vote, and not without one either: nobody is left to agree."""
    table = Table(cast)
    recuse(table, 0, 1, 2)
    why = "Geen van de aanwezige leden mag over dit stuk meestemmen. Houd het stuk aan."
    assert [refusal.reason for refusal in can_decide(table.step)] == [why]
    for act in (table.open, lambda: decide(table, "adopted")):
        with pytest.raises(Refused) as refused:
            act()
        assert sentence(refused) == why


def test_who_is_recused_does_not_make_a_meeting_incomplete(cast):
    """1 voor, 1 tegen, 1 recused, of 3 seats: voltallig (32, lid 6), so not adopted."""
    table = Table(cast)
    recuse(table, 2)
    done = table.roll_call(F, A)
    assert (done.result, count_round(done).outcomes) == ("tie", {"rejected"})


def test_a_seat_without_a_member_makes_it_incomplete(cast):
    """2 voor, 2 tegen, everybody who sits is there; of 5 seats one is empty (32, lid 4)."""
    table = Table(cast, weights=(1,) * 4)
    make.seat(table.body, organisation="Zetel 5")
    done = table.roll_call(F, F, A, A)
    assert (done.vacant, done.result, count_round(done).outcomes) == (1, "tie", {"postponed"})


def test_a_vacant_seat_counts_for_no_quorum(cast):
    """5 seats, 3 members: more than half of who sit is 2 (20, lid 1: zitting hebbende leden)."""
    table = Table(cast, weights=(1,) * 3, present=2)
    for n in (4, 5):
        make.seat(table.body, organisation=f"Zetel {n}")
    count = attendance.count_quorum(table.meeting)
    assert (count.present, count.total, count.needed) == (2, 3, 2)
    assert table.roll_call(F, F).result == "adopted"


def test_a_seat_of_no_votes_is_refused_and_says_what_to_do(cast):
    seat = cast.board_members[0].seat
    seat.votes = 0
    with pytest.raises(Refused) as refused:
        organisation.keep(seat, cast.region, by=cast.admin)
    assert sentence(refused) == (
        "Een zetel heeft minstens 1 stem. Stemt een lid niet mee, zet dan bij dat lid het "
        "stemrecht uit."
    )


def test_without_the_chair_they_meet_and_the_page_says_so(cast):
    table = Table(cast, present=0)
    Membership.objects.filter(pk=table.members[0].pk).update(role="chair")
    table.attend(table.members[1:])
    there = who_is_there(table.meeting, table.step)
    assert (there.no_chair, there.enough) == (True, True)
    assert there.line == "2 van de 3 leden zijn er. Het quorum is 2: gehaald."
    assert table.roll_call("", F, F).result == "adopted"
    table.members[0].role = "member"
    table.members[0].save()
    assert not who_is_there(table.meeting, table.step).no_chair


def test_what_was_taken_off_the_agenda_waits_for_no_outcome(cast):
    meeting = make.meeting(cast.steering, starts_at=clock.now() - timedelta(hours=1))
    on, off = (
        make.point(meeting, "Opening"),
        make.point(meeting, "Toch niet", off=True, note="Ingetrokken."),
    )
    assert items_for(meeting, cast.steering_secretary) == [on]
    with pytest.raises(Refused, match="Dit punt is van de agenda gehaald"):
        minutes.settle_item(off, "handled", by=cast.steering_secretary)
    attendance.record_attendance(meeting, present=[], by=cast.steering_secretary)
    minutes.settle_item(on, "handled", by=cast.steering_secretary)
    row = decision_lists.make_list(
        type(meeting).objects.get(pk=meeting.pk), by=cast.steering_secretary
    )
    assert [item["title"] for item in row.frozen["items"]] == ["Opening"]


def test_the_list_names_who_took_no_part_and_not_why(cast):
    table = Table(cast, weights=(1,) * 4)
    recuse(table, 3)
    table.roll_call(F, F, A)
    decide(table, "adopted")
    row = make.listed(Meeting.objects.get(), table.by)
    (item,) = row.frozen["items"]
    assert item["recused"] == ["lid 4"]
    assert item["points"][0]["sentence"] == "Aangenomen met 2 stemmen voor en 1 tegen."
    assert "Eigen zaak" not in str(row.frozen)


def test_who_is_recused_does_not_answer_in_writing_either(cast):
    """3 members, 1 recused: 2 answers are all there is, and 1 more is refused."""
    table = Table(cast, "own", written_round=True)
    recuse(table, 2)
    route.hold_over(table.step, why="Schriftelijk verder.", by=table.by)
    last = clock.today() + timedelta(days=3)
    asked = written.open_round(table.step, reason="Spoed.", closes_on=last, by=table.by)
    with pytest.raises(Refused, match="lid 3 heeft hier geen stem"):
        written.answer_round(asked, table.members[2], answer="agree", by=table.members[2].user)
    for member in table.members[:2]:
        written.answer_round(asked, member, answer="agree", by=member.user)
    assert written.tally(asked).members == 2
    assert written.close_round(asked, by=table.by).state == "decided"
