"""What every browser test shares: one Chromium per test process, a page, axe, and screenshots.

All fixtures work under xdist: each worker has its own server port, browser and test database.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.cast import Cast, make_cast

CHROMIUM = "/usr/bin/chromium"
AXE = settings.VAR_DIR / "vendor-test" / "axe.min.js"
SHOTS = settings.VAR_DIR / "screenshots"
# Laptop, tablet, laptop at 200% zoom, phone, and the narrowest that WCAG asks for.
WIDTHS = {"laptop": 1280, "tablet": 820, "zoomed": 640, "phone": 390, "narrow": 320}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would take every query for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
        # Beside a running loop Django keeps connections of their own; they would outlive the loop,
        # and a test database that was set up before it could not be dropped.
        connections.close_all()


@pytest.fixture
def new_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a page with a session of its own; relative addresses lead to the test server.

    What goes wrong in the page (a script error, a refusal by the policy) fails the test at its end.
    """
    contexts, wrong = [], []

    def build(width: int = 1280, height: int = 900, **options) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda said: (
                wrong.append(said.text) if "Content Security Policy" in said.text else None
            ),
        )
        return page

    yield build
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def sign_in() -> Callable[[Page, object], None]:
    """Give a page the session of a user, without walking through the sign-in screens.

    Each time a client of its own: a second person in the same client would end the first session.
    """

    def as_user(page: Page, user: object) -> None:
        client = Client()
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        base = page.context._impl_obj._options["baseURL"]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])

    return as_user


@pytest.fixture
def cast(transactional_db) -> Cast:
    """The named people of one region, also seen by the server in its own thread."""
    return make_cast()


@pytest.fixture
def page_of(new_page, sign_in) -> Callable[..., Page]:
    """A page in a browser of its own, in which this person is signed in."""

    def build(user: object, width: int = WIDTHS["laptop"], **options) -> Page:
        page = new_page(width, **options)
        sign_in(page, user)
        return page

    return build


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[[Page, str], Path]:
    """Keep a picture of the whole page in var/screenshots, named after the test."""

    def take(page: Page, name: str) -> Path:
        test = re.sub(r"\W+", "-", request.node.name).strip("-")
        path = SHOTS / f"{test}-{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True)
        return path

    return take


def axe_violations(page: Page) -> list[str]:
    """Each violation as 'rule: what it asks [places]'. Fetch axe with bin/vendor --tests."""
    if not AXE.exists():
        pytest.fail("axe is not there: run bin/vendor --tests")
    # Through the debugger, so that the policy of the page stays as strict as it is.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text() + "; 0")
    result = page.evaluate(
        """() => axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa",
           "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})"""
    )
    return [
        f"{found['id']}: {found['help']} {[node['target'][0] for node in found['nodes'][:3]]}"
        for found in result["violations"]
    ]


def assert_accessible(page: Page) -> None:
    """axe finds nothing, and the page does not scroll sideways."""
    assert axe_violations(page) == []
    assert sideways(page) == 0


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
