from celery import shared_task

from core import outbox


@shared_task(name="core.send_mail")
def send_mail(mail_id: int) -> None:
    outbox.deliver(mail_id)


@shared_task(name="core.sweep_outbox")
def sweep_outbox() -> None:
    for mail_id in outbox.sweep_outbox():
        send_mail.delay(mail_id)
