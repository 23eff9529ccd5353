import time

import pytest
from django.test import Client

from tests.accounts.conftest import PASSWORD, sign_in

LOGIN = "/account/aanmelden/"
WAIT = "Te vaak een verkeerde poging. Wacht 5 minuten en probeer het dan opnieuw."


def attempt(address, password="verkeerd", ip="192.0.2.1"):
    browser = Client(REMOTE_ADDR=ip)
    return browser, browser.post(LOGIN, {"login": address, "password": password})


def test_after_five_failures_the_right_password_waits_too(reader):
    for number in range(5):
        attempt(reader.email, ip=f"192.0.2.{number}")
    browser, page = attempt(reader.email, PASSWORD)
    assert page.context["form"].errors == {"__all__": [WAIT]}
    assert "_auth_user_id" not in browser.session


def test_it_opens_again_after_five_minutes(reader, monkeypatch):
    for _ in range(6):
        attempt(reader.email)
    later = time.time() + 301
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    browser, _ = attempt(reader.email, PASSWORD)
    assert browser.session["_auth_user_id"] == str(reader.pk)


def test_failures_of_one_do_not_lock_out_the_town_hall(reader, new_writer):
    for _ in range(6):
        attempt(reader.email)
    browser, _ = attempt(new_writer.email, PASSWORD)
    assert browser.session["_auth_user_id"] == str(new_writer.pk)


def test_a_hundred_colleagues_behind_one_address_sign_in(reader):
    for _ in range(100):
        browser, _ = attempt(reader.email, PASSWORD)
    assert browser.session["_auth_user_id"] == str(reader.pk)


def test_wrong_codes_are_limited_per_account(writer):
    browser = sign_in(writer)
    for _ in range(5):
        browser.post("/account/tweede-factor/", {"code": "000000"})
    page = browser.post("/account/tweede-factor/", {"code": "000000"})
    assert page.context["form"].errors == {"code": [WAIT]}


def test_the_page_says_when_to_try_again(reader, client):
    for _ in range(3):
        client.post("/account/wachtwoord-vergeten/", {"email": reader.email})
    page = client.post("/account/wachtwoord-vergeten/", {"email": reader.email})
    assert (page.status_code, page["Retry-After"]) == (429, "300")
    assert "over 5 minuten opnieuw proberen" in page.content.decode()


@pytest.mark.parametrize(("proxies", "counted"), [(0, "10.0.0.1"), (1, "203.0.113.9")])
def test_the_address_behind_the_proxy_counts(rf, settings, proxies, counted):
    from allauth.core.internal.httpkit import get_client_ip

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9")
    assert get_client_ip(request) == counted
