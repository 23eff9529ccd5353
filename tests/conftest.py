"""Shared by all tests."""

import pytest
from django.core.cache import cache

from tests.worker import broker, media, worker

__all__ = ["broker", "media", "worker"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits, cached answers and waiting tasks of one test never reach the next."""
    cache.clear()
