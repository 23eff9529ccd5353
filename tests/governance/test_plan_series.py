"""Planning a series: all meetings or none, with every reason."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core import clock
from core.models import StatusChange
from core.refusal import Refused
from governance.domain import meetings, series
from governance.models import Meeting, Recess
from tests import factories as make


def at(day: int, month: int = 3, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(date(2027, month, day), time(hour, 30)))


@pytest.fixture(autouse=True)
def _winter():
    with clock.at(datetime(2027, 1, 4, 9)):
        yield


def test_all_meetings_are_made_at_once_and_tell_their_rhythm(cast):
    made = series.plan_series(
        cast.board,
        [at(8, 4), at(4)],
        place=" Raadzaal ",
        rhythm="elke eerste donderdag van de maand",
        by=cast.secretary,
    )
    assert [(m.starts_at, m.place) for m in made] == [(at(4), "Raadzaal"), (at(8, 4), "Raadzaal")]
    assert {StatusChange.of(meeting).get().why for meeting in made} == {
        "reeks: elke eerste donderdag van de maand"
    }


def test_every_reason_is_told_and_nothing_is_made(cast):
    cast.board.valid_until = date(2027, 3, 31)
    cast.board.save()
    make.meeting(cast.board, starts_at=at(4, hour=14))
    with pytest.raises(Refused) as refused:
        series.plan_series(
            cast.board, [at(4), at(11), at(11, hour=14), at(1, 4)], by=cast.secretary
        )
    assert [refusal.reason for refusal in refused.value.refusals] == [
        "Bestuur vergadert op 4 maart 2027 al, om 14.30 uur.",
        "11 maart 2027 staat er twee keer in.",
        "Bestuur bestaat op 1 april 2027 niet.",
    ]
    assert Meeting.objects.count() == 1


def test_a_lapsed_meeting_leaves_its_day_free(cast):
    lapsed = make.meeting(cast.board, starts_at=at(4))
    meetings.cancel_meeting(lapsed, by=cast.secretary, why="Te weinig leden.")
    assert len(series.plan_series(cast.board, [at(4)], by=cast.secretary)) == 1


def test_no_day_and_too_many_are_refused(cast):
    with pytest.raises(Refused, match=r"Kies minstens één dag\."):
        series.plan_series(cast.board, [], by=cast.secretary)
    many = [at(day, month) for month in (3, 5, 7) for day in range(1, 22)]
    with pytest.raises(Refused, match=r"Dit zijn 63 vergaderingen\. Plan er hoogstens 60"):
        series.plan_series(cast.board, many, by=cast.secretary)


@pytest.mark.parametrize("who", ["aoj_secretary", "alderman", "admin", "stranger"])
def test_only_who_plans_meetings_of_the_body(cast, who):
    with pytest.raises(PermissionDenied):
        series.plan_series(cast.board, [at(4)], by=getattr(cast, who))


def test_a_place_with_personal_data_is_refused_and_nothing_is_made(cast):
    with pytest.raises(Refused):
        series.plan_series(cast.board, [at(4)], place="dossier 111222333", by=cast.secretary)
    assert not Meeting.objects.exists()


def test_what_stands_in_the_way_of_a_day(cast):
    Recess.objects.create(
        region=cast.region, name="Meireces", first_day=date(2027, 5, 10), last_day=date(2027, 5, 14)
    )
    cast.board.valid_until = date(2027, 11, 30)
    cast.board.save()
    make.meeting(cast.board, starts_at=at(4))
    on = series.obstacles(cast.board)
    found = {
        day: (obstacle.reason, obstacle.firm) if (obstacle := on(day)) else None
        for day in (
            date(2027, 3, 4),
            date(2027, 5, 6),
            date(2027, 5, 13),
            date(2027, 6, 3),
            date(2027, 12, 2),
        )
    }
    assert found == {
        date(2027, 3, 4): ("Bestuur vergadert dan al, om 9.30 uur", True),
        date(2027, 5, 6): ("is een feestdag: Hemelvaartsdag", False),
        date(2027, 5, 13): ("valt in een vakantie: Meireces", False),
        date(2027, 6, 3): None,
        date(2027, 12, 2): ("Bestuur bestaat dan niet", True),
    }


def test_what_waits_for_a_meeting_comes_on_the_first_of_the_series(cast):
    make.action(cast.board, cast.secretary)
    later, first = series.plan_series(cast.board, [at(8, 4), at(4)], by=cast.secretary)[::-1]
    assert [item.title for item in first.items.all()] == ["Actiepunten"]
    assert not later.items.exists()
