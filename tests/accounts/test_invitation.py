from datetime import timedelta

import pytest

from accounts.domain import (
    accept_invitation,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from accounts.models import Invitation, User
from core import clock
from core.models import OutboxMail, StatusChange
from core.refusal import Refused
from tests.accounts.conftest import PASSWORD, sign_in

GOOD = {"password": PASSWORD, "again": PASSWORD}


def page(client, token, data=None):
    path = f"/account/uitnodiging/{token}/"
    return client.post(path, data) if data else client.get(path)


@pytest.fixture
def invited(writer):
    return invite("Nieuw@Gemeente.nl", "", "Beleidsadviseur", by=writer)


def test_the_link_sets_the_first_password(invited, client):
    invitation, token = invited
    assert "nieuw@gemeente.nl" in page(client, token).content.decode()
    assert page(client, token, GOOD).url == "/account/aanmelden/"
    browser = sign_in(invitation.user)
    assert browser.session["_auth_user_id"] == str(invitation.user.pk)


def test_the_mail_carries_the_link_and_the_database_only_its_hash(invited, writer, settings):
    invitation, token = invited
    mail = OutboxMail.objects.get(key=f"invitation:{invitation.pk}")
    assert mail.to == "nieuw@gemeente.nl"
    assert f"{settings.SITE_URL}/account/uitnodiging/{token}/" in mail.text
    assert f"door {writer.office}" in mail.text
    assert token not in str(Invitation.objects.values_list())


def test_the_trail_says_who_invited(invited, writer):
    invitation, token = invited
    accept_invitation(token, PASSWORD)
    trail = StatusChange.of(invitation.user).values_list("act", "by")
    assert list(trail) == [("accept_invitation", invitation.user.pk), ("invite", writer.pk)]


def test_the_link_works_once(invited, client):
    page(client, invited[1], GOOD)
    again = page(client, invited[1], GOOD | {"password": "iets heel anders dan eerst"})
    assert again.status_code == 410
    assert "Deze uitnodiging is al gebruikt" in again.content.decode()


def test_an_expired_link_tells_what_to_do(invited, client):
    with clock.at(clock.now() + timedelta(days=15)):
        late = page(client, invited[1], GOOD)
    assert late.status_code == 410
    assert "Vraag degene die u uitnodigde om een nieuwe" in late.content.decode()
    assert not User.objects.get(pk=invited[0].user_id).has_usable_password()


def test_a_withdrawn_link_does_not_open(invited, writer, client):
    withdraw_invitation(invited[0], by=writer)
    assert "is ingetrokken" in page(client, invited[1], GOOD).content.decode()


@pytest.mark.django_db
def test_an_unknown_link_does_not_open(client):
    assert "Deze link klopt niet" in page(client, "x" * 43).content.decode()


def test_a_disabled_person_cannot_accept(invited, client):
    user = invited[0].user
    user.is_active = False
    user.save()
    assert "uitgeschakeld" in page(client, invited[1], GOOD).content.decode()


def test_a_new_link_closes_the_old_one(invited, writer, client):
    _, newer = resend_invitation(invited[0], by=writer)
    assert page(client, invited[1]).status_code == 410
    assert page(client, newer).status_code == 200


def test_a_weak_password_is_told_at_its_field(invited, client):
    answer = page(client, invited[1], {"password": "kort", "again": "kort"})
    assert answer.context["form"].errors == {
        "password": ["Dit wachtwoord is te kort. Gebruik minstens 12 tekens."]
    }


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("geen adres", "Vul een geldig e-mailadres in, zoals naam@gemeente.nl."),
        ("team@voorbeeld.nl", "Dit e-mailadres heeft al een account."),
        (
            "nieuw@gemeente.nl",
            "Dit e-mailadres heeft al een uitnodiging. Stuur die opnieuw of trek hem in.",
        ),
    ],
)
def test_an_address_that_cannot_be_invited_says_why(invited, writer, email, reason):
    with pytest.raises(Refused) as refused:
        invite(email, "", "", by=writer)
    assert refused.value.as_errors() == {"email": [reason]}


def test_what_is_too_long_says_so(writer):
    with pytest.raises(Refused) as refused:
        invite("a@b.nl", "n" * 101, "f" * 121, by=writer)
    assert refused.value.as_errors() == {
        "name": ["Maak de naam korter: hoogstens 100 tekens."],
        "office": ["Maak de functie korter: hoogstens 120 tekens."],
    }


def test_after_withdrawal_somebody_can_be_invited_anew(invited, writer):
    withdraw_invitation(invited[0], by=writer)
    again, _ = invite("nieuw@gemeente.nl", "", "Projectleider", by=writer)
    assert again.user_id == invited[0].user_id
    assert again.user.office == "Projectleider"
