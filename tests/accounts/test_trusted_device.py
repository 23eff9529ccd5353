import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from accounts.devices import COOKIE
from accounts.models import TrustedDevice
from core import clock
from tests.accounts import urls
from tests.accounts.conftest import PASSWORD, code, sign_in, sign_in_fully, with_totp

MINE = "/account/mijn-gegevens/"
pytestmark = pytest.mark.urls("tests.accounts.urls")


def returning(person, earlier, **headers):
    """The same browser on a later day: the cookie is there, the session is new."""
    browser = Client(**headers)
    browser.cookies[COOKIE] = earlier.cookies[COOKIE].value
    browser.post("/account/aanmelden/", {"login": person.email, "password": PASSWORD})
    return browser


@pytest.fixture
def tablet(writer):
    urls.arrived.clear()
    return returning(writer, sign_in_fully(writer, trust=True))


def test_the_password_is_enough_to_read(tablet):
    assert tablet.get("/schrijven/").content == b"gelezen"


def test_without_the_tick_nothing_is_trusted(writer):
    assert COOKIE not in sign_in_fully(writer).cookies


def test_the_cookie_is_out_of_reach_and_the_database_has_only_a_hash(writer, settings):
    settings.HTTPS = True
    cookie = sign_in_fully(writer, trust=True).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert TrustedDevice.objects.get().token_sha256 not in cookie.value


def test_writing_asks_the_code_and_then_sends_what_was_typed(tablet):
    asked = tablet.post("/schrijven/", {"tekst": ["<b>een</b>\r\nregel", "twee"], "code": "7"})
    assert (asked.status_code, urls.arrived) == (403, [])
    page = asked.content.decode()
    typed = re.findall(r'<textarea [^>]*name="(\w+)" hidden>\n(.*?)</textarea>', page, re.S)
    assert [(name, unescape(value)) for name, value in typed] == [
        ("tekst", "<b>een</b>\r\nregel"),
        ("tekst", "twee"),
        ("code", "7"),
    ]
    form = {"tekst": ["<b>een</b>\r\nregel", "twee"], "code": "7", "tweede-factor-vervolg": "1"}
    form["tweede-factor-code"] = code(1)
    action = re.search(r'action="([^"]*bevestigen[^"]*)"', page)[1]
    done = tablet.post(unescape(action), form, follow=True)
    assert done.redirect_chain == [("/schrijven/", 307)]
    assert done.content == b"geschreven"
    assert urls.arrived == [(["<b>een</b>\r\nregel", "twee"], "7")]


def test_a_wrong_code_keeps_what_was_typed(tablet):
    form = {"tekst": "een zin", "tweede-factor-vervolg": "1", "tweede-factor-code": "000000"}
    page = tablet.post("/account/tweede-factor/bevestigen/?next=/schrijven/", form)
    assert page.context["form"].errors.keys() == {"code"}
    assert page.context["carried"] == [("tekst", "een zin")]
    assert urls.arrived == []


def test_a_form_without_csrf_token_is_never_carried(writer, tablet):
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies = tablet.cookies
    assert b"een zin" not in stranger.post("/schrijven/", {"tekst": "een zin"}).content


@pytest.mark.parametrize("target", ["//kwaad.example/", "https://kwaad.example/", "schrijven/"])
def test_the_code_never_leads_elsewhere(tablet, target):
    form = {"tweede-factor-code": code(1), "tweede-factor-vervolg": "1"}
    done = tablet.post(f"/account/tweede-factor/bevestigen/?next={target}", form)
    assert done["Location"] == "/"


def test_a_background_save_is_refused_and_leaves_the_page_alone(tablet):
    refused = tablet.post("/schrijven/", {"tekst": "x"}, headers={"HX-Request": "true"})
    assert (refused.status_code, refused["HX-Trigger"]) == (403, "second-factor-needed")


@pytest.mark.parametrize(
    "path",
    [
        "/account/wachtwoord/",
        "/account/tweede-factor/uitzetten/",
        "/account/tweede-factor/herstelcodes/",
        "/account/tweede-factor/herstelcodes/nieuw/",
        "/beheer/",
    ],
)
def test_what_could_take_the_second_factor_away_asks_the_code(tablet, path):
    answer = tablet.get(path)
    assert answer.url.startswith("/account/tweede-factor/bevestigen/?next=")


def test_signing_out_and_public_pages_ask_nothing(tablet):
    assert tablet.get("/openbaar/").content == b"openbaar"
    tablet.post("/account/afmelden/")
    assert "_auth_user_id" not in tablet.session


def test_the_trust_ends_after_thirty_days(writer):
    earlier = sign_in_fully(writer, trust=True)
    with clock.at(clock.now() + timedelta(days=31)):
        assert "_auth_user_id" not in returning(writer, earlier).session


def test_a_device_is_bound_to_its_person(writer, reader):
    earlier = sign_in_fully(writer, trust=True)
    assert "_auth_user_id" not in returning(with_totp(reader), earlier).session


def test_a_made_up_cookie_is_worth_nothing(writer):
    browser = sign_in(writer)
    browser.cookies[COOKIE] = "verzonnen:1:handtekening"
    browser.post("/account/aanmelden/", {"login": writer.email, "password": PASSWORD})
    assert "_auth_user_id" not in browser.session


def test_a_forgotten_device_asks_again(writer):
    browser = sign_in_fully(writer, trust=True)
    device = TrustedDevice.objects.get()
    assert f"/account/apparaten/{device.pk}/vergeten/" in browser.get(MINE).content.decode()
    assert browser.post(f"/account/apparaten/{device.pk}/vergeten/").url == MINE
    assert "_auth_user_id" not in returning(writer, browser).session


def test_the_device_of_another_is_not_found(writer, reader):
    sign_in_fully(writer, trust=True)
    device = TrustedDevice.objects.get()
    assert sign_in(reader).post(f"/account/apparaten/{device.pk}/vergeten/").status_code == 404
    assert TrustedDevice.objects.count() == 1
