import re
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator as Generator

from accounts.models import User
from core.models import OutboxMail
from tests.accounts.conftest import PASSWORD, sign_in, sign_in_fully

FORGOT = "/account/wachtwoord-vergeten/"
NEW = {"password1": "een heel andere lange zin", "password2": "een heel andere lange zin"}


def link(client, person):
    client.post(FORGOT, {"email": person.email})
    text = OutboxMail.objects.get(to=person.email).text
    return re.search(r"https?://[^/]+(/account/wachtwoord-vergeten/\S+)", text)[1]


def test_the_link_sets_a_new_password(reader, client):
    form = client.get(link(client, reader), follow=True)
    done = client.post(form.request["PATH_INFO"], NEW, follow=True)
    assert "Uw nieuwe wachtwoord is ingesteld" in done.content.decode()
    assert sign_in(reader, NEW["password1"]).session["_auth_user_id"] == str(reader.pk)


def test_the_link_works_once(reader, client):
    path = link(client, reader)
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], NEW)
    assert "Deze link werkt niet meer" in client.get(path, follow=True).content.decode()


def test_the_link_works_an_hour(reader, client):
    path = link(client, reader)
    later = Generator()._now() + timedelta(seconds=3601)
    with mock.patch.object(Generator, "_now", return_value=later):
        page = client.get(path, follow=True)
    assert "Deze link werkt niet meer" in page.content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(reader, client):
    known = client.post(FORGOT, {"email": reader.email}, follow=True)
    OutboxMail.objects.all().delete()
    unknown = client.post(FORGOT, {"email": "niemand@voorbeeld.nl"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert not OutboxMail.objects.exists()


@pytest.mark.django_db
def test_who_never_accepted_an_invitation_gets_no_link(client):
    invited = User.objects.create_user("wacht@voorbeeld.nl")
    client.post(FORGOT, {"email": invited.email})
    assert not OutboxMail.objects.exists()


def test_a_new_password_does_not_replace_the_second_factor(writer, client):
    sign_in_fully(writer, trust=True)
    form = client.get(link(client, writer), follow=True)
    client.post(form.request["PATH_INFO"], NEW)
    assert "_auth_user_id" not in sign_in(writer, NEW["password1"]).session
    assert not writer.trusted_devices.exists()


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        (
            {"password1": "kort", "password2": "kort"},
            {"password1": ["Dit wachtwoord is te kort. Gebruik minstens 12 tekens."]},
        ),
        (
            {"password1": "een heel lange zin", "password2": "een andere lange zin"},
            {"password2": ["De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw."]},
        ),
    ],
)
def test_a_password_that_cannot_be_used_says_why(reader, client, data, errors):
    form = client.get(link(client, reader), follow=True)
    page = client.post(form.request["PATH_INFO"], data)
    assert page.context["form"].errors == errors


def test_changing_the_password_mails_its_owner(reader):
    browser = sign_in(reader)
    response = browser.post("/account/wachtwoord/", NEW | {"oldpassword": PASSWORD})
    assert response.url == "/account/mijn-gegevens/"
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == (reader.email, "Uw wachtwoord is gewijzigd")
    assert browser.get("/account/mijn-gegevens/").status_code == 200
