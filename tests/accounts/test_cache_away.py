"""Redis is away: people still sign in, and too many attempts are still too many."""

import pytest
from django.core.cache import cache, caches
from django.test import override_settings

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_limits import WAIT, attempt

GONE = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"socket_connect_timeout": 1},
    }
}


@pytest.fixture
def away():
    """A cache whose Redis does not answer."""
    with override_settings(CACHES=GONE):
        caches["default"].near.clear()
        yield
        caches["default"].near.clear()


def test_a_reader_signs_in(reader, away):
    browser, _ = attempt(reader.email, PASSWORD)
    assert browser.session["_auth_user_id"] == str(reader.pk)


def test_after_five_failures_the_right_password_waits_too(reader, away):
    for _ in range(5):
        attempt(reader.email)
    browser, page = attempt(reader.email, PASSWORD)
    assert page.context["form"].errors == {"__all__": [WAIT]}
    assert "_auth_user_id" not in browser.session


def test_it_remembers_for_this_process_and_forgets_when_told(away):
    assert cache.get("naam", "niets") == "niets"
    assert cache.add("naam", 1)
    assert cache.incr("naam") == 2
    assert cache.get_many(["naam"]) == {"naam": 2}
    cache.delete("naam")
    assert not cache.has_key("naam")
