import pytest
from django.urls import reverse


@pytest.fixture
def team(client, cast):
    """A browser in which the programme team is signed in."""
    client.force_login(cast.author)
    return client


@pytest.fixture
def url(cast):
    return lambda name, *args: reverse(f"nulmeting:{name}", args=[cast.region.slug, *args])
