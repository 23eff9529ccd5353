"""With REQUIRE_SECOND_FACTOR every writer is sent to the second factor, and a reader never is."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpResponse
from django.urls import reverse

from accounts.devices import set_cookie
from accounts.domain import trust_device
from tests.security.addresses import address

pytestmark = pytest.mark.django_db

WRITERS = ["author", "coauthor", "secretary", "steering_secretary", "adviser", "admin", "superuser"]
READERS = ["reader", "alderman", "official", "provider"]
SAMPLE = [
    ("home", "-"),
    ("home-region", "-"),
    ("governance:proposal-list", "-"),
    ("governance:proposal-detail", "published"),
    ("governance:decision-detail", "published"),
    ("governance:proposal-new", "-"),
    ("governance:meeting-new", "-"),
    ("governance:organisation", "-"),
    ("core:document-download", "published"),
    ("mfa_index", "-"),
]


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize("role", WRITERS)
def test_a_writer_sets_it_up_before_anything_else(world, role):
    browser = world.client(role)
    for name, on in SAMPLE:
        for response in (
            browser.get(address(world, name, on)),
            browser.post(address(world, name, on)),
        ):
            assert (response.status_code, response.headers.get("Location")) == (
                302,
                reverse("mfa_activate_totp"),
            ), name


@pytest.mark.parametrize("role", READERS)
def test_a_reader_is_not_asked(world, role):
    browser = world.client(role)
    for name, on in SAMPLE[1:5]:
        assert browser.get(address(world, name, on)).status_code == 200, name


def test_a_trusted_device_reads_and_does_not_write(world):
    author = world.cast.author
    totp.TOTP.activate(author, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    browser = world.client("author")
    page = address(world, "governance:proposal-detail", "routed")
    asked = browser.get(page)
    assert asked.url.startswith(reverse("accounts:second-factor"))

    kept = HttpResponse()
    set_cookie(kept, trust_device(author, "laptop"))
    browser.cookies.update(kept.cookies)
    assert browser.get(page).status_code == 200
    for name, on in [
        ("governance:version-continue", "routed"),
        ("governance:proposal-new", "-"),
        ("governance:step-finalise", "routed.last"),
    ]:
        response = browser.post(address(world, name, on), {"subject": "Een nieuw stuk"})
        assert response.status_code == 403, name
        assert "accounts/second_factor_confirm.html" in [t.name for t in response.templates]
