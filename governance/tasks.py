from celery import shared_task

from accounts.models import User
from governance import news
from governance.domain import importing, local_homes, notes


@shared_task(name="governance.remind")
def remind(user_id: int) -> None:
    news.remind(User.objects.get(pk=user_id))


@shared_task(name="governance.remind_all")
def remind_all() -> None:
    for user_id in news.people_to_remind():
        remind.delay(user_id)


@shared_task(name="governance.sweep_uploads")
def sweep_uploads() -> None:
    """Take away what was read in and never became a proposal."""
    importing.sweep_uploads()


@shared_task(name="governance.hand_over_local_steps", ignore_result=True)
def hand_over_local_steps() -> None:
    """A merger or departure that was entered beforehand takes effect on what is open."""
    local_homes.hand_over()


@shared_task(name="governance.forget_ended_notes")
def forget_ended_notes() -> None:
    """Private notes go with the membership, also when its term runs out by itself."""
    notes.forget_ended()
