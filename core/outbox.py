"""Mail as rows, sent by a task.

What is promised:

- Nothing is lost when the broker or the mail server is away: the row waits, and is tried again
  after growing pauses, for as long as it takes.
- A mail is handed to the mail server at most once. From the moment the text goes over the line
  until the server answers, nobody can know whether it was accepted. A worker that dies or a line
  that breaks right then leaves the row FAILED with that reason, instead of a second mail; a person
  may `send_again`. The Message-ID stays the same, so that a mail server can drop a double.
- 'Not now' (4xx) from the mail server is tried again for five days, 'never' (5xx) is final.
"""

import hashlib
import re
import smtplib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from core import clock
from core.mail_html import as_html
from core.models import OutboxMail
from core.refusal import Refusal, Refused

Status = OutboxMail.Status

LEASE = timedelta(minutes=15)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=5)
MAX_SUBJECT = 200
BATCH = 200
UNKNOWN_OUTCOME = (
    "De verbinding viel weg tijdens het versturen. Het is niet bekend of deze mail is aangekomen."
)

_paused: ContextVar[bool] = ContextVar("mail_paused", default=False)


@contextmanager
def mail_paused() -> Iterator[None]:
    """Make no mails inside the block: for building a demo and walking history."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def is_paused() -> bool:
    """Whether mails are left out now."""
    return _paused.get()


def enqueue_mail(
    *, key: str, to: str, subject: str, text: str, not_before: datetime | None = None
) -> OutboxMail | None:
    """Write a mail as a row and start its task on commit; the same key gives the same row.

    None inside `mail_paused`. Refuses line breaks in a header and an address that is none. A
    broker that is away costs nothing: the sweep finds the row.
    """
    if is_paused():
        return None
    _check_headers(to, subject)
    short = subject if len(subject) <= MAX_SUBJECT else subject[: MAX_SUBJECT - 1] + "…"
    now = clock.now()
    mail, created = OutboxMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": short,
            "text": text,
            "created_at": now,
            "not_before": not_before or now,
        },
    )
    if created and mail.not_before <= now:
        _start_on_commit(mail.pk)
    return mail


def bounced(addresses: Iterable[str]) -> dict[str, datetime]:
    """The addresses to which the last mail could not be delivered for good, and since when.

    A mail that did arrive later takes an address off the list again.
    """
    wanted = {address.lower() for address in addresses}
    rows = OutboxMail.objects.filter(to__in=wanted, status__in=(Status.SENT, Status.FAILED))
    last = {row.to: row for row in rows.order_by("created_at", "pk")}
    return {
        to: row.created_at
        for to, row in last.items()
        if row.status == Status.FAILED and row.error != UNKNOWN_OUTCOME
    }


def report_bounce(address: str, reason: str) -> OutboxMail | None:
    """Write down that a mail server sent the last mail to this address back afterwards.

    Returns that mail, or None when nothing was sent there.
    """
    sent = OutboxMail.objects.filter(to=address.strip().lower(), status=Status.SENT)
    mail = sent.order_by("sent_at", "pk").last()
    if mail is not None:
        mail.status, mail.error = Status.FAILED, reason.strip()[:500] or "teruggekomen"
        mail.save(update_fields=["status", "error"])
    return mail


def deliver(mail_id: int) -> None:
    """Claim a waiting row and hand it to the mail server; does nothing for any other row."""
    mail = _claim(mail_id)
    if mail is None:
        return
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _postpone(mail, error)
        return
    mail.refresh_from_db(fields=["subject", "text"])  # leave_out may have come in between
    try:
        _message(mail, connection).send()
    except smtplib.SMTPServerDisconnected:
        _fail(mail, UNKNOWN_OUTCOME)
    except smtplib.SMTPException as error:
        if _is_final(error) or clock.now() - mail.created_at > GIVE_UP_AFTER:
            _fail(mail, _reason(error))
        else:
            _postpone(mail, error)
    except OSError:
        _fail(mail, UNKNOWN_OUTCOME)
    else:
        _finish(mail, status=Status.SENT, error="", sent_at=clock.now())
    finally:
        _close(connection)


def sweep_outbox() -> list[int]:
    """The keys of rows whose time has come; a row left halfway by a dead worker becomes FAILED."""
    now = clock.now()
    OutboxMail.objects.filter(status=Status.SENDING, not_before__lt=now).update(
        status=Status.FAILED, error=UNKNOWN_OUTCOME
    )
    due = OutboxMail.objects.filter(status=Status.WAITING, not_before__lte=now)
    return list(due.order_by("not_before", "pk").values_list("pk", flat=True)[:BATCH])


def send_again(mail: OutboxMail) -> None:
    """A person's decision about a failed mail: put it back in the queue. Refuses any other row."""
    changed = OutboxMail.objects.filter(pk=mail.pk, status=Status.FAILED).update(
        status=Status.WAITING, not_before=clock.now(), created_at=clock.now()
    )
    if not changed:
        raise Refused(Refusal("Alleen een mislukte mail kan opnieuw worden verstuurd."))
    _start_on_commit(mail.pk)


@transaction.atomic
def leave_out(words: Collection[str], instead: str) -> int:
    """Write `instead` for words that may not be told any more, in every mail that did not go yet
    and in those that failed and can be sent again; returns how many mails changed."""
    changed = 0
    for mail in OutboxMail.objects.select_for_update().exclude(status=Status.SENT):
        subject, text = without(mail.subject, words, instead), without(mail.text, words, instead)
        if (subject, text) != (mail.subject, mail.text):
            mail.subject, mail.text = subject[:MAX_SUBJECT], text
            mail.save(update_fields=["subject", "text"])
            changed += 1
    return changed


def without(text: str, words: Collection[str], instead: str) -> str:
    """The text with every whole occurrence of the words replaced; the longest first."""
    found = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
    if not found:
        return text
    either = "|".join(re.escape(word) for word in found)
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", lambda _: instead, text)


def message_id(mail: OutboxMail) -> str:
    """The same for every attempt of one mail."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(f'{mail.pk} {mail.key}'.encode()).hexdigest()[:32]}@{domain}>"


def _check_headers(to: str, subject: str) -> None:
    if any(ord(char) < 32 for char in subject + to):
        raise Refused(Refusal("Deze mail kan niet weg: adres of onderwerp bevat een regeleinde."))
    try:
        validate_email(to)
    except ValidationError:
        raise Refused(Refusal("Deze mail kan niet weg: het e-mailadres klopt niet.")) from None


def _start_on_commit(mail_id: int) -> None:
    """`robust`: a broker that is away is logged, and never breaks the act that wrote the mail."""
    from core.mail_tasks import send_mail

    transaction.on_commit(lambda: send_mail.delay(mail_id), robust=True)


def _claim(mail_id: int) -> OutboxMail | None:
    """WAITING to SENDING in one statement, so that one worker wins; `not_before` is the lease."""
    now = clock.now()
    claimed = OutboxMail.objects.filter(
        pk=mail_id, status=Status.WAITING, not_before__lte=now
    ).update(status=Status.SENDING, attempts=F("attempts") + 1, not_before=now + LEASE)
    return OutboxMail.objects.get(pk=mail_id) if claimed else None


def _finish(mail: OutboxMail, **values: object) -> None:
    OutboxMail.objects.filter(pk=mail.pk, status=Status.SENDING).update(**values)


def _fail(mail: OutboxMail, reason: str) -> None:
    _finish(mail, status=Status.FAILED, error=reason)


def _postpone(mail: OutboxMail, error: Exception) -> None:
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(mail.attempts - 1, 10))
    _finish(mail, status=Status.WAITING, error=_reason(error), not_before=clock.now() + pause)


def _is_final(error: smtplib.SMTPException) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _message(mail: OutboxMail, connection: BaseEmailBackend) -> EmailMessage:
    """The plain text, and beside it the same words in the look of the portal."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        connection=connection,
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(as_html(mail.subject, mail.text), "text/html")
    return message


def _close(connection: BaseEmailBackend) -> None:
    """A mail server that hangs up rudely does not undo what it accepted."""
    with suppress(OSError, smtplib.SMTPException):
        connection.close()
