from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.db import transaction

from core import clock, outbox
from core.mail_tasks import send_mail
from core.models import OutboxMail
from core.refusal import Refused
from regiovisie.celery import app
from tests.core.smtp import mail_server

NOON = datetime(2026, 11, 22, 12, 0)
pytestmark = pytest.mark.django_db


@pytest.fixture
def smtp(settings):
    def use(server):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]

    return use


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


def enqueue(key="agenda:12:lid:3", **values):
    asked = {"to": "lid@voorbeeld.nl", "subject": "Agenda", "text": "De agenda staat klaar."}
    return outbox.enqueue_mail(key=key, **{**asked, **values})


def row(mail):
    mail.refresh_from_db()
    return mail.status, mail.attempts


def test_a_mail_is_sent_once_however_often_it_is_asked():
    mail = enqueue()
    assert enqueue(subject="Nog eens") == mail
    for _ in range(3):
        send_mail(mail.pk)
    (sent,) = django_mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([mail.to], "Agenda", "De agenda staat klaar.")
    assert sent.extra_headers["Message-ID"] == outbox.message_id(mail)
    assert row(mail) == ("sent", 1)
    assert mail.sent_at == clock.now()


def test_a_mail_goes_over_the_line(smtp):
    mail = enqueue(subject="Eén agenda")
    with mail_server() as server:
        smtp(server)
        send_mail(mail.pk)
        send_mail(mail.pk)
    (text,) = server.received
    assert f"Message-ID: {outbox.message_id(mail)}" in text.splitlines()
    assert row(mail) == ("sent", 1)


def test_a_mail_server_that_is_away_loses_nothing_and_is_tried_ever_less_often(smtp):
    mail = enqueue()
    with mail_server() as server:
        smtp(server)
    pauses = []
    for _ in range(8):
        mail.refresh_from_db()
        moment = mail.not_before
        with clock.at(moment):
            send_mail(mail.pk)
        mail.refresh_from_db()
        pauses.append((mail.not_before - moment) / timedelta(minutes=1))
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert row(mail) == ("waiting", 8)
    assert mail.error == "ConnectionRefusedError: [Errno 111] Connection refused"


def test_a_mail_that_waits_is_not_tried_early(smtp):
    mail = enqueue(not_before=clock.now() + timedelta(hours=1))
    send_mail(mail.pk)
    assert row(mail) == ("waiting", 0)
    assert outbox.sweep_outbox() == []
    with clock.at(NOON + timedelta(hours=1)):
        assert outbox.sweep_outbox() == [mail.pk]


def test_not_now_is_tried_again_for_five_days(smtp):
    mail = enqueue()
    with mail_server(rcpt_answer="451 straks") as server:
        smtp(server)
        send_mail(mail.pk)
        assert row(mail) == ("waiting", 1)
        with clock.at(NOON + timedelta(days=5, hours=1)):
            send_mail(mail.pk)
        assert row(mail) == ("failed", 2)
    assert server.received == []


def test_never_is_final(smtp):
    mail = enqueue()
    with mail_server(rcpt_answer="550 onbekend") as server:
        smtp(server)
        send_mail(mail.pk)
    assert row(mail) == ("failed", 1)
    assert "550" in mail.error


def test_a_line_that_breaks_during_sending_makes_no_second_mail(smtp):
    mail = enqueue()
    with mail_server(hang_up=True) as server:
        smtp(server)
        send_mail(mail.pk)
        send_mail(mail.pk)
    assert len(server.received) == 1
    assert row(mail) == ("failed", 1)
    assert mail.error == outbox.UNKNOWN_OUTCOME


def test_a_worker_that_died_while_sending_makes_no_second_mail():
    mail = enqueue()
    assert outbox._claim(mail.pk) == mail
    assert outbox.sweep_outbox() == []
    assert row(mail) == ("sending", 1)
    with clock.at(NOON + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.sweep_outbox() == []
    assert row(mail) == ("failed", 1)
    assert django_mail.outbox == []


def test_a_person_may_send_a_failed_mail_again_under_the_same_message_id():
    mail = enqueue()
    with pytest.raises(Refused):
        outbox.send_again(mail)
    before = outbox.message_id(mail)
    OutboxMail.objects.update(status="failed")
    outbox.send_again(mail)
    send_mail(mail.pk)
    assert [sent.extra_headers["Message-ID"] for sent in django_mail.outbox] == [before]


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "Agenda\nBcc: iemand@voorbeeld.nl"},
        {"subject": "Agenda\r"},
        {"to": "lid@voorbeeld.nl\nBcc: iemand@voorbeeld.nl"},
        {"to": "geen adres"},
        {"to": "a@b.nl, c@d.nl"},
    ],
)
def test_a_header_cannot_be_smuggled_in(values):
    with pytest.raises(Refused):
        enqueue(**values)
    assert not OutboxMail.objects.exists()


def test_a_long_subject_is_cut():
    assert enqueue(subject="a" * 300).subject == "a" * 199 + "…"


def test_no_mail_is_made_while_mail_is_paused():
    with outbox.mail_paused():
        assert enqueue() is None
    assert not OutboxMail.objects.exists()


@pytest.fixture
def broker_away(monkeypatch):
    dead = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    before = app.conf.broker_write_url
    app.conf.broker_write_url = dead
    yield
    app.conf.broker_write_url = before


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_breaks_nothing(broker_away, caplog):
    with transaction.atomic():
        mail = enqueue()
    assert "Connection refused" in caplog.text
    assert row(mail) == ("waiting", 0)
    assert outbox.sweep_outbox() == [mail.pk]
