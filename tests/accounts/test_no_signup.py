import pytest
from django.urls import NoReverseMatch, reverse

from accounts.adapters import AccountAdapter
from accounts.models import User

NEW = {
    "email": "indringer@voorbeeld.nl",
    "password1": "een lange zin voor de toets",
    "password2": "een lange zin voor de toets",
}


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "signup/passkey/",
        "registreren/",
        "email/",
        "confirm-email/",
        "login/code/",
        "login/code/confirm/",
        "password/set/",
        "social/signup/",
        "3rdparty/signup/",
        "2fa/webauthn/signup/",
        "sessions/",
    ],
)
@pytest.mark.django_db
def test_what_allauth_offers_beyond_our_list_does_not_exist(client, path):
    assert client.post(f"/account/{path}", NEW).status_code == 404
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_signup", "account_signup_by_passkey"]
)
def test_no_address_has_the_name_of_a_registration(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_adapter_says_no_as_well(rf):
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


@pytest.mark.django_db
def test_the_sign_in_page_offers_no_registration(client):
    page = client.get("/account/aanmelden/").content.decode()
    assert "egistre" not in page
    assert "U komt binnen op uitnodiging" in page
