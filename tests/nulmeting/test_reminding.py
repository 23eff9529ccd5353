"""Reminders of a round: 30, 7 and 1 days before the last day, and by hand once a day."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import OutboxMail, StatusChange
from core.refusal import Refused
from governance.models import RegionMunicipality
from nulmeting import tasks
from nulmeting.domain import reminding, rounds
from nulmeting.models import Round
from regiovisie.celery import app
from tests import baseline

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 30)


@contextmanager
def on(day):
    with clock.at(datetime.combine(day, datetime.min.time()).replace(hour=6)):
        yield


def before(days):
    return on(LAST - timedelta(days=days))


@pytest.fixture
def running(cast):
    """Open since 40 days before the last day, with an editor and an approver in Aardam."""
    with before(40):
        asked = baseline.opened(cast, closes_on=LAST)
        baseline.editor(cast.municipality)
        baseline.approver(cast.municipality)
    return asked


def mails():
    return OutboxMail.objects.filter(subject__startswith="Herinnering")


@pytest.mark.parametrize(
    ("left", "due"),
    [
        # Thirty days before is a Sunday: the Friday before it, or Monday after standing still.
        *[(33, None), (32, 30), (31, None), (30, None), (29, 30), (28, None)],
        *[(8, None), (7, 7), (4, 7), (3, None), (2, None), (1, 1), (0, 1), (-1, None)],
    ],
)
def test_on_which_days(left, due):
    assert reminding.due_before(LAST, LAST - timedelta(days=left)) == due


def test_the_editor_is_reminded_three_times_and_never_twice(running, cast):
    for left in range(40, -1, -1):
        with before(left):
            reminding.remind_by_clock(running.pk)
            reminding.remind_by_clock(running.pk)
    editor = cast.municipality.roles.get(role="editor").user
    assert [mail.to for mail in mails()] == [editor.email] * 3
    assert mails()[0].text.count("- Aardam: invullen en indienen") == 1
    assert "dinsdag 30 juni 2026" in mails()[0].text


def test_what_is_handed_in_is_for_the_approver_and_what_is_approved_for_nobody(running, cast):
    roles = {role.role: role.user for role in cast.municipality.roles.all()}
    with before(35):
        row = baseline.submitted(baseline.of(running, "Aardam"), roles["editor"])
    with before(32):
        reminding.remind_by_clock(running.pk)
    assert [mail.to for mail in mails()] == [roles["approver"].email]
    assert "- Aardam: vaststellen" in mails()[0].text
    with before(20):
        baseline.submissions.approve(row, seen_sha256=baseline.sha256_of(row), by=roles["approver"])
    with before(7):
        reminding.remind_by_clock(running.pk)
    assert mails().count() == 1


def test_an_invitation_of_yesterday_is_reminder_enough(cast):
    with before(32):
        asked = baseline.opened(cast, closes_on=LAST)
        baseline.editor(cast.municipality)
        reminding.remind_by_clock(asked.pk)
    with before(30):
        reminding.remind_by_clock(asked.pk)
    assert not mails().exists()


def test_who_was_reopened_is_reminded_of_her_own_day(running, cast):
    with on(LAST + timedelta(days=1)):
        rounds.close_round(running, by=cast.author)
        row = baseline.of(Round.objects.get(), "Aardam")
        until = LAST + timedelta(days=9)
        rounds.reopen_for(row, until=until, why="Ziekte.", by=cast.author)
    with on(LAST + timedelta(days=8)):
        reminding.remind_by_clock(running.pk)
    assert [mail.subject for mail in mails()] == [
        f"Herinnering: nulmeting {running.year}, tot en met 9 juli 2026"
    ]


def test_who_left_the_region_is_not_reminded(running, cast):
    left = RegionMunicipality.objects.get(municipality=cast.municipality)
    left.valid_until = LAST - timedelta(days=20)
    left.save()
    with before(12):
        assert [row.municipality.name for row in reminding.not_done(running)] == [
            "Beekzicht",
            "Cotten",
        ]
        assert reminding.remind_by_clock(running.pk) == 0
    with before(7):
        reminding.remind_by_clock(running.pk)
    assert not mails().exists()


def test_by_hand_once_a_day(running, cast):
    with before(12):
        assert reminding.remind(running, by=cast.author) == 3
        with pytest.raises(Refused, match="Morgen kan het weer"):
            reminding.remind(running, by=cast.author)
    with before(11):
        reminding.remind(running, by=cast.author)
    assert mails().count() == 2
    assert StatusChange.of(running).filter(act="reminded", by=cast.author).count() == 2


def test_by_hand_not_on_the_day_of_the_clock(running, cast):
    with before(7):
        reminding.remind_by_clock(running.pk)
        with pytest.raises(Refused, match="Vandaag ging er al een herinnering uit"):
            reminding.remind(running, by=cast.author)


def test_by_hand_refusals(running, cast):
    with before(12):
        for person in (cast.admin, cast.adviser, cast.stranger):
            with pytest.raises(PermissionDenied):
                reminding.remind(running, by=person)
        cast.municipality.roles.all().delete()
        with pytest.raises(Refused, match="niemand met een account"):
            reminding.remind(running, by=cast.author)
        closed = rounds.close_round(running, by=cast.author)
        with pytest.raises(Refused, match="niemand om te herinneren"):
            reminding.remind(closed, by=cast.author)
    assert not StatusChange.of(running).filter(act="reminded").exists()


def test_the_tasks_close_what_ended_and_hand_out_reminders(running, monkeypatch):
    started = []
    monkeypatch.setattr("nulmeting.tasks.remind.delay", started.append)
    with on(LAST):
        tasks.close_ended()
        assert Round.objects.get().state == "open"
        tasks.remind_all()
        tasks.remind(running.pk)
    assert (started, mails().count()) == ([running.pk], 1)
    with on(LAST + timedelta(days=1)):
        tasks.close_ended()
        tasks.close_ended()
        tasks.remind(running.pk)
    assert Round.objects.get().state == "closed"
    assert StatusChange.of(running).filter(act="close").count() == 1
    assert mails().count() == 1


def test_the_clock_calls_tasks_that_are_there(settings):
    wanted = {"nulmeting.close_ended", "nulmeting.remind_all", "nulmeting.look_for_approvers"}
    assert wanted <= {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted <= set(app.tasks)
