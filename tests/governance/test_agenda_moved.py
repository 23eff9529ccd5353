"""A meeting that is moved or cancelled after its agenda was published."""

from datetime import time

import pytest
from django.core.exceptions import PermissionDenied

from core.formats import long_date
from core.models import OutboxMail
from core.refusal import Refused
from governance.domain import agenda, agenda_versions, meetings
from tests import factories as make


def mail_to(person):
    return OutboxMail.objects.filter(to=person.email).last()


@pytest.fixture
def step(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    return make.on_agenda(proposal.steps.get(), cast.author, make.meeting(cast.board, 14))


@pytest.fixture
def meeting(cast, step):
    agenda_versions.publish_agenda(step.meeting, by=cast.secretary)
    step.meeting.refresh_from_db()
    return step.meeting


def day(moment):
    return long_date(moment, weekday=True)


def test_moving_publishes_the_next_version_at_once(cast, meeting, step):
    before, after = meeting.starts_at, make.moment(21, 14, 0)
    meetings.move_meeting(
        meeting, starts_at=after, place="Gouda", why="De zaal is bezet.", by=cast.secretary
    )
    version = agenda_versions.latest(meeting)
    assert version.number == 2
    assert "- Reden: De zaal is bezet." in mail_to(cast.alderman).text
    assert [change["text"] for change in version.changes] == [
        f"De vergadering is verzet naar {day(after)}, 14.00 uur. Eerst: {day(before)}, 9.30 uur.",
        "De plaats is Gouda.",
        "Reden: De zaal is bezet.",
    ]
    assert [item["time"] for item in version.frozen["items"]] == ["14.00"]
    step.refresh_from_db()
    assert (step.state, step.meeting) == ("on_agenda", meeting)


def test_moving_asks_the_reason_and_a_moment_to_come(cast, meeting):
    with pytest.raises(Refused, match="Geef de reden: de agenda is al gepubliceerd"):
        meetings.move_meeting(meeting, starts_at=make.moment(21), by=cast.secretary)
    with pytest.raises(Refused, match="Kies een moment dat nog komt"):
        meetings.move_meeting(meeting, starts_at=make.moment(-1), why="Zo.", by=cast.secretary)
    assert agenda_versions.latest(meeting).number == 1


def test_the_author_body_no_longer_moves_or_cancels(cast, meeting):
    other = make.meeting(cast.board, 28)
    meetings.move_meeting(other, starts_at=make.moment(29), by=cast.author)
    with pytest.raises(PermissionDenied):
        meetings.move_meeting(meeting, starts_at=make.moment(21), why="Zo.", by=cast.author)
    with pytest.raises(PermissionDenied):
        meetings.cancel_meeting(meeting, why="Zo.", by=cast.author)


def test_cancelling_takes_the_papers_off_and_says_so(cast, meeting, step):
    meetings.cancel_meeting(meeting, why="Te weinig punten.", by=cast.secretary)
    meeting.refresh_from_db()
    step.refresh_from_db()
    assert (meeting.state, step.state, step.meeting) == ("cancelled", "planned", None)
    assert step.items.get().note == "De vergadering vervalt: Te weinig punten."
    version = agenda_versions.latest(meeting)
    assert version.number == 2
    assert mail_to(cast.alderman).subject.startswith("Vergadering vervalt: Bestuur")
    assert [change["text"] for change in version.changes] == [
        "De vergadering gaat niet door. Reden: Te weinig punten."
    ]
    assert (version.frozen["cancelled"], version.frozen["items"]) == (True, [])


def test_a_planned_meeting_still_asks_to_hold_its_papers_over_first(cast, step):
    with pytest.raises(Refused, match="Er staan stukken op de agenda; houd die eerst aan"):
        meetings.cancel_meeting(step.meeting, why="Ziek.", by=cast.secretary)


def test_an_end_before_the_new_beginning_is_dropped(cast, meeting):
    agenda.set_end(meeting, until=time(11, 30), by=cast.secretary)
    moved = meetings.move_meeting(
        meeting, starts_at=make.moment(21, 13), why="Later.", by=cast.secretary
    )
    assert moved.until is None
