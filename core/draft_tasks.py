from celery import shared_task

from core import drafts


@shared_task(name="core.sweep_drafts")
def sweep_drafts() -> None:
    drafts.sweep_drafts()
