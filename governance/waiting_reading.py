"""Papers of coming meetings as things to do: let know a position, annotate, or read them."""

from collections.abc import Collection, Sequence

from django.urls import reverse

from core.formats import local_day
from governance.coming import Agenda, coming_agendas
from governance.models import Meeting, Region
from governance.standing import Person
from governance.waiting_job import Job

NAMED = 3  # papers that are named in one task; the rest is counted


def reading_of(agendas: Sequence[Agenda]) -> list[Job]:
    """Each meeting with papers as one thing to do: prepare them before the deadline for positions,
    or read them before it begins."""
    return [_reading(agenda) for agenda in agendas]


def asked_of(user: Person, regions: Collection[Region]) -> list[Job]:
    """Meetings for which a position or an annotation of this person is still to be given."""
    return reading_of([agenda for agenda in coming_agendas(user, regions) if asked_by(agenda)])


def _reading(agenda: Agenda) -> Job:
    meeting, asked = agenda.meeting, asked_by(agenda)
    until = meeting.positions_until if asked else meeting.starts_at
    what = f"Geef uw {asked} voor" if asked else f"Lees {agenda.count} voor"
    titles = _named([paper.title for paper in agenda.papers])
    return Job(
        meeting.body.region_id,
        f"{what} {meeting.body}",
        meeting_url(meeting),
        note=f"{words_of(agenda)} {titles}".strip(),
        due=local_day(until),
        at=until,
    )


def asked_by(agenda: Agenda) -> str:
    """'standpunt' or 'annotatie', when something is still asked for this meeting."""
    return agenda.progress.asked_of if agenda.progress else ""


def words_of(agenda: Agenda) -> str:
    """'Nog 3 van 6 standpunten te geven, tot woensdag 30 juni, 12.00 uur.'"""
    words = agenda.progress.in_words if agenda.progress else ""
    return f"{words}." if words else ""


def _named(titles: list[str]) -> str:
    rest = len(titles) - NAMED
    return "; ".join(titles[:NAMED]) + (f"; en nog {rest}" if rest > 0 else "")


def meeting_url(meeting: Meeting) -> str:
    """The page of a meeting, which has its body and region at hand."""
    return reverse("governance:meeting-detail", args=[meeting.body.region.slug, meeting.pk])
