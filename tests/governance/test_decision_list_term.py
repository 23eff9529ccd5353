"""The two weeks of a decision list (Woo 3.3): the last day, and what happens on the day after."""

from datetime import timedelta

import pytest

from core import clock
from core.models import StatusChange
from governance.domain import decision_lists
from governance.minutes_page import list_note
from governance.standing import standing_of
from governance.waiting_minutes import jobs_of_minutes
from tests import factories as make


@pytest.fixture
def row(cast):
    """The list of a meeting of an hour ago, made and not published."""
    meeting = make.meeting(cast.board, starts_at=clock.now() - timedelta(hours=1))
    make.point(meeting, "Rondvraag", result="handled")
    make.held(meeting, cast.secretary)
    return make.listed(meeting, cast.secretary)


def job(cast):
    found = jobs_of_minutes(
        cast.secretary, standing_of(cast.secretary), {cast.region.pk: cast.region.slug}
    )
    return next((job for job in found if job.subject[0] == "decision-list"), None)


@pytest.mark.parametrize(("after", "late"), [(13, 0), (14, 0), (15, 1), (16, 2)])
def test_the_fourteenth_day_is_in_time_and_the_fifteenth_is_not(cast, row, after, late):
    with clock.at(row.meeting.starts_at + timedelta(days=after)):
        assert decision_lists.days_late(row) == late
        note = list_note(row)
        assert job(cast).due == decision_lists.due_on(row.meeting)
        published = decision_lists.publish_list(row, by=cast.secretary)
        assert job(cast) is None
    assert published.state == "published"
    (said,) = StatusChange.of(row.meeting).filter(act="list_published")
    if late:
        days = f"{late} {'dag' if late == 1 else 'dagen'}"
        assert note.endswith(f"dat is {days} geleden. Het kan nog steeds.")
        assert said.why == f"{days} na de termijn van twee weken"
    else:
        assert note.startswith("Publiceren uiterlijk ")
        assert said.why == ""


def test_two_weeks_are_days_on_the_dutch_calendar(cast):
    """Late in the evening: the day counts and not the hour, also over the change of clocks."""
    late = clock.now().replace(year=2027, month=3, day=16, hour=22, minute=30)  # 23.30 uur
    meeting = make.meeting(cast.board, starts_at=late)
    assert decision_lists.due_on(meeting).isoformat() == "2027-03-30"
