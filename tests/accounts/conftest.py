"""The cast of signing in, and a cache of its own, so that limits of one test stay in that test."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from accounts import second_factor
from accounts.models import User

PASSWORD = "een lange zin voor de toets"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _alone(settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.REQUIRE_SECOND_FACTOR = True
    cache.clear()
    monkeypatch.setattr(second_factor, "_writers", [lambda user: user.office == "Programmateam"])


def code(step: int = 0) -> str:
    """The code of now, or of a neighbouring half minute (each code works once)."""
    counter = int(time.time()) // 30 + step
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


def sign_in(person: User, password: str = PASSWORD) -> Client:
    browser = Client()
    browser.post("/account/aanmelden/", {"login": person.email, "password": password})
    return browser


def sign_in_fully(person: User, *, trust: bool = False) -> Client:
    browser = sign_in(person)
    data = {"code": code()} | ({"trust": "on"} if trust else {})
    browser.post("/account/tweede-factor/", data)
    return browser


def with_totp(person: User) -> User:
    totp.TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


@pytest.fixture
def new_writer(db):
    """Can write, has no second factor yet."""
    return User.objects.create_user("nieuw@voorbeeld.nl", PASSWORD, office="Programmateam")


@pytest.fixture
def writer(db):
    return with_totp(
        User.objects.create_user("team@voorbeeld.nl", PASSWORD, office="Programmateam")
    )


@pytest.fixture
def reader(db):
    return User.objects.create_user("lezer@voorbeeld.nl", PASSWORD, office="Wethouder Schiedam")


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("beheer@voorbeeld.nl", PASSWORD, office="Beheerder")
