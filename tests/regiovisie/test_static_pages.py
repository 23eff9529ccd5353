"""The pages about the portal itself, the faults, and the policy that goes with every answer."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path
from django.views import defaults

from regiovisie.urls import urlpatterns as _urlpatterns

TEMPLATES = [
    found
    for folder in (settings.BASE_DIR / "templates", settings.BASE_DIR / "crispy_nlds")
    for found in folder.rglob("*.html")
]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "manifest-src 'self'",
}
SECRET_REASON = "Alleen de secretaris van dit overleg mag de agenda maken."


def refuse(request):
    raise PermissionDenied(SECRET_REASON)


urlpatterns = [path("weiger/", refuse), *_urlpatterns]


def test_no_accessibility_status_is_claimed_that_is_not_set(client, settings):
    settings.ACCESSIBILITY_STATUS = ""
    page = client.get("/toegankelijkheid/").content.decode()
    assert "nog geen status vastgesteld" in page
    settings.ACCESSIBILITY_STATUS = "voldoet gedeeltelijk"
    settings.ACCESSIBILITY_AUDIT_DATE = "3 maart 2026"
    page = client.get("/toegankelijkheid/").content.decode()
    assert "<strong>voldoet gedeeltelijk</strong>. Datum van het onderzoek: 3 maart 2026." in page


@pytest.mark.parametrize("address", ["/toegankelijkheid/", "/privacy/", "/hulp/"])
def test_a_page_for_everybody_links_to_the_others_and_has_no_nonce(client, address):
    answer = client.get(address)
    page = answer.content.decode()
    for other in ("/toegankelijkheid/", "/privacy/", "/hulp/"):
        assert f'href="{other}"' in page
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY


def test_a_page_with_the_editor_has_one_nonce_for_its_import_map(client):
    answer = client.get("/componenten/")
    (nonce,) = set(re.findall(r'nonce="([^"]+)"', answer.content.decode()))
    assert f"script-src 'self' 'nonce-{nonce}'" in answer["Content-Security-Policy"]


@pytest.mark.urls("tests.regiovisie.test_static_pages")
def test_a_refusal_says_which_right_is_missing(client):
    answer = client.get("/weiger/")
    assert answer.status_code == 403
    assert SECRET_REASON in answer.content.decode()


def test_a_page_that_is_not_there_says_what_to_do(client):
    answer = client.get("/bestaat/niet/")
    assert answer.status_code == 404
    assert "Deze bladzijde is er niet" in answer.content.decode()
    assert "/account/aanmelden/?next=/bestaat/niet/" in answer.content.decode()


def test_faults_are_drawn_without_the_database():
    request = RequestFactory().get("/")
    assert "Er ging iets mis in het portaal" in defaults.server_error(request).content.decode()
    assert "Dit verzoek klopt niet" in defaults.bad_request(request, None).content.decode()
    assert "verlopen" in render_to_string("403_csrf.html")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(settings.BASE_DIR)))
def test_no_template_holds_script_or_style_of_its_own(template: Path):
    """A mail is no page: no policy holds there, and mail readers know inline styles only."""
    text = template.read_text()
    own = [r"on[a-z]+", r"hx-on[:\w-]*"] + ([] if template.name == "mail.html" else ["style"])
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"<style\b", text) == []
    assert re.findall(rf"""\s(?:{"|".join(own)})\s*=\s*["']""", text) == []
    assert "javascript:" not in text
    assert len(text.splitlines()) < 250
