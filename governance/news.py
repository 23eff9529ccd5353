"""News of meetings for the people it concerns: agenda, changes, and what waits for them.

Called by the acts themselves, inside their transaction: the news is a row before the act is done,
and is told once (accounts.notices). Nothing secret goes into a mail, not even a title.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.notices import absolute, leave_out, notify, notify_all
from core import calendar, clock
from core.formats import clock_time, local_day, long_date
from governance.agenda import CLOSED
from governance.agenda_frozen import placed, secret_of, title_of
from governance.domain.positions import asks_position
from governance.enums import MunicipalRoleKind
from governance.models import (
    AgendaItem,
    Body,
    Meeting,
    Membership,
    MunicipalRole,
    Proposal,
    Region,
    Seat,
)
from governance.models.dated import valid_on
from governance.preparing import until_words
from governance.standing import standing_of
from governance.waiting import Job, jobs_for
from governance.waiting_reading import asked_of

REMIND_BEFORE = (5, 1)  # working days


def receivers_of(body: Body, day: date) -> list[User]:
    """Who gets the papers of a body on a day: everybody in it, and the advisers of its
    municipalities. Somebody with two offices is named once."""
    members = Membership.objects.filter(valid_on(day), valid_on(day, "seat__"), body=body)
    seats = Seat.objects.filter(valid_on(day), body=body, municipality__isnull=False)
    advisers = MunicipalRole.objects.filter(
        valid_on(day),
        role=MunicipalRoleKind.ADVISER,
        municipality__in=seats.values("municipality"),
    )
    people = User.objects.filter(
        Q(pk__in=members.values("user")) | Q(pk__in=advisers.values("user")), is_active=True
    )
    return list(people.order_by("email"))


# Agenda -------------------------------------------------------------------------------------------


def agenda_published(meeting: Meeting, number: int, changes: Sequence[str] = ()) -> int:
    """Invite for a meeting with its agenda, or tell what changed since the version before.

    `number` is the version of the agenda: each is told once. Returns how many were told.
    """
    subject = "Agenda" if number == 1 else "Gewijzigde agenda"
    context = {"number": number, "changes": changes, "items": _open_titles(meeting)}
    return _tell(meeting, f"agenda:{meeting.pk}:{number}", subject, "agenda", context)


def meeting_moved(meeting: Meeting, before: datetime, why: str = "") -> int:
    """Tell who knew of a meeting that it has another moment or place."""
    key = f"moved:{meeting.pk}:{meeting.starts_at.isoformat()}:{before.isoformat()}"
    was = f"{long_date(before, weekday=True)}, {clock_time(before)}"
    return _tell(meeting, key, "Vergadering verzet", "moved", {"was": was, "why": why})


def meeting_cancelled(meeting: Meeting, why: str) -> int:
    """Tell who knew of a meeting that it does not take place."""
    key = f"cancelled:{meeting.pk}"
    return _tell(meeting, key, "Vergadering vervalt", "cancelled", {"why": why})


def _tell(
    meeting: Meeting, key: str, subject: str, template: str, context: dict[str, object]
) -> int:
    day = local_day(meeting.starts_at)
    path = reverse("governance:meeting-detail", args=[meeting.body.region.slug, meeting.pk])
    shown = context | {
        "meeting": meeting,
        "moment": f"{long_date(day, weekday=True)}, {clock_time(meeting.starts_at)}",
        "link": absolute(path),
        "until": _until_positions(meeting),
    }
    return notify_all(
        receivers_of(meeting.body, day),
        key=key,
        subject=f"{subject}: {meeting.body.short_name}, {long_date(day)}",
        text=render_to_string(f"governance/mail/{template}.txt", shown),
    )


def _until_positions(meeting: Meeting) -> str:
    """Until when members let know a position; nothing when it is too late, or when none is asked
    on a paper that everybody here may know of."""
    items = list(meeting.items.filter(off=False).select_related("step"))
    secret = secret_of(items)
    asked = any(
        asks_position(item) and item.step and item.step.proposal_id not in secret for item in items
    )
    in_time = clock.now() < meeting.positions_until
    return until_words(meeting.positions_until) if asked and in_time else ""


def became_secret(proposal: Proposal) -> None:
    """What a paper is called goes out of every mail that is written and not sent yet."""
    subjects = proposal.versions.values_list("subject", flat=True)
    leave_out({str(proposal), *subjects}, CLOSED)


def _open_titles(meeting: Meeting) -> list[str]:
    """The items by number and name. A secret paper is left out, or announced without its title."""
    rows = meeting.items.select_related("version", "step").order_by("order", "pk")
    items: list[AgendaItem] = list(rows)
    return [
        f"{each.number}. {CLOSED if each.secret else title_of(each.item)}"
        for each in placed(items, meeting.starts_at, secret_of(items))
        if each.item.announced or not each.secret
    ]


# Reminders ----------------------------------------------------------------------------------------


def due_soon(jobs: Collection[Job], today: date) -> list[Job]:
    """What is to be done in five working days or tomorrow, and what should have been done since the
    working day before: each is reminded of on those days, and then no more. What its own room
    reminds of is left out: nobody is told twice."""
    days = {calendar.add_working_days(today, n) for n in REMIND_BEFORE}
    before = calendar.add_working_days(today, -1)
    ours = [job for job in jobs if job.due and not job.reminds_itself]
    return [job for job in ours if job.due in days or before <= job.due < today]


def remind(user: User) -> int:
    """Remind one person of what is due soon: one notice a day; returns how many things are in it.

    Positions and annotations are among them. Only what is to be done is named, not the paper it is
    about: that may be secret.
    """
    today = clock.today()
    if not calendar.is_working_day(today):
        return 0
    regions = list(Region.objects.filter(pk__in=standing_of(user).regions))
    jobs = sorted([*jobs_for(user, regions), *asked_of(user, regions)], key=Job.pressing)
    soon = due_soon(jobs, today)
    if soon:
        lines = [(job.told or job.title, _until(job, today), absolute(job.url)) for job in soon]
        notify(
            user,
            key=f"reminder:{today.isoformat()}",
            subject=_reminder_subject(soon, today),
            text=render_to_string(
                "governance/mail/reminder.txt", {"lines": lines, "home": absolute("/")}
            ),
        )
    return len(soon)


def _until(job: Job, today: date) -> str:
    """'uiterlijk woensdag 4 november 2026, 12.00 uur', or that it is late."""
    hour = f", {clock_time(job.at)}" if job.at else ""
    late = "dit moest" if job.due and job.due < today else "uiterlijk"
    return f"{late} {long_date(job.due, weekday=True)}{hour}"


def _reminder_subject(soon: Sequence[Job], today: date) -> str:
    """What it is when it is one thing, otherwise how many and until when the first."""
    if len(soon) == 1:
        return f"Herinnering: {soon[0].told or soon[0].title}"
    first = min(job.due for job in soon if job.due)
    when = "nu" if first < today else f"vanaf {long_date(first, weekday=True)}"
    return f"Herinnering: {len(soon)} taken, {when}"


def people_to_remind() -> list[int]:
    """Everybody who has a membership or role now; nobody on a day that is no working day."""
    if not calendar.is_working_day(clock.today()):
        return []
    members = Membership.objects.current().values("user")
    municipal = MunicipalRole.objects.current().values("user")
    people = User.objects.filter(Q(pk__in=members) | Q(pk__in=municipal), is_active=True)
    return list(people.order_by("pk").values_list("pk", flat=True))
