"""Without a quorum the body is called again, for the same papers (Gemeentewet 20, lid 2 en 3)."""

from datetime import timedelta

import pytest

from core import clock
from core.refusal import Refused
from governance.domain import attendance
from governance.domain.second_meeting import call_second_meeting
from governance.enums import Treatment
from tests import factories as make
from tests.votes import Table

DAY = timedelta(days=1)


def called(table, after=2 * DAY):
    return call_second_meeting(table.meeting, starts_at=clock.now() + after, by=table.by)


def test_the_same_papers_come_back_and_need_no_quorum(cast):
    table = Table(cast, weights=(1,) * 5, present=2)
    version = table.step.version
    second = called(table)
    step = table.step
    assert (step.meeting, step.version, step.state) == (second, version, "on_agenda")
    first_item, again = step.items.order_by("pk")
    assert (first_item.result, again.result, again.treatment) == (
        *("held_over", "open"),
        Treatment.DISCUSSION,
    )
    table.meeting = second
    with clock.at(second.starts_at + timedelta(hours=1)):
        table.attend(table.members[:1])
        assert attendance.count_quorum(second, table.step).reached
        assert not attendance.count_quorum(second).reached
        assert table.roll_call("for").result == "adopted"  # 1 of 5: art. 29 lid 2 onder b


def test_another_paper_in_a_second_meeting_needs_the_quorum(cast):
    table = Table(cast, present=1)
    second = called(table)
    other = make.routed(cast.author, cast.team, (table.body, make.DECIDE))
    step = make.on_agenda(other.steps.get(), cast.author, second)
    with clock.at(second.starts_at + timedelta(hours=1)):
        attendance.record_attendance(second, present=table.members[:1], by=table.by)
        assert not attendance.count_quorum(second, step).reached


def test_not_within_24_hours_of_the_call(cast):
    table = Table(cast, present=1)
    with pytest.raises(Refused) as refused:
        called(table, after=DAY - timedelta(minutes=1))
    (refusal,) = refused.value.refusals
    assert refusal.field == "starts_at"
    assert refusal.reason.startswith(
        "Tussen de oproep en de tweede vergadering zit ten minste 24 uur."
    )
    with clock.at(clock.now()):
        assert called(table, after=DAY).second_call_of == table.meeting


@pytest.mark.parametrize(
    ("basis", "rules", "present", "sentence"),
    [
        ("law", {}, 2, "Het quorum was er: 2 van 3 leden. Een tweede vergadering is niet nodig."),
        ("own", {}, 0, "Raad kent geen tweede vergadering zonder quorum."),
        ("own", {"quorum": "more_than_half"}, 1, "Raad kent geen tweede vergadering"),
        ("own", {"quorum": "more_than_half", "second_meeting": True}, 1, ""),
    ],
)
def test_only_for_want_of_a_quorum_and_where_the_rules_know_it(
    cast, basis, rules, present, sentence
):
    table = Table(cast, basis, present=present, **rules)
    if not sentence:
        assert called(table).second_call_of == table.meeting
        return
    with pytest.raises(Refused, match=sentence):
        called(table)


def test_once(cast):
    table = Table(cast, present=1)
    called(table)
    with pytest.raises(Refused, match="De tweede vergadering is al uitgeschreven"):
        called(table, after=3 * DAY)
