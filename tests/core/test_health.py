"""What machines ask of the portal."""

from datetime import date, datetime

import pytest
from django.db import connection

from core import clock
from regiovisie.checks import security_txt_is_valid


@pytest.mark.django_db
def test_health_tells_of_database_and_broker_and_nothing_else(client):
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"database": True, "broker": True})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_without_the_broker_the_portal_is_still_well(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"database": True, "broker": False})


def test_without_the_database_it_is_not_well(client):
    # No database mark: pytest-django refuses every query, as a database that is away does.
    response = client.get("/health/")
    assert (response.status_code, response.json()["database"]) == (503, False)
    assert connection.alias == "default"


def test_security_txt_says_whom_to_tell_and_until_when(client, settings):
    settings.CONTACT_EMAIL = "veilig@regiovisie.example"
    settings.SITE_URL = "https://regiovisie.example"
    settings.SECURITY_TXT_EXPIRES = date(2027, 5, 31)
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.splitlines() == [
        "Contact: mailto:veilig@regiovisie.example",
        "Expires: 2027-05-31T00:00:00Z",
        "Preferred-Languages: nl, en",
        "Canonical: https://regiovisie.example/.well-known/security.txt",
    ]


def test_security_txt_without_a_date_does_not_exist(client, settings):
    settings.CONTACT_EMAIL = "veilig@regiovisie.example"
    settings.SECURITY_TXT_EXPIRES = None
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("expires", "begins"),
    [
        (None, ["Er is geen security.txt"]),
        (date(2027, 1, 30), ["security.txt verloopt op 2027-01-30"]),
        (date(2027, 2, 2), []),
        (date(2028, 1, 2), []),
        (date(2028, 1, 3), ["SECURITY_TXT_EXPIRES ligt meer dan een jaar vooruit"]),
    ],
)
def test_a_date_that_runs_out_is_told_a_month_before(settings, expires, begins):
    settings.PRODUCTION = True
    settings.CONTACT_EMAIL = "veilig@regiovisie.example"
    settings.SECURITY_TXT_EXPIRES = expires
    with clock.at(datetime(2027, 1, 1, 12)):
        messages = [warning.msg for warning in security_txt_is_valid()]
    assert [m[: len(b)] for m, b in zip(messages, begins, strict=True)] == begins


def test_robots_stay_out_of_sign_in_and_administration(client):
    response = client.get("/robots.txt")
    assert response.text == "User-agent: *\nDisallow: /account/\nDisallow: /beheer/\n"
