"""What the home pages show, as plain values: tasks by date, papers per meeting, the way along."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import clock
from core.components import Link, Stop, Task
from core.formats import clock_time, day_label, days_away, local_day, long_date, near_date
from core.models import Document
from governance.coming import Agenda, Paper
from governance.documents_book import book_of
from governance.domain.meetings import delivery_note
from governance.enums import Purpose
from governance.models import Decision, Meeting, Proposal, Region
from governance.queries import day_of, route_stops
from governance.waiting import Job
from governance.waiting_reading import asked_by, meeting_url, reading_of, words_of

ENDS: dict[str, str] = {
    Purpose.DISCUSS: "bespreking",
    Purpose.ADVISE: "advies",
    Purpose.CONSENT: "instemming",
    Purpose.DECIDE: "besluit",
    Purpose.NOTE: "kennisneming",
}


# Tasks -------------------------------------------------------------------------------------------


def tasks_of(jobs: Sequence[Job]) -> list[Task]:
    """By date; what no day presses comes last. The first one is marked as now."""
    today = clock.today()
    return [
        Task(
            due=day_label(job.due, today) if job.due else "Zonder datum",
            due_note=_due_note(job),
            title=job.title,
            url=job.url,
            note=job.note,
            now=number == 0,
        )
        for number, job in enumerate(sorted(jobs, key=Job.pressing))
    ]


def _due_note(job: Job) -> str:
    """The hour when it is near, otherwise how far away the day is."""
    if job.due is None:
        return ""
    if abs((job.due - clock.today()).days) <= 1:
        return clock_time(job.at)
    return days_away(job.due, clock.today())


# The page ----------------------------------------------------------------------------------------


def page_head(user: Any, jobs: Sequence[Job], agendas: Sequence[Agenda]) -> dict[str, str]:
    """The one thing to see: what waits, or the meeting that comes, or that nothing does."""
    pre = f"{long_date(clock.today(), weekday=True).capitalize()} · {user}"
    if jobs:
        return {"pre": pre, "title": "Wat op u wacht", "lead": ""}
    if not agendas:
        return {"pre": pre, "title": "Er wacht niets op u", "lead": ""}
    first = agendas[0]
    away = days_away(first.day, clock.today())
    starts = first.meeting.starts_at
    asked = asked_by(first)
    on_agenda = f"Op de agenda {'staat' if len(first.papers) == 1 else 'staan'} {first.count}."
    return {
        "pre": pre,
        "title": f"Uw {asked} wordt gevraagd"
        if asked
        else f"Uw vergadering {'' if away.startswith('over') else 'is '}{away}",
        "lead": f"{first.meeting.body}, {long_date(starts, weekday=True)}, {clock_time(starts)}. "
        f"{words_of(first) or on_agenda}",
    }


@dataclass(frozen=True)
class Choice:
    """A region with what waits there, in words."""

    name: str
    url: str
    waits: str
    first: str


def choice_of(region: Region, jobs: Sequence[Job], agendas: Sequence[Agenda]) -> Choice:
    here = [job for job in [*jobs, *reading_of(agendas)] if job.region_id == region.pk]
    here.sort(key=Job.pressing)
    url = reverse("home-region", args=[region.slug])
    if not here:
        return Choice(region.name, url, "Er wacht niets op u", "")
    first = here[0]
    when = f"{day_label(first.due, clock.today())}: " if first.due else ""
    many = "1 taak wacht op u" if len(here) == 1 else f"{len(here)} taken wachten op u"
    return Choice(region.name, url, many, f"{when}{first.title}")


@dataclass(frozen=True)
class Papers:
    """A meeting with its papers. Where a task has its day stands until when something is asked of
    this reader, or else the purpose; `words` counts what is asked, `start` is the first of it."""

    head: str
    when: str
    url: str
    items: list[Task]
    now: bool
    words: str = ""
    start: Link | None = None
    book: Link | None = None


def papers_of(agenda: Agenda, *, now: bool, book: Link | None = None) -> Papers:
    meeting = agenda.meeting
    first = next((paper for paper in agenda.papers if paper.asked), None)
    asks = first is not None
    return Papers(
        head=meeting.body.name,
        when=f"{long_date(meeting.starts_at, weekday=True)}, {clock_time(meeting.starts_at)}",
        url=meeting_url(meeting),
        items=[_paper(paper, meeting, now and paper.asked is asks) for paper in agenda.papers],
        now=now,
        words=words_of(agenda),
        start=Link(first.title, _paper_url(first, meeting)) if first else None,
        book=book,
    )


def book_link(user: Any, agendas: Sequence[Agenda]) -> Link | None:
    """All papers of the first meeting as one file, when it is ready and this reader may have it."""
    shown = book_of(agendas[0].meeting, user, annex=False) if agendas else None
    document = shown.document if shown else None
    if document is None or document.status != Document.Status.READY:
        return None
    pages = f"{document.pages} bladzijde{'' if document.pages == 1 else 'n'}"
    url = reverse("core:document-download", args=[document.pk])
    return Link(f"Alle stukken als één pdf ({pages})", url)


def _paper(paper: Paper, meeting: Meeting, now: bool) -> Task:
    awaits = f"{paper.awaits[0].upper()}{paper.awaits[1:]}." if paper.awaits else ""
    purpose = paper.step.get_purpose_display().capitalize()
    until = meeting.positions_until
    return Task(
        due=day_label(local_day(until), clock.today()) if paper.asked else purpose,
        due_note=clock_time(until) if paper.asked else "",
        title=paper.title,
        url=_paper_url(paper, meeting),
        note=f"{f'{purpose}. ' if paper.asked else ''}{paper.summary} {awaits}".strip(),
        now=now,
    )


def _paper_url(paper: Paper, meeting: Meeting) -> str:
    slug = paper.proposal.region.slug
    if paper.item:
        return reverse("governance:item-detail", args=[slug, meeting.pk, paper.item])
    return reverse("governance:proposal-detail", args=[slug, paper.proposal.number])


@dataclass(frozen=True)
class UnderWay:
    """A proposal in route, with its mini line."""

    title: str
    url: str
    note: str
    stops: list[Stop]


def way_of(proposal: Proposal) -> UnderWay:
    steps = list(proposal.steps.all())
    end = day_of(steps[-1]) if steps else None
    last = f"{ENDS[steps[-1].purpose]} op {near_date(end)}" if end else "nog geen einddatum"
    return UnderWay(
        title=str(proposal),
        url=reverse("governance:proposal-detail", args=[proposal.region.slug, proposal.number]),
        note=f"{proposal.get_kind_display().capitalize()} · {last}",
        stops=route_stops(steps, proposal.advice.all()),
    )


# Beside it ---------------------------------------------------------------------------------------


def meeting_link(region: Region, meeting: Meeting, *, delivers: bool) -> Link:
    """A coming meeting; until when papers can come in only for who delivers them."""
    day = day_label(local_day(meeting.starts_at), clock.today()).lower()
    delivery = delivery_note(meeting) if delivers else ""
    return Link(
        meeting.body.name,
        reverse("governance:meeting-detail", args=[region.slug, meeting.pk]),
        note=", ".join(part for part in (day, clock_time(meeting.starts_at), delivery) if part),
    )


def decision_link(region: Region, decision: Decision) -> Link:
    return Link(
        decision.version.subject,
        reverse("governance:decision-detail", args=[region.slug, decision.number]),
        note=f"{decision.body.short_name}, {long_date(decision.decided_on)}",
    )
