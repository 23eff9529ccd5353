from celery import shared_task

from nulmeting.domain import approvers, reminding, rounds


@shared_task(name="nulmeting.close_ended", ignore_result=True)
def close_ended() -> None:
    """The last day of a round lies behind us: it closes by itself."""
    rounds.close_ended()


@shared_task(name="nulmeting.remind_all", ignore_result=True)
def remind_all() -> None:
    for round_id in reminding.rounds_that_run():
        remind.delay(round_id)


@shared_task(name="nulmeting.remind", ignore_result=True)
def remind(round_id: int) -> None:
    reminding.remind_by_clock(round_id)


@shared_task(name="nulmeting.look_for_approvers", ignore_result=True)
def look_for_approvers() -> None:
    """Who became approver after a municipality handed in hears that it is her turn."""
    approvers.look_again()
