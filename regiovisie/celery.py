"""The Celery application; tasks use `shared_task`, so no room imports this module."""

import logging.config
import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regiovisie.settings")
app = Celery("regiovisie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def log_as_the_rest(**_: Any) -> None:
    """The worker logs through Django's settings, not through Celery's own set-up."""
    from django.conf import settings
    from django.utils.log import DEFAULT_LOGGING

    logging.config.dictConfig(settings.LOGGING or DEFAULT_LOGGING)
    logging.getLogger().setLevel(settings.LOG_LEVEL)
    for noisy in ("fontTools", "weasyprint.progress", "celery.redirected"):
        logging.getLogger(noisy).setLevel("WARNING")
    if not logging.getLogger().handlers:
        logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")


@signals.worker_init.connect
def load_weasyprint(**_: Any) -> None:
    """Imported once, before the worker forks its processes."""
    from core import pdf  # noqa: F401


@signals.worker_process_init.connect
def load_fonts(**_: Any) -> None:
    """Nobody waits for WeasyPrint and its fonts: they are there before the first document."""
    from core import pdf

    pdf.warm_up()
