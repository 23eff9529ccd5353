"""Telling people what happened: a mail at once, or one mail a day, as each of them chose.

A notice never holds anything secret: it says that there is something to read, and where.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import MailPace, Notice, User
from core import calendar, clock, formats, outbox
from core.outbox import enqueue_mail, is_paused
from core.refusal import Refusal, Refused


def absolute(path: str) -> str:
    """The address of a page, for in a mail. Who is not signed in lands there after signing in."""
    return settings.SITE_URL.rstrip("/") + path


def notify(user: User, *, key: str, subject: str, text: str) -> Notice | None:
    """Tell one person one thing, once. None while mail is paused and for who has no account left.

    The same key told again changes nothing.
    """
    if is_paused() or not user.is_active:
        return None
    now = clock.now()
    notice, new = Notice.objects.get_or_create(
        user=user, key=key, defaults={"subject": subject, "text": text, "created_at": now}
    )
    if new and user.mail_pace == MailPace.AT_ONCE:
        enqueue_mail(key=f"notice:{notice.pk}", to=user.email, subject=subject, text=_signed(text))
        notice.mailed_at = now
        notice.save(update_fields=["mailed_at"])
    return notice


def notify_all(users: Iterable[User], *, key: str, subject: str, text: str) -> int:
    """Tell several people the same; how many were told for the first time or before."""
    told = [notify(user, key=key, subject=subject, text=text) for user in users]
    return sum(notice is not None for notice in told)


@transaction.atomic
def leave_out(words: Collection[str], instead: str) -> None:
    """Take words that became secret out of all news that is not told yet, and of waiting mail."""
    for notice in Notice.objects.select_for_update().filter(mailed_at__isnull=True):
        subject = outbox.without(notice.subject, words, instead)
        text = outbox.without(notice.text, words, instead)
        if (subject, text) != (notice.subject, notice.text):
            notice.subject, notice.text = subject[: outbox.MAX_SUBJECT], text
            notice.save(update_fields=["subject", "text"])
    outbox.leave_out(words, instead)


def waiting_for_digest() -> list[int]:
    """The people for whom news waits. A weekend or holiday passes in silence."""
    if not calendar.is_working_day(clock.today()):
        return []
    waiting = Notice.objects.filter(mailed_at__isnull=True, user__is_active=True)
    return sorted(set(waiting.values_list("user", flat=True)))


@transaction.atomic
def send_digest(user_id: int) -> int:
    """Put all news that waits for one person in one mail; returns how many notices."""
    user = User.objects.select_for_update().get(pk=user_id)
    notices = list(user.notices.filter(mailed_at__isnull=True))
    if not notices or not user.is_active:
        return 0
    today: date = clock.today()
    enqueue_mail(
        key=f"digest:{user.pk}:{notices[-1].pk}",
        to=user.email,
        subject=_digest_subject(notices, today),
        text=_signed("\n\n\n".join(f"{n.subject}\n\n{n.text.strip()}" for n in notices)),
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=clock.now())
    return len(notices)


def _digest_subject(notices: list[Notice], day: date) -> str:
    if len(notices) == 1:
        return notices[0].subject
    return f"{len(notices)} berichten, {formats.long_date(day)}"


def _signed(text: str) -> str:
    context = {"text": text.strip(), "choose": absolute(reverse("accounts:mail-pace"))}
    return render_to_string("accounts/mail/notice.txt", context).strip()


@transaction.atomic
def choose_pace(user: User, pace: str) -> User:
    """Choose between mail at once and one mail a day. What waits goes along with the next one."""
    current = User.objects.select_for_update().get(pk=user.pk)
    if pace not in MailPace.values:
        raise Refused(Refusal("Kies hoe u mail wilt krijgen.", field="mail_pace"))
    current.mail_pace = pace
    current.save()
    return current
