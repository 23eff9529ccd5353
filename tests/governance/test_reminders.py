"""Reminders: five working days before and the day before, one mail, no paper by name."""

from datetime import date, datetime, timedelta

import pytest

from core import clock
from core.models import OutboxMail
from governance import news
from governance.tasks import remind_all
from governance.waiting import Job, jobs_for
from tests import factories
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def job(due):
    return Job(1, "Doe iets", "/waterland/", due=due)


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        (date(2026, 11, 23), False),  # today
        (date(2026, 11, 24), True),  # tomorrow
        (date(2026, 11, 25), False),
        (date(2026, 11, 30), True),  # five working days, over a weekend
        (date(2026, 11, 29), False),
        (date(2026, 11, 20), True),  # late: since the working day before, the weekend included
        (date(2026, 11, 22), True),
        (date(2026, 11, 19), False),
        (None, False),
    ],
)
def test_when_somebody_is_reminded(due, reminded):
    assert bool(news.due_soon([job(due)], MONDAY)) is reminded


def test_the_days_around_christmas_do_not_count():
    # Friday 25 December and Saturday are no working days: the next is Monday the 28th.
    assert news.due_soon([job(date(2026, 12, 28))], date(2026, 12, 24))


def waiting_paper():
    """A concept whose papers are due tomorrow, seen by its author."""
    cast = make_cast()
    paper = factories.routed(cast.author, cast.team, (cast.board, "decide"))
    meeting = factories.meeting(cast.board, starts_at=datetime(2026, 12, 8, 9, 30).astimezone())
    from governance.domain import route

    route.plan_step(paper.steps.get(), meeting, by=cast.author)
    return cast


def test_one_mail_names_what_to_do_and_not_the_paper():
    with clock.at(datetime(2026, 11, 23, 6, 0)):
        cast = waiting_paper()
        due = [found.due for found in jobs_for(cast.author, [cast.region])]
    soonest = min(day for day in due if day)
    with clock.at(datetime.combine(soonest - timedelta(days=1), datetime.min.time())):
        assert news.remind(cast.author) == 1
        assert news.remind(cast.author) == 1
    (mail,) = OutboxMail.objects.filter(to=cast.author.email)
    assert mail.subject == "Herinnering: Lever het stuk aan voor Bestuur"
    assert "Meer hulp dichtbij huis" not in mail.text
    assert "http://127.0.0.1:8000/waterland/voorstellen/" in mail.text


def test_nobody_is_reminded_in_the_weekend():
    with clock.at(datetime(2026, 11, 22, 6, 0)):
        cast = waiting_paper()
        assert (news.remind(cast.author), news.people_to_remind()) == (0, [])


def test_everybody_with_a_role_gets_a_task_and_who_left_does_not(monkeypatch):
    started = []
    monkeypatch.setattr("governance.tasks.remind.delay", started.append)
    with clock.at(datetime(2026, 11, 23, 6, 0)):
        cast = make_cast()
        cast.reader.is_active = False
        cast.reader.save()
        remind_all()
    assert cast.alderman.pk in started
    assert cast.adviser.pk in started
    assert cast.reader.pk not in started
    assert len(started) == len(set(started))
