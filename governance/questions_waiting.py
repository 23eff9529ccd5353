"""What waits about questions at agenda items: an answer from the author body or the secretary, and
for who asked, to read it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse

from core import clock
from core.formats import local_day, short_date
from governance.domain.meetings import COMING
from governance.models import Question
from governance.rules import visible_to
from governance.standing import Person, Standing
from governance.waiting import Job


def jobs(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """One query for who asks, one more for who answers."""
    rows = visible_to(user, Question).filter(item__meeting__body__region__in=slugs)
    if standing.author_regions or standing.secretary_of:
        answers = Q(item__meeting__body__in=standing.secretary_of) | Q(
            item__meeting__body__region__in=standing.author_regions
        )
        coming = Q(item__meeting__state__in=COMING, item__meeting__starts_at__gt=clock.now())
        for question in _with_item(rows.filter(answers, coming, answered_at__isnull=True)):
            yield _job(question, slugs, f"Beantwoord de vraag van {question.asker}")
    if standing.reads_papers_of:
        seen = rows.filter(asked_by=user.pk, answered_at__isnull=False, seen_at__isnull=True)
        for question in _with_item(seen):
            yield _job(question, slugs, "Lees het antwoord op uw vraag", seen=True)


def _with_item(rows: QuerySet[Question]) -> QuerySet[Question]:
    return rows.select_related(
        "item__meeting__body", "item__version", "asked_by", "membership__user"
    )


def _job(question: Question, slugs: dict[int, str], title: str, *, seen: bool = False) -> Job:
    item, meeting = question.item, question.item.meeting
    name = "item-detail" if seen else "item-answer"
    where = {"region": slugs[meeting.body.region_id], "pk": meeting.pk, "item": item.pk}
    url = reverse(f"governance:{name}", kwargs=where if seen else where | {"question": question.pk})
    about = item.version.subject if item.version else item.title
    return Job(
        meeting.body.region_id,
        title,
        f"{url}#vragen" if seen else url,
        note=f"{about}, {meeting.body} van {short_date(meeting.starts_at)}.",
        due=local_day(meeting.starts_at),
        at=meeting.starts_at,
        subject=("question", question.pk),
    )
