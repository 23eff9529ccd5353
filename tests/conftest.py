"""Shared by all tests."""

import os

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from tests import flush
from tests.worker import broker, media, worker

__all__ = ["broker", "media", "worker"]

flush.use_deletes()
# A busy machine runs examples slowly; that says nothing about what they test.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


# Files with few tests that take minutes; begun last, they would keep one of two processes waiting.
LONG = (
    "tests/regiovisie/test_start.py",
    "tests/core/test_documents_worker.py",
    "tests/regiovisie/test_demo",
    "tests/browser/test_meeting_fifty_runs.py",
    "tests/browser/test_pages_accessible.py",
    "tests/bench/test_bench.py",
    "tests/governance/test_no_impossible_vote.py",
    "tests/security/test_role_matrix.py",
    "tests/browser/test_nulmeting_accessible.py",
    "tests/browser/test_results_accessible.py",
    "tests/browser/test_fund.py",
    "tests/budget/test_play.py",
)


# Built once for all of these, which takes a minute: one process has them all.
ON_THE_DEMO = "tests/regiovisie/test_demo"


class ByFile(LoadFileScheduling):
    """The tests of a file go to one process, and those that share the demo as if one file."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return ON_THE_DEMO if file.startswith(ON_THE_DEMO) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits, cached answers and waiting tasks of one test never reach the next."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Copy the migrated database that `tests.run` made, where it did (`tests/template.py`)."""
    if name := os.environ.get("TEST_TEMPLATE"):
        connection.settings_dict["TEST"]["TEMPLATE"] = name
