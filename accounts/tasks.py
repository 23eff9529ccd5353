from celery import shared_task

from accounts import notices


@shared_task(name="accounts.send_digest")
def send_digest(user_id: int) -> None:
    notices.send_digest(user_id)


@shared_task(name="accounts.send_digests")
def send_digests() -> None:
    for user_id in notices.waiting_for_digest():
        send_digest.delay(user_id)
