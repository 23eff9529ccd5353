"""Shared by all tests: the settings of a test run and the small cast of people."""

from tests.worker import broker, media, worker

__all__ = ["broker", "media", "worker"]
