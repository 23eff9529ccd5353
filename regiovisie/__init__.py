"""Regiovisie: settings, celery, addresses, home pages, demo data."""

from regiovisie.celery import app as celery_app

__all__ = ["celery_app"]
