"""Documents with a real worker: killed, robbed of its broker, and told everything twice."""

import random
import threading
import time

import pytest
from django.db import connection

from accounts.models import User
from core import documents, leases
from core.models import Document
from core.tasks import render_document
from governance.documents import MEMO, build_memo
from tests.memos import example_memo, long_memo, make_decision
from tests.verapdf import assert_valid
from tests.worker import use_broker, wait_until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
READY = Document.Status.READY


def ask(number: int = 1, content=None) -> Document:
    """Ask for a memo of its own number, about any row: core knows no domain."""
    source = User.objects.get_or_create(email="vrager@example.nl")[0]
    memo = content or example_memo(number=f"2021-{number:03d}")
    return documents.request_document(MEMO, source, memo, by=source)


def status(document: Document) -> str:
    return Document.objects.values_list("status", flat=True).get(pk=document.pk)


def there_once(*rows: Document) -> bool:
    """Each row is ready with exactly one file whose content is its sha256."""
    found = list(Document.objects.filter(pk__in=[row.pk for row in rows]))
    return len(found) == len(rows) and all(row.status == READY for row in found)


def swept_until_there(*rows: Document) -> None:
    """Do what beat does, until every row is ready."""

    def look() -> bool:
        documents.sweep()
        time.sleep(0.2)
        return there_once(*rows)

    wait_until(look, 40, "the memos")


def test_a_memo_is_made_from_beginning_to_end(worker, media):
    decision = make_decision()
    document = ask(content=build_memo(decision))
    again = ask(content=build_memo(decision))
    assert (again.pk, Document.objects.count()) == (document.pk, 1)
    with worker:
        wait_until(lambda: there_once(document), what="the memo")
    document.refresh_from_db()
    content = document.file.read()
    document.file.close()
    assert document.file_sha256 == documents.hashlib.sha256(content).hexdigest()
    assert document.file.name == (
        f"documents/{document.file_sha256[:2]}/{document.file_sha256}.pdf"
    )
    assert (document.pages, document.attempts, document.error) == (2, 0, "")
    assert_valid(content)


def test_a_worker_killed_at_20_random_moments_makes_every_memo_once(worker, media):
    chance, rows, caught = random.Random(20), [], set()
    for number in range(20):
        rows.append(ask(number))
        worker.start()
        if number % 2:  # at work, or just done
            wait_until(lambda: status(rows[-1]) != "queued", what="a start")
            time.sleep(chance.random() * 0.2)
        else:  # on its way up, or at what its predecessor left
            time.sleep(chance.random() * 1.5)
        worker.kill()
        caught.add(status(rows[-1]))
        documents.sweep()
    with worker:
        swept_until_there(*rows)
    assert caught >= {"queued", "rendering"}
    assert Document.objects.count() == 20
    assert len(list(media.rglob("*.pdf"))) == 20
    assert not Document.objects.exclude(attempts=0).exists()


def test_one_memo_survives_a_worker_that_dies_on_it_again_and_again(worker):
    document = ask(content=long_memo())
    for _ in range(leases.MAX_ATTEMPTS + 1):
        with worker:
            wait_until(lambda: status(document) == "rendering" or documents.sweep() < 0)
    with worker:
        swept_until_there(document)


def test_the_same_task_delivered_twice_at_once_makes_one_file(worker, media):
    worker.processes = 2
    document = ask()
    for _ in range(3):
        render_document.delay(document.pk)
    with worker:
        wait_until(lambda: there_once(document), what="the memo")
        time.sleep(0.5)
    assert there_once(document)
    assert [path.stem for path in media.rglob("*.pdf")] == [Document.objects.get().file_sha256]


def test_a_broker_that_stops_and_starts_loses_nothing(worker, broker):
    rows = [ask(1)]
    with worker:
        wait_until(lambda: there_once(*rows), what="the first memo")
        broker.stop()
        rows.append(ask(2))
        assert status(rows[1]) == "queued"
        broker.start()
        swept_until_there(*rows)


def test_with_the_broker_away_asking_is_fast_and_the_sweep_picks_it_up(worker, broker):
    broker.stop()
    start = time.monotonic()
    document = ask()
    assert time.monotonic() - start < 2
    assert document.get_status_display() == "staat in de wachtrij"
    assert Document.objects.get().lease_until is None
    assert documents.sweep() == 0
    broker.start()
    assert documents.sweep() == 1
    with worker:
        wait_until(lambda: there_once(document), what="the memo")


def test_a_broker_that_does_not_answer_costs_a_request_a_second_or_two(media):
    with use_broker("redis://10.255.255.1:6379/0"):
        start = time.monotonic()
        document = ask()
        assert time.monotonic() - start < 4
    assert status(document) == "queued"


def test_asked_by_many_at_once_there_is_one_row(worker):
    found: list[int] = []

    def one() -> None:
        try:
            found.append(ask().pk)
        finally:
            connection.close()

    User.objects.create(email="vrager@example.nl")
    threads = [threading.Thread(target=one) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(found), len(set(found)), Document.objects.count()) == (6, 1, 1)
