"""Two at once, on real connections: needs PostgreSQL, because SQLite lets one writer in anyway."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from core import drafts, outbox
from core.models import Draft, OutboxMail

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time here"),
]


def at_once(act, count):
    def closing(number):
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(closing, range(count)))


def test_one_worker_wins_a_mail():
    mail = OutboxMail.objects.create(key="a", to="a@b.nl", subject="a", text="a")
    claimed = at_once(lambda _: outbox._claim(mail.pk), 6)
    assert [each for each in claimed if each] == [mail]


def test_asking_for_a_mail_at_once_makes_one_row(monkeypatch):
    monkeypatch.setattr(outbox, "_start_on_commit", lambda _: None)
    asked = {"key": "a", "to": "a@b.nl", "subject": "a", "text": "a"}
    made = at_once(lambda _: outbox.enqueue_mail(**asked), 6)
    assert {mail.pk for mail in made} == {OutboxMail.objects.get().pk}


def test_the_newest_of_drafts_that_arrive_at_once_stays():
    user = User.objects.create_user("schrijver@voorbeeld.nl")

    def save(serial):
        return drafts.save_draft(
            user=user,
            key="test.note:1",
            data={"text": str(serial)},
            base={},
            base_revision=0,
            serial=serial,
        )

    at_once(save, 6)
    assert Draft.objects.get().data == {"text": "5"}
