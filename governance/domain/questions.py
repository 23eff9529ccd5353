"""Questions about an item, and their answers: asked beforehand, so that a meeting is short."""

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.notices import absolute, notify
from core import clock
from core.models import StatusChange
from core.refusal import Answer, Refusal, require
from core.transitions import locked
from core.versioning import Clash, Conflict
from governance.domain.notes import sits_as
from governance.domain.positions import preparing_answer, when
from governance.domain.texts import refuse_personal_data
from governance.models import AgendaItem, Question
from governance.rules import can_read, demand

LONGEST = 4000


@transaction.atomic
def ask_question(item: AgendaItem, *, text: str, by: User) -> Question:
    """Ask something about an item; everybody who reads it sees question and answer."""
    current = locked(AgendaItem.objects.select_related("meeting__body"), item.pk)
    demand(by, "question.ask", current)
    text = text.strip()
    refuse_personal_data({"text": text})
    require(preparing_answer(current.meeting), _fits(text, "text", "Schrijf uw vraag op."))
    question = Question.objects.create(
        item=current,
        asked_by=by,
        membership=sits_as(by, current.meeting.body),
        text=text,
        asked_at=clock.now(),
    )
    StatusChange.log(question, act="asked", by=by)
    return question


@transaction.atomic
def answer_question(
    question: Question, *, answer: str, by: User, base_revision: int | None = None
) -> Question:
    """Answer a question, or put an answer right; the asker gets a mail that says only that.

    With `base_revision`, an answer that somebody else gave meanwhile raises Conflict.
    """
    rows = Question.objects.select_related("item__meeting__body__region", "asked_by")
    current = locked(rows, question.pk)
    demand(by, "question.answer", current)
    answer = answer.strip()
    refuse_personal_data({"answer": answer})
    require(_fits(answer, "answer", "Schrijf het antwoord op."))
    if answer == current.answer:
        return current
    if base_revision is not None and base_revision != current.revision:
        raise Conflict([Clash("answer", answer, current.answer)], current.revision)
    act = "question_corrected" if current.answer else "question_answered"
    current.answer, current.answered_by, current.answered_at = answer, by, clock.now()
    current.seen_at = None
    current.revision += 1
    current.save()
    StatusChange.log(current, act=act, by=by)
    _tell_asker(current)
    return current


def _fits(text: str, field: str, empty: str) -> Answer:
    if not text:
        return Refusal(empty, field)
    if len(text) > LONGEST:
        return Refusal(f"Dit is te lang: hoogstens {LONGEST} tekens.", field)
    return True


def _tell_asker(question: Question) -> None:
    """No title and no text of the paper: the mail is safe when the paper is secret. Who does not
    read the item any more (she left, or it became secret) is told nothing."""
    if not can_read(question.asked_by, question.item):
        return
    meeting = question.item.meeting
    path = reverse(
        "governance:item-detail",
        args=[meeting.body.region.slug, meeting.pk, question.item_id],
    )
    text = render_to_string(
        "governance/mail/question_answered.txt",
        {
            "body": meeting.body,
            "day": when(meeting.starts_at),
            "link": f"{absolute(path)}#vragen",
        },
    )
    notify(
        question.asked_by,
        key=f"question:{question.pk}:{question.revision}",
        subject="Uw vraag bij een agendapunt is beantwoord",
        text=text.strip(),
    )


def mark_seen(item: AgendaItem, *, by: User) -> None:
    """The asker opened the page with the answer: it no longer waits for her. No history: who reads
    when is nobody's business."""
    own = Question.objects.filter(item=item, asked_by=by, answered_at__isnull=False)
    own.filter(seen_at__isnull=True).update(seen_at=clock.now())
