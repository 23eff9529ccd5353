"""Shared by all tests."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits, cached answers and waiting tasks of one test never reach the next."""
    cache.clear()
