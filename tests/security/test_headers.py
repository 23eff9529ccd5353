"""What every answer carries: a strict policy, no script or style in the page, no framing."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.security.addresses import address
from tests.security.test_role_matrix import EXPECTED
from tests.security.world import ROLES, undone

pytestmark = pytest.mark.django_db

NONCE = "'nonce-"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "manifest-src": "'self'",
}
# The only pages with a rich-text editor, and so the only ones with a nonce in their policy.
WITH_EDITOR = {
    "governance:section-add",
    "governance:section-edit",
    "components",
}


class Live(HTMLParser):
    """Collects whatever could act: inline code or style, handlers, addresses of elsewhere."""

    def __init__(self, html: str, nonce: str = ""):
        super().__init__()
        self.nonce, self.found = nonce, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        inline = tag == "style" or (
            tag == "script" and "src" not in values and values.get("type") != "application/json"
        )
        if inline and not (self.nonce and values.get("nonce") == self.nonce):
            self.found.append(tag)
        if tag in {"iframe", "object", "embed", "base", "frame", "applet"}:
            self.found.append(tag)
        for name, value in values.items():
            handler = name.startswith("on") or name == "style"
            elsewhere = name in {"src", "srcset", "action", "formaction", "poster", "data"} and (
                "//" in value
            )
            target = value.strip().lower()
            scripted = target.startswith(("javascript:", "vbscript:", "file:", "data:text"))
            if handler or elsewhere or scripted:
                self.found.append(f"{tag} {name}={value[:60]}")


def policy_of(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in parts)}


@pytest.mark.parametrize("role", ["anonymous", "author", "secretary", "reader", "admin"])
def test_every_page_is_inert_and_carries_the_policy(world, role):
    browser, column = world.client(role), ROLES.index(role)
    wrong, seen = {}, 0
    for (name, on, method), codes in EXPECTED.items():
        if method != "GET" or codes[column] in {"in", "405"} or "download" in name:
            continue
        with undone():
            response = browser.get(address(world, name, on))
        assert response.headers["X-Content-Type-Options"] == "nosniff", name
        assert response.headers["Referrer-Policy"] == "same-origin", name
        assert response.headers["X-Frame-Options"] == "DENY", name
        policy, nonce = policy_of(response), ""
        if name in WITH_EDITOR and response.status_code == 200:
            nonce = policy["script-src"].partition(NONCE)[2].rstrip("'")
            assert nonce, name
            policy = {key: value.split(f" {NONCE}")[0] for key, value in policy.items()}
        if policy != POLICY:
            wrong[name, on] = policy
        if response.headers.get("Content-Type", "").startswith("text/html"):
            seen += 1
            if found := Live(response.content.decode(), nonce).found:
                wrong[name, on] = found
    assert wrong == {}
    assert seen > 10


def test_every_form_needs_its_token(world):
    column, wrong, asked = ROLES.index("author"), {}, 0
    browser = world.client("author", enforce_csrf_checks=True)
    secretary = world.client("secretary", enforce_csrf_checks=True)
    for (name, on, method), codes in EXPECTED.items():
        if method != "POST":
            continue
        asked += 1
        for who in (browser, secretary):
            code = who.post(address(world, name, on), {}).status_code
            if code != 403:
                wrong[name, on] = (codes[column], code)
    assert wrong == {}
    assert asked > 100


def test_a_page_of_a_region_is_not_kept_by_a_cache(world):
    browser = world.client("author")
    for name, on in [("governance:proposal-detail", "routed"), ("governance:proposal-list", "-")]:
        response = browser.get(address(world, name, on))
        assert "no-store" in response.headers.get("Cache-Control", ""), name


def test_cookies_hold_no_script_and_stay_on_the_site(client, world):
    client.post(
        reverse("account_login"),
        {"login": world.cast.author.email, "password": "een lange zin voor de toets"},
    )
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    client.get(address(world, "governance:proposal-new", "-"))
    assert client.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"


def test_with_https_everything_goes_over_tls(world, settings):
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = True
    settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    plain = Client().get("/hulp/")
    assert (plain.status_code, plain.url) == (301, "https://testserver/hulp/")
    browser = Client()
    browser.force_login(world.cast.author)
    response = browser.get(address(world, "governance:proposal-new", "-"), secure=True)
    hsts = response.headers["Strict-Transport-Security"]
    assert hsts == "max-age=31536000; includeSubDomains"
    assert all(morsel["secure"] for morsel in response.cookies.values())
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["secure"]
