import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import RequestFactory

from accounts.second_factor import SecondFactor, second_factor_state
from core.models import OutboxMail
from tests.accounts import conftest
from tests.accounts.conftest import SECRET, code, sign_in, sign_in_fully

SET_UP = "/account/tweede-factor/instellen/"
MINE = "/account/mijn-gegevens/"


def state(browser, person):
    request = RequestFactory().get("/")
    request.user, request.session = person, browser.session
    request.COOKIES = {name: morsel.value for name, morsel in browser.cookies.items()}
    return second_factor_state(request)


def set_up(browser, monkeypatch):
    """Walk the page: read the key it shows, type the code of that key."""
    page = browser.get(SET_UP).content.decode()
    shown = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    monkeypatch.setattr(conftest, "SECRET", shown)
    return shown, browser.post(SET_UP, {"code": code()})


def test_a_writer_without_it_sets_it_up_first_and_then_goes_on(new_writer, monkeypatch):
    browser = sign_in(new_writer)
    assert browser.get(MINE).url == SET_UP
    assert "U kunt in het portaal schrijven" in browser.get(SET_UP).content.decode()
    _, done = set_up(browser, monkeypatch)
    codes = browser.get(done.url)
    assert len(codes.context["unused_codes"]) == 10
    assert codes.context["go_on"] == MINE
    assert browser.get(MINE).status_code == 200
    assert state(browser, new_writer) is SecondFactor.DONE


def test_recovery_codes_are_shown_once(new_writer, monkeypatch):
    browser = sign_in(new_writer)
    _, done = set_up(browser, monkeypatch)
    first = browser.get(done.url).context["unused_codes"]
    again = browser.get(done.url).content.decode()
    assert not any(recovery in again for recovery in first)


def test_the_page_shows_a_picture_and_the_key(new_writer):
    page = sign_in(new_writer).get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page


def test_no_secret_lies_in_clear_in_the_database(new_writer, monkeypatch):
    browser = sign_in(new_writer)
    browser.get(SET_UP)
    during = [session.get_decoded() for session in Session.objects.all()]
    shown, done = set_up(browser, monkeypatch)
    recovery = browser.get(done.url).context["unused_codes"]
    rows = str(list(Authenticator.objects.values_list("data")))
    after = str([session.get_decoded() for session in Session.objects.all()])
    assert shown not in rows + after
    assert not any(each in rows for each in recovery)
    assert all("mfa.totp.secret" not in session for session in during)


def test_a_recovery_code_works_once(writer):
    recovery = Authenticator.objects.get(user=writer, type="recovery_codes").wrap()
    one = recovery.get_unused_codes()[0]
    browser = sign_in(writer)
    browser.post("/account/tweede-factor/", {"code": one})
    assert state(browser, writer) is SecondFactor.DONE
    second = sign_in(writer)
    second.post("/account/tweede-factor/", {"code": one})
    assert "_auth_user_id" not in second.session


def test_a_reader_goes_without(reader):
    browser = sign_in(reader)
    assert browser.get(MINE).status_code == 200
    assert state(browser, reader) is SecondFactor.NOT_NEEDED


def test_the_setting_can_switch_it_off(new_writer, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert sign_in(new_writer).get(MINE).status_code == 200


def test_a_writer_cannot_switch_it_off(writer):
    page = sign_in_fully(writer).post("/account/tweede-factor/uitzetten/")
    assert "U kunt de tweede factor niet uitzetten" in page.content.decode()
    assert Authenticator.objects.filter(user=writer, type="totp").exists()


def test_a_reader_can_switch_it_off_and_gets_a_mail(reader):
    conftest.with_totp(reader)
    browser = sign_in_fully(reader)
    assert browser.post("/account/tweede-factor/uitzetten/").url == MINE
    assert not Authenticator.objects.filter(user=reader).exists()
    assert OutboxMail.objects.get().subject == "Uw tweede factor staat uit"


def test_another_key_opens_what_an_older_one_sealed(writer, settings):
    settings.MFA_KEY = ["nieuwe sleutel", settings.SECRET_KEY]
    assert "_auth_user_id" in sign_in_fully(writer).session


def test_a_lost_key_is_a_sentence_and_lets_nobody_in(writer, settings):
    settings.MFA_KEY = ["een heel andere sleutel"]
    browser = sign_in(writer)
    page = browser.post("/account/tweede-factor/", {"code": code()})
    assert "kan niet meer worden gelezen" in page.content.decode()
    assert "_auth_user_id" not in browser.session


@pytest.mark.django_db
def test_the_records_of_another_person_are_no_proof(writer, reader):
    browser = sign_in_fully(writer)
    assert state(browser, reader) is SecondFactor.NOT_NEEDED
    conftest.with_totp(reader)
    assert state(browser, reader) is SecondFactor.TO_CONFIRM
    assert SECRET == conftest.SECRET
