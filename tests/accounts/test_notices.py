"""What somebody is told: at once or once a day, once each, and never while mail is paused."""

from datetime import datetime, timedelta

import pytest

from accounts import notices
from accounts.models import Notice
from accounts.tasks import send_digests
from core import clock, outbox
from core.models import OutboxMail
from core.refusal import Refused
from tests import factories

MONDAY = datetime(2026, 11, 23, 8, 0)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def told(person, key="agenda:1:1", subject="Agenda: AB, 2 december 2026"):
    return notices.notify(person, key=key, subject=subject, text="De agenda staat klaar.")


def mails():
    return [(mail.to, mail.subject) for mail in OutboxMail.objects.order_by("pk")]


def test_at_once_is_one_mail_that_says_how_to_choose_otherwise():
    person = factories.user("wethouder")
    told(person)
    told(person)
    (mail,) = OutboxMail.objects.all()
    assert (mail.to, mail.subject) == (person.email, "Agenda: AB, 2 december 2026")
    assert mail.text.startswith("De agenda staat klaar.")
    assert "http://127.0.0.1:8000/account/mail/" in mail.text


def test_once_a_day_is_one_mail_with_everything_in_it():
    person = factories.user("wethouder", mail_pace="daily")
    told(person)
    told(person, "moved:1", "Vergadering verzet: AB, 3 december 2026")
    assert mails() == []
    assert notices.waiting_for_digest() == [person.pk]
    assert notices.send_digest(person.pk) == 2
    assert mails() == [(person.email, "2 berichten, 23 november 2026")]
    text = OutboxMail.objects.get().text
    assert text.index("Agenda: AB") < text.index("Vergadering verzet: AB")
    assert (notices.send_digest(person.pk), notices.waiting_for_digest()) == (0, [])


def test_a_single_notice_keeps_its_own_subject():
    person = factories.user("wethouder", mail_pace="daily")
    told(person)
    notices.send_digest(person.pk)
    assert mails() == [(person.email, "Agenda: AB, 2 december 2026")]


@pytest.mark.parametrize("days", [-2, -1])  # Saturday and Sunday
def test_the_weekend_passes_in_silence(days):
    told(factories.user("wethouder", mail_pace="daily"))
    with clock.at(MONDAY + timedelta(days=days)):
        assert notices.waiting_for_digest() == []


def test_a_change_of_pace_tells_nothing_twice_and_loses_nothing():
    person = factories.user("wethouder", mail_pace="daily")
    told(person)
    person = notices.choose_pace(person, "at_once")
    told(person)
    assert mails() == []
    assert notices.send_digest(person.pk) == 1
    told(person)
    assert len(mails()) == 1


def test_an_unknown_pace_is_refused():
    with pytest.raises(Refused, match="Kies hoe u mail wilt krijgen"):
        notices.choose_pace(factories.user("wethouder"), "weekly")


def test_who_has_no_account_any_more_is_told_nothing():
    gone = factories.user("wethouder", is_active=False)
    assert told(gone) is None
    with outbox.mail_paused():
        assert told(factories.user("lid")) is None
    assert not Notice.objects.exists()


def test_the_beat_starts_one_task_for_each_person(monkeypatch):
    person = factories.user("wethouder", mail_pace="daily")
    told(person)
    started = []
    monkeypatch.setattr("accounts.tasks.send_digest.delay", started.append)
    send_digests()
    assert started == [person.pk]
