from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.fund import House


@pytest.fixture
def url(house: House) -> Callable[..., str]:
    """The address of a page of the fund."""

    def build(name: str, *args: object) -> str:
        return reverse(f"budget:{name}", args=[house.cast.region.slug, house.fund.slug, *args])

    return build


@pytest.fixture
def enter(client: Client) -> Callable[..., Client]:
    """The client with this person signed in."""

    def as_person(person: object) -> Client:
        client.force_login(person)
        return client

    return as_person
