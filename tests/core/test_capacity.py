"""Saving drafts never takes the last thread; who finds no place hears so and loses nothing."""

import json
import re
import threading
import time
from pathlib import Path

import pytest
from django.urls import reverse

from core import capacity, drafts
from core.models import Draft
from regiovisie import supervise
from regiovisie.web import Pool
from tests import factories as make


@pytest.fixture
def everything_taken():
    """All places are in use, as long as the test runs."""
    with capacity.place(), capacity.place(), capacity.place():
        yield


def test_there_is_a_thread_left_for_pages():
    threads = re.search(r'"--threads", "(\d+)"', Path(supervise.__file__).read_text())
    assert threads is not None
    assert int(threads[1]) > capacity.DRAFT_PLACES


def test_a_place_is_given_back_also_after_an_error():
    for _ in range(capacity.DRAFT_PLACES + 1):
        with pytest.raises(ZeroDivisionError), capacity.place(wait=0.1):
            _ = 1 / 0


def test_who_waits_gets_the_place_that_comes_free(everything_taken):
    with pytest.raises(capacity.Busy), capacity.place(wait=0.05):
        pass


@pytest.mark.django_db
def test_a_save_without_a_place_is_refused_with_when_to_try_again(client, everything_taken):
    drafts.register_key("test.busy", lambda user, rest: True)
    try:
        client.force_login(make.user("invuller"))
        sent = {"key": "test.busy:1", "data": {"text": "woorden"}, "serial": 1}
        answer = client.post(
            reverse("core:draft-save"), json.dumps(sent), content_type="application/json"
        )
    finally:
        drafts.unregister_key("test.busy")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Uw tekst blijft hier staan" in answer.json()["message"]
    assert not Draft.objects.exists()


def test_places_come_free_again():
    done = threading.Event()

    def hold() -> None:
        with capacity.place():
            done.wait(5)

    holders = [threading.Thread(target=hold) for _ in range(capacity.DRAFT_PLACES)]
    for each in holders:
        each.start()
    done.set()
    for each in holders:
        each.join()
    with capacity.place(wait=0.1):
        pass


def test_who_waited_for_a_thread_has_waited():
    capacity.began(after=capacity.WAIT_SECONDS + 0.1)
    try:
        assert capacity.patience() == 0
        with pytest.raises(capacity.Busy), capacity.place():
            pass
    finally:
        capacity.began(after=0)
    with capacity.place():
        pass


def test_a_process_tells_how_long_a_request_waited_for_a_thread():
    first = threading.Event()
    with Pool(max_workers=1) as pool:
        pool.submit(first.wait, 5)
        second = pool.submit(capacity.patience)
        time.sleep(0.2)
        first.set()
        waited = capacity.WAIT_SECONDS - second.result(5)
        assert 0.2 <= waited < capacity.WAIT_SECONDS
        assert pool.submit(capacity.patience).result(5) > second.result()
