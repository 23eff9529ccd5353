from celery import shared_task

from budget.domain import imports


@shared_task(name="budget.sweep_sheets", ignore_result=True)
def sweep_sheets() -> None:
    """Take away sheets that were chosen and never saved."""
    imports.sweep_uploads()
