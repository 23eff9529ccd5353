"""Role x address x method: who gets what, for every address of the portal.

The codes are in role_matrix.txt, one line per address and method; `in` is the page to sign in.
A POST comes with an empty body: 200 is the form with its mistakes, 302 an act done or refused in
words, and 403 or 404 says that the right was asked before anything else.
"""

from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.security.addresses import address, names_of
from tests.security.world import ROLES, undone

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("role_matrix.txt")
METHODS = ("GET", "POST")
# Not in the table, with the reason.
APART = {"admin": "its own test below, and tests/accounts/test_admin.py"}


def read_table() -> dict[tuple[str, str, str], list[str]]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line.strip()]
    heading, *rows = lines
    assert tuple(heading[3:]) == ROLES
    assert len({tuple(row[:3]) for row in rows}) == len(rows)
    return {(row[0], row[1], row[2]): row[3:] for row in rows}


EXPECTED = read_table()


def test_every_address_is_in_the_table_and_every_line_has_an_address():
    assert {name for name, _, _ in EXPECTED} | set(APART) == set(names_of())
    assert (
        {(name, on) for name, on, _ in EXPECTED}
        == {(name, on) for name, on, method in EXPECTED if method == "POST"}
        == {(name, on) for name, on, method in EXPECTED if method == "GET"}
    )


def answer_of(browser: Client, method: str, url: str) -> str:
    """The code, or `in`; whatever the request did is taken back, also in the browser."""
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    with undone():
        response = browser.get(url) if method == "GET" else browser.post(url, {})
    if response.streaming:
        b"".join(response.streaming_content)  # closes the file
    browser.cookies = SimpleCookie(cookies)
    where = response.headers.get("Location", "")
    return "in" if where.startswith("/account/aanmelden/") else str(response.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_gets(world, role):
    column = ROLES.index(role)
    expected = {line: codes[column] for line, codes in EXPECTED.items()}
    browser = world.client(role)
    found = {
        (name, on, method): answer_of(browser, method, address(world, name, on))
        for name, on, method in EXPECTED
    }
    assert {line: code for line, code in found.items() if code != expected[line]} == {}


def test_the_table_has_no_server_error_and_nobody_from_elsewhere_gets_in():
    assert {code for codes in EXPECTED.values() for code in codes} <= {
        *("in", "200", "302", "400", "401", "403", "404", "405", "410")
    }
    inside = [line for line in EXPECTED if line[0].startswith(("governance:", "home-region"))]
    for line in inside:
        for role in ("stranger", "superuser"):
            assert EXPECTED[line][ROLES.index(role)] in {"404", "405"}, (line, role)


def test_the_admin_is_for_staff_only(world):
    for role in ROLES:
        with undone():
            response = world.client(role).get(reverse("admin:index"))
            assert response.status_code == 302, role
