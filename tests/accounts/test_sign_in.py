import pytest
from django.core.cache import cache
from structlog.testing import capture_logs

from tests.accounts.conftest import PASSWORD, code, sign_in, sign_in_fully

LOGIN = "/account/aanmelden/"


def test_a_reader_signs_in_with_a_password(reader, client):
    response = client.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_a_capital_in_the_address_does_not_matter(reader, client):
    client.post(LOGIN, {"login": "Lezer@Voorbeeld.NL", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_the_password_of_a_writer_is_half_a_sign_in(writer):
    browser = sign_in(writer)
    assert "_auth_user_id" not in browser.session
    browser.post("/account/tweede-factor/", {"code": code()})
    assert browser.session["_auth_user_id"] == str(writer.pk)


def test_a_code_works_once(writer):
    used = code()
    sign_in(writer).post("/account/tweede-factor/", {"code": used})
    second = sign_in(writer)
    page = second.post("/account/tweede-factor/", {"code": used})
    assert "Deze code klopt niet of is al gebruikt" in page.content.decode()
    assert "_auth_user_id" not in second.session


def test_nor_when_allauth_has_forgotten_it(writer):
    used = code()
    sign_in(writer).post("/account/tweede-factor/", {"code": used})
    cache.delete(f"allauth.mfa.totp.used?user={writer.pk}&code={used}")
    second = sign_in(writer)
    second.post("/account/tweede-factor/", {"code": used})
    assert "_auth_user_id" not in second.session


def test_no_code_at_all_is_told_at_the_field(writer):
    page = sign_in(writer).post("/account/tweede-factor/", {})
    assert page.context["form"].errors == {"code": ["Dit veld is verplicht."]}


def test_the_session_gets_a_new_key(reader, client):
    client.get(LOGIN)
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    client.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    assert client.session.session_key != before


@pytest.mark.parametrize("target", ["https://kwaad.example/", "//kwaad.example", "javascript:x"])
def test_next_never_leads_elsewhere(reader, client, target):
    response = client.post(LOGIN, {"login": reader.email, "password": PASSWORD, "next": target})
    assert response.url == "/"


def test_next_leads_to_a_page_of_ours(reader, client):
    data = {"login": reader.email, "password": PASSWORD, "next": "/account/mijn-gegevens/"}
    assert client.post(LOGIN, data).url == "/account/mijn-gegevens/"


def test_wrong_password_and_unknown_address_read_the_same(reader, client):
    pages = [
        client.post(LOGIN, {"login": address, "password": "verkeerd"}).context["form"].errors
        for address in (reader.email, "niemand@voorbeeld.nl")
    ]
    sentence = (
        "Het e-mailadres of het wachtwoord klopt niet. "
        "Probeer het opnieuw of kies 'Wachtwoord vergeten'."
    )
    assert pages == [{"__all__": [sentence]}] * 2


def test_a_disabled_person_stays_out(reader, client):
    reader.is_active = False
    reader.save()
    response = client.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    assert response.url == "/account/uitgeschakeld/"
    assert "Uw account is uitgeschakeld" in client.get(response.url).content.decode()
    assert "_auth_user_id" not in client.session


def test_disabling_ends_an_open_session(reader):
    browser = sign_in(reader)
    reader.is_active = False
    reader.save()
    assert browser.get("/account/mijn-gegevens/").status_code == 302


def test_signing_out_asks_and_then_ends_the_session(writer):
    browser = sign_in_fully(writer)
    assert "Wilt u zich afmelden?" in browser.get("/account/afmelden/").content.decode()
    browser.post("/account/afmelden/")
    assert "_auth_user_id" not in browser.session


def test_the_log_names_no_secret(reader, client):
    with capture_logs() as lines:
        client.post(LOGIN, {"login": "mijn-wachtwoord", "password": "geheim"})
        client.post(LOGIN, {"login": reader.email, "password": "geheim"})
        client.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    told = [line for line in lines if line["event"] != "request"]
    assert [(line["event"], line["user"]) for line in told] == [
        ("sign_in_failed", reader.pk),
        ("signed_in", reader.pk),
    ]
    assert "geheim" not in str(lines)
