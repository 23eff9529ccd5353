"""One line per request, and never what opens a door."""

import io
import json
import logging

import pytest
import structlog
from django.http import HttpResponse, HttpResponseServerError
from django.test import RequestFactory, override_settings
from django.urls import path

from core.logging import MASK, RequestLogMiddleware, logging_settings, mask

SECRET = "1a-cxyz99-0123456789abcdef"


def fine(request, **_):
    return HttpResponse("goed")


def broken(request, **_):
    raise ValueError("stuk")


urlpatterns = [
    path("deelname/<str:token>/", fine),
    path("gewoon/", fine),
    path("account/uitnodiging/<str:token>/", broken),
]


@pytest.fixture
def lines():
    """What the handler of the settings writes, as JSON, while the test runs."""
    written = io.StringIO()
    made = logging_settings("DEBUG", "json")["formatters"]["line"]
    handler = logging.StreamHandler(written)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=made["foreign_pre_chain"], processors=made["processors"]
        )
    )
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def request_line(lines):
    [line] = [line for line in lines() if line["logger"] == "request"]
    return line


@override_settings(ROOT_URLCONF=__name__)
def test_a_request_is_one_line_without_its_query(client, lines):
    client.get("/gewoon/?zoek=geheim", REMOTE_ADDR="192.0.2.7")
    line = request_line(lines)
    assert line.pop("ms") >= 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "request",
        "method": "GET",
        "path": "/gewoon/",
        "status": 200,
        "user": None,
        "origin": "192.0.2.7",
    }


@override_settings(ROOT_URLCONF=__name__)
def test_a_key_in_the_path_is_masked(client, lines):
    client.get(f"/deelname/{SECRET}/?{SECRET}")
    assert request_line(lines)["path"] == f"/deelname/{MASK}/"
    assert SECRET not in str(lines())


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_leaves_its_trace_but_not_the_key(client, lines):
    client.raise_request_exception = False
    client.get(f"/account/uitnodiging/{SECRET}/?code={SECRET}")
    assert request_line(lines)["level"] == "error"
    assert "ValueError: stuk" in str(lines())
    assert SECRET not in str(lines())


@override_settings(ROOT_URLCONF=__name__)
def test_an_unknown_page_under_a_key_path_is_masked_too(client, lines):
    client.get(f"/account/password/reset/key/{SECRET}/meer/?x={SECRET}")
    assert len(lines()) == 2
    assert SECRET not in str(lines())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            f"Not Found: /account/password/reset/key/{SECRET}/",
            f"/account/password/reset/key/{MASK}/",
        ),
        (f"GET /account/uitnodiging/{SECRET}/", f"/account/uitnodiging/{MASK}/"),
        (f"GET /account/confirm-email/{SECRET}/", f"/account/confirm-email/{MASK}/"),
        (f"GET /oidc/callback/?state={SECRET}&code=1", "/oidc/callback/"),
        ("GET /rijnmond/voorstellen/12/", "/rijnmond/voorstellen/12/"),
    ],
)
def test_masking_of_text(text, masked):
    assert mask(text).split(" ")[-1] == masked


@pytest.mark.parametrize(
    ("count", "forwarded", "origin"),
    [
        (0, "198.51.100.1", "192.0.2.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.7"),
    ],
)
def test_origin_counts_only_proxies_of_our_own(lines, settings, count, forwarded, origin):
    settings.TRUSTED_PROXY_COUNT = count
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": forwarded}
    )
    request.resolver_match = None
    RequestLogMiddleware(lambda _: HttpResponseServerError())(request)
    assert (request_line(lines)["origin"], request_line(lines)["level"]) == (origin, "error")


@pytest.mark.django_db
def test_health_is_not_logged(client, lines):
    client.get("/health/")
    assert [line for line in lines() if line["logger"] == "request"] == []
