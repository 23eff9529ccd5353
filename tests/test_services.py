"""The services of a test run keep workers apart and stop when the run does."""

import pytest

from tests import services
from tests.environment import redis_of_this_worker


@pytest.mark.parametrize(
    ("address", "worker", "own"),
    [
        ("redis://127.0.0.1:6379/0", "gw0", "redis://127.0.0.1:6379/8"),
        ("redis://127.0.0.1:6379/0", "gw1", "redis://127.0.0.1:6379/9"),
        ("redis://127.0.0.1:6379", "gw1", "redis://127.0.0.1:6379/9"),
        ("redis://127.0.0.1:6379/6", "", "redis://127.0.0.1:6379/6"),
        ("unix:///run/valkey.sock", "gw1", "unix:///run/valkey.sock"),
    ],
)
def test_each_worker_has_a_redis_database_of_its_own(address, worker, own):
    assert redis_of_this_worker(address, worker) == own


def test_without_a_server_postgresql_is_started_and_stopped():
    with services.scratch() as folder, services.embedded_postgres(folder) as port:
        address = f"postgres://postgres@127.0.0.1:{port}/postgres"
        assert services.postgres_answers(address)
    assert not services.postgres_answers(address)
    assert not folder.exists()


def test_a_redis_of_our_own_is_started_and_stopped(monkeypatch):
    monkeypatch.delenv("REDIS_URL")
    with services.scratch() as folder, services.redis(folder) as address:
        assert services.redis_answers(address)
    assert not services.redis_answers(address)


def test_a_given_redis_that_is_away_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    with pytest.raises(SystemExit, match="No Redis answers at REDIS_URL"):
        services.redis(tmp_path).__enter__()
