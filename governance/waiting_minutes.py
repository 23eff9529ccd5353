"""What waits for a person out of meetings: decision lists, action points and written rounds."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from core import clock
from core.formats import local_day, short_date
from governance.domain.decision_lists import due_on
from governance.enums import ActionState, ListState, MeetingForm, MeetingState, WrittenState
from governance.models import ActionPoint, Meeting, WrittenRound
from governance.models.dated import valid_on
from governance.rules import visible_to
from governance.standing import Person, Standing
from governance.waiting_job import Job


def jobs_of_minutes(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """Three queries, whatever there is; none for who has no part in any body."""
    if standing.secretary_of:
        yield from _lists_to_publish(standing, slugs)
    if standing.bodies:
        yield from _my_actions(user, slugs)
    if standing.votes_in:
        yield from _rounds_to_answer(user, standing, slugs)


def _lists_to_publish(standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """Meetings that were held and have no published list; by law within two weeks."""
    held = Meeting.objects.filter(
        Q(decision_list__isnull=True) | Q(decision_list__state=ListState.CONCEPT),
        body__in=standing.secretary_of,
        body__region__in=slugs,
        state__in=(MeetingState.HELD, MeetingState.CONCLUDED),
        form=MeetingForm.MEETING,
        items__isnull=False,
    )
    for meeting in held.select_related("body").distinct():
        region_id = meeting.body.region_id
        yield Job(
            region_id,
            f"Publiceer de besluitenlijst van {meeting.body}",
            reverse("governance:list-detail", args=[slugs[region_id], meeting.pk]),
            note=f"Vergadering van {short_date(local_day(meeting.starts_at))}. "
            "Publiceren kan tot twee weken erna.",
            due=due_on(meeting),
            subject=("decision-list", meeting.pk),
        )


def _my_actions(user: Person, slugs: dict[int, str]) -> Iterator[Job]:
    mine = (
        visible_to(user, ActionPoint)
        .filter(valid_on(prefix="owner__"), owner__user=user, state=ActionState.OPEN)
        .filter(body__region__in=slugs)
    )
    for action in mine.select_related("body"):
        region_id = action.body.region_id
        yield Job(
            region_id,
            f"Actiepunt: {_short(action.text)}",
            reverse("governance:action-detail", args=[slugs[region_id], action.pk]),
            note=f"Toegezegd in {action.body}.",
            due=action.due,
            subject=("action", action.pk),
            told=f"Kom na wat u toezegde in {action.body}",
        )


def _rounds_to_answer(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    waiting = (
        visible_to(user, WrittenRound)
        .filter(
            meeting__body__in=standing.votes_in,
            meeting__body__region__in=slugs,
            state=WrittenState.OPEN,
            closes_on__gte=clock.today(),
        )
        .exclude(answers__membership__user=user)
        .select_related("meeting__body", "step__version")
    )
    for row in waiting:
        region_id = row.meeting.body.region_id
        yield Job(
            region_id,
            f"Antwoord in de schriftelijke ronde van {row.meeting.body}",
            reverse("governance:round-detail", args=[slugs[region_id], row.pk]),
            note=row.step.version.subject if row.step.version else "",
            due=row.closes_on,
            subject=("round", row.pk),
        )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
