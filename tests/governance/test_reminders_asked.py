"""Reminders of what is asked for a meeting, and of what was promised there."""

from datetime import datetime, timedelta

import pytest

from core import clock
from core.models import OutboxMail
from governance import news
from governance.domain import positions, secrecy
from governance.domain.action_points import add_action
from tests import factories as make
from tests.preparing import MONDAY, on_board

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)  # positions until Wednesday, 12.00 uur
FRIDAY = datetime(2026, 11, 6, 6, 0)  # the day after the meeting


@pytest.fixture
def items(cast):
    with clock.at(MONDAY):
        return [on_board(cast, subject) for subject in ("Wonen", "Leren")]


def remind(person, moment=TUESDAY):
    with clock.at(moment):
        count = news.remind(person)
    return count, OutboxMail.objects.filter(to=person.email).last()


def test_a_member_is_reminded_of_her_positions_with_hour_and_page(cast, items):
    count, mail = remind(cast.alderman)
    assert count == 1
    assert mail.subject == "Herinnering: Geef uw standpunt voor Bestuur"
    assert (
        "- Geef uw standpunt voor Bestuur\n  uiterlijk woensdag 4 november 2026, 12.00 uur\n"
        in (mail.text)
    )
    assert f"http://127.0.0.1:8000/waterland/vergaderingen/{items[0].meeting_id}/" in mail.text
    assert "Wonen" not in mail.text


def test_not_a_day_too_early_and_not_after_the_last_position(cast, items):
    assert remind(cast.alderman, MONDAY) == (0, None)
    with clock.at(MONDAY):
        positions.give_position(items[0], choice="agree", by=cast.alderman)
        positions.give_position(items[1], choice="discuss", by=cast.alderman)
    assert remind(cast.alderman) == (0, None)


def test_an_adviser_is_reminded_to_annotate(cast, items):
    _, mail = remind(cast.adviser)
    assert "- Geef uw annotatie voor Bestuur" in mail.text


def test_who_reads_without_a_vote_and_who_is_outside_the_circle_hear_nothing(cast, items):
    with clock.at(MONDAY):
        for item in items:
            secrecy.impose_secrecy(
                item.step.proposal,
                body=cast.board,
                ground="Onderhandeling.",
                imposed_on=clock.today(),
                circle_bodies=[],
                circle_people=[cast.secretary],
                by=cast.secretary,
            )
    assert remind(cast.alderman) == (0, None)
    assert remind(cast.adviser) == (0, None)


def test_what_was_promised_is_named_by_its_body_only(cast, items):
    """The text of an action point can quote a secret paper."""
    with clock.at(items[0].meeting.starts_at + timedelta(hours=1)):
        add_action(
            cast.board,
            text="Praat met de aanbieder over de prijs",
            owner=cast.board_members[0],
            due=FRIDAY.date() + timedelta(days=3),
            by=cast.secretary,
        )
    _, mail = remind(cast.alderman, FRIDAY)
    assert mail.subject == "Herinnering: Kom na wat u toezegde in Bestuur"
    assert "aanbieder" not in mail.text


def test_several_things_are_counted_in_the_subject(cast, items):
    make.meeting(cast.board, 3, starts_at=items[0].meeting.starts_at + timedelta(hours=4))
    with clock.at(MONDAY):
        on_board(cast, "Sporten", at=cast.board.meetings.order_by("pk").last())
    count, mail = remind(cast.alderman)
    assert (count, mail.subject) == (
        2,
        "Herinnering: 2 taken, vanaf woensdag 4 november 2026",
    )
