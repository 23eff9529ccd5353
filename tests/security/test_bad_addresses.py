"""Addresses and keys that nobody types: an answer, never a crash."""

import pytest

from tests.security.addresses import address

pytestmark = pytest.mark.django_db

LONG = "9" * 4500


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("vergaderingen/nieuw/?body=%00", 200),
        ("vergaderingen/?body=%00", 200),
        ("voorstellen/?q=%00", 200),
        ("besluiten/?q=%00", 200),
        ("besluiten/?year=%00", 200),
        ("voorstellen/?page=9999", 404),
        ("besluiten/2026-99999999999999999999999/", 404),
        ("besluiten/%D9%A1-%D9%A1/", 404),
        (f"voorstellen/{'9' * 30}/", 404),
        (f"vergaderingen/{'9' * 30}/", 404),
    ],
)
def test_a_strange_address(world, path, code):
    assert world.client("author").get(f"/{world.cast.region.slug}/{path}").status_code == code


def test_a_number_without_end(world):
    browser = world.client("author")
    for name, data in [
        ("governance:section-order", {"move": f"{LONG}:up"}),
        ("governance:section-order", {"order": LONG}),
        ("governance:points-edit", {"part": LONG}),
    ]:
        response = browser.post(address(world, name, "concept"), data)
        assert response.status_code in {200, 302, 404, 409}, (name, data)
