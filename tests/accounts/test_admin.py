import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.domain import reset_second_factor
from accounts.models import User
from core.models import OutboxMail, StatusChange
from core.refusal import Refused
from tests.accounts.conftest import PASSWORD, sign_in, sign_in_fully, with_totp

PEOPLE = "/beheer/accounts/user/"
ACTION = {"action": "take_second_factor_away"}


def test_a_password_alone_does_not_open_the_admin(administrator, client):
    assert client.get("/beheer/").url == "/beheer/login/?next=/beheer/"
    login = client.get("/beheer/login/?next=/beheer/")
    assert login.url == "/account/aanmelden/?next=%2Fbeheer%2F"
    client.post("/beheer/login/", {"username": administrator.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert sign_in(administrator).get("/beheer/").url == "/account/tweede-factor/instellen/"


def test_not_even_where_the_setting_is_off(administrator, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert sign_in(administrator).get(PEOPLE).url == "/account/tweede-factor/instellen/"


def test_with_the_code_it_opens(administrator):
    assert sign_in_fully(with_totp(administrator)).get(PEOPLE).status_code == 200


def test_a_writer_is_no_administrator(writer):
    browser = sign_in_fully(writer)
    assert browser.get(PEOPLE, follow=True).status_code == 403


def test_the_page_of_a_person_shows_no_password_hash(administrator, reader):
    page = sign_in_fully(with_totp(administrator)).get(f"{PEOPLE}{reader.pk}/change/")
    assert reader.password not in page.content.decode()
    assert "password" not in page.context["adminform"].form.fields


def test_nobody_is_added_or_removed_there(administrator, reader):
    browser = sign_in_fully(with_totp(administrator))
    assert browser.get(f"{PEOPLE}add/").status_code == 403
    assert browser.post(f"{PEOPLE}{reader.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=reader.pk).exists()


@pytest.mark.parametrize("model", [Authenticator, EmailAddress, Group])
def test_what_would_go_round_our_acts_is_not_in_the_admin(model):
    assert not admin.site.is_registered(model)


def test_the_password_is_changed_on_everybodys_page(administrator):
    browser = sign_in_fully(with_totp(administrator), trust=True)
    assert browser.get("/beheer/password_change/").url == "/account/wachtwoord/"
    new = "een heel andere lange zin"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    browser.post("/account/wachtwoord/", data)
    assert not administrator.trusted_devices.exists()


def test_a_lost_second_factor_is_taken_away_and_its_owner_hears_it(administrator, writer):
    browser = sign_in_fully(with_totp(administrator))
    browser.post(PEOPLE, ACTION | {"_selected_action": [writer.pk]})
    assert not Authenticator.objects.filter(user=writer).exists()
    mail = OutboxMail.objects.get(to=writer.email)
    assert mail.subject == "Uw tweede factor is weggehaald"
    trail = StatusChange.of(writer).values_list("act", "by")
    assert list(trail) == [("reset_second_factor", administrator.pk)]
    assert sign_in(writer).get("/account/mijn-gegevens/").url == (
        "/account/tweede-factor/instellen/"
    )


def test_it_signs_its_owner_out_everywhere(administrator, writer, reader):
    theirs, others = sign_in_fully(writer), sign_in(reader)
    reset_second_factor(writer, by=administrator)
    assert theirs.get("/account/mijn-gegevens/").url.startswith("/account/aanmelden/")
    assert others.get("/account/mijn-gegevens/").status_code == 200


@pytest.mark.parametrize(
    ("whose", "reason"),
    [
        ("administrator", "U kunt uw eigen tweede factor niet zo weghalen. Vraag een collega."),
        ("reader", "Deze persoon heeft geen tweede factor ingesteld."),
    ],
)
def test_what_cannot_be_taken_away_says_why(request, administrator, reader, whose, reason):
    with pytest.raises(Refused) as refused:
        reset_second_factor(request.getfixturevalue(whose), by=administrator)
    assert str(refused.value) == reason
