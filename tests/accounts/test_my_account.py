import time

from tests.accounts.conftest import PASSWORD, sign_in, sign_in_fully

MINE = "/account/mijn-gegevens/"
SET_UP = "/account/tweede-factor/instellen/"


def test_a_stranger_signs_in_first(client, db):
    assert client.get(MINE).url == f"/account/aanmelden/?next={MINE}"


def test_a_reader_sees_who_she_is_and_may_add_a_second_factor(reader):
    page = sign_in(reader).get(MINE)
    text = page.content.decode()
    assert (reader.email in text, reader.office in text, SET_UP in text) == (True, True, True)
    assert (page.context["has_totp"], page.context["compulsory"]) == (False, False)


def test_a_writer_is_not_offered_to_switch_it_off(writer):
    page = sign_in_fully(writer).get(MINE)
    assert (page.context["compulsory"], page.context["codes_left"]) == (True, 10)
    assert "/account/tweede-factor/uitzetten/" not in page.content.decode()


def test_an_old_session_confirms_the_password_before_setting_it_up(reader, monkeypatch):
    browser = sign_in(reader)
    assert browser.get(SET_UP).status_code == 200
    later = time.time() + 600
    monkeypatch.setattr("accounts.adapters.time.time", lambda: later)
    asked = browser.get(SET_UP)
    assert asked.url.startswith("/account/bevestigen/?next=")
    done = browser.post(asked.url, {"password": PASSWORD})
    assert done.url == SET_UP


def test_a_writer_confirms_with_a_code_not_with_the_password(writer, monkeypatch):
    browser = sign_in_fully(writer)
    later = time.time() + 600
    monkeypatch.setattr("accounts.adapters.time.time", lambda: later)
    asked = browser.get("/account/tweede-factor/herstelcodes/nieuw/")
    assert asked.url.startswith("/account/tweede-factor/opnieuw/?next=")


def test_new_recovery_codes_replace_the_old_ones(writer):
    browser = sign_in_fully(writer)
    done = browser.post("/account/tweede-factor/herstelcodes/nieuw/")
    codes = browser.get(done.url).context["unused_codes"]
    assert len(codes) == 10
    fresh = sign_in(writer)
    fresh.post("/account/tweede-factor/", {"code": codes[0]})
    assert fresh.session["_auth_user_id"] == str(writer.pk)
