"""Deciding in writing, where a body's own rules know it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.refusal import Refused
from governance.domain import decisions, meetings, written
from governance.enums import RuleBasis
from governance.models import Decision, Meeting
from tests import factories as make


@pytest.fixture
def body(cast):
    """A portfolio holders' consultation of three, which may decide in writing."""
    rules = make.rules(cast.region, written_round=True, source="reglement, artikel 7")
    body = make.body(cast.region, "PHO", rules=rules)
    make.member(body, cast.steering_secretary, role="secretary")
    for home in ("Aardam", "Beekzicht", "Cotten"):
        make.member(body, make.user(f"wethouder jeugd {home}"))
    return body


@pytest.fixture
def step(cast, body):
    return make.routed(cast.author, cast.team, (body, "consent"), local_decisions=True).steps.get()


def members(body):
    return list(body.memberships.filter(has_vote=True).order_by("pk"))


def opened(step, by, days=5, reason="De subsidie sluit volgende week."):
    return written.open_round(
        step, reason=reason, closes_on=clock.today() + timedelta(days=days), by=by
    )


def answer(round_, member, kind="agree", note="Want."):
    return written.answer_round(round_, member, answer=kind, note=note, by=member.user)


def why(step):
    return [refusal.reason for refusal in written.open_answer(step)]


def test_the_answers_decide_and_the_next_meeting_hears_it(cast, body, step):
    round_ = opened(step, cast.steering_secretary)
    for member, kind in zip(members(body), ("agree", "agree", "disagree"), strict=True):
        answer(round_, member, kind)
    done = written.close_round(round_, by=cast.steering_secretary)
    decision = Decision.objects.get()
    point = decision.points.first()
    assert (point.outcome, point.method, point.votes_for, point.votes_against) == (
        *("adopted", "written"),
        *(2, 1),
    )
    assert (decision.members_present, decision.members_total) == (3, 3)
    assert done.outcome == f"Besluit {decision.number}: aangenomen, 2 akkoord en 1 niet akkoord."
    assert decision.meeting.state == "concluded"
    assert str(decision.meeting).startswith("PHO, schriftelijke ronde van ")
    later = meetings.plan_meeting(body, starts_at=make.moment(20), by=cast.steering_secretary)
    (report,) = later.items.all()
    assert report.title.startswith("Schriftelijke ronde van ")
    assert report.text == (
        f"{step.proposal}. {done.outcome} Reden van de ronde: De subsidie sluit volgende week."
    )
    assert decisions.finalise_decision(decision, by=cast.steering_secretary).state == "final"


def test_one_who_wants_to_discuss_ends_the_round(cast, body, step):
    round_ = opened(step, cast.steering_secretary)
    answer(round_, members(body)[0])
    answer(round_, members(body)[1], "discuss", "De kosten zijn onduidelijk.")
    round_.refresh_from_db()
    step.refresh_from_db()
    assert (round_.state, step.state, step.meeting) == ("to_meeting", "planned", None)
    assert round_.outcome == (
        "Naar de vergadering. wethouder jeugd Beekzicht wil het bespreken: "
        "De kosten zijn onduidelijk."
    )
    assert Meeting.objects.get(form="written").state == "cancelled"
    with pytest.raises(Refused, match=r"Deze ronde is gesloten\."):
        answer(round_, members(body)[2])


def test_the_law_knows_no_written_round_and_own_rules_only_when_set(cast, body):
    routed = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    assert why(routed.steps.get()) == [
        "Bestuur besluit volgens de wet, en die kent geen schriftelijke ronde. "
        "Plan een vergadering."
    ]
    body.rules.written_round = False
    body.rules.save()
    plain = make.routed(cast.author, cast.team, (body, "consent"), local_decisions=True).steps.get()
    assert why(plain) == [
        "De besluitregels van PHO kennen geen schriftelijke ronde. Plan een vergadering, of laat "
        "de regiobeheerder de regels aanpassen."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        make.rules(cast.region, RuleBasis.LAW, written_round=True)


def test_advice_does_not_go_in_writing_and_waiting_advice_holds_it_up(cast, body):
    routed = make.routed(
        cast.author, cast.team, (cast.aoj, make.ADVISE), (body, "consent"), local_decisions=True
    )
    first, last = routed.steps.all()
    assert why(first) == ["Schriftelijk wordt alleen besloten of ingestemd, niet geadviseerd."]
    assert why(last) == ["Ambtelijk overleg heeft dit stuk nog niet behandeld."]


def test_reason_and_a_day_to_come_are_asked_and_only_the_secretary_opens(cast, step):
    with pytest.raises(Refused) as refused:
        opened(step, cast.steering_secretary, days=0, reason=" ")
    assert refused.value.as_errors() == {
        "reason": ["Geef de reden van de schriftelijke ronde."],
        "closes_on": ["Kies een dag na vandaag: leden hebben tijd nodig."],
    }
    with pytest.raises(PermissionDenied, match="alleen de secretaris"):
        opened(step, cast.author)


def test_it_closes_when_all_answered_or_after_the_day_with_a_quorum(cast, body, step):
    body.rules.quorum = "more_than_half"
    body.rules.save()
    round_ = opened(step, cast.steering_secretary)
    answer(round_, members(body)[0])
    with pytest.raises(Refused, match="2 van de 3 leden kunnen nog antwoorden, tot en met "):
        written.close_round(round_, by=cast.steering_secretary)
    with clock.at(clock.now() + timedelta(days=6)):
        with pytest.raises(Refused, match="Er zijn 1 antwoorden en 2 zijn nodig"):
            written.close_round(round_, by=cast.steering_secretary)
        with pytest.raises(Refused, match="Antwoorden kon tot en met "):
            answer(round_, members(body)[1])
        stopped = written.stop_round(round_, why="Te weinig tijd.", by=cast.steering_secretary)
    assert stopped.outcome == "Naar de vergadering. Te weinig tijd."


def test_a_tie_and_a_body_that_never_votes_go_to_a_meeting(cast, body, step):
    round_ = opened(step, cast.steering_secretary)
    body.memberships.filter(pk=members(body)[2].pk).delete()
    for member, kind in zip(members(body), ("agree", "disagree"), strict=True):
        answer(round_, member, kind)
    assert written.close_answer(round_).reason == (
        "De stemmen staken. Breng het stuk naar een vergadering."
    )
    make.member(body)
    answer(round_, members(body)[2])
    body.rules.allows_count = False
    body.rules.save()
    round_.refresh_from_db()
    assert written.close_answer(written.WrittenRound.objects.get()).reason == (
        "PHO stemt niet, en niet iedereen is akkoord. Breng het stuk naar een vergadering."
    )


def test_a_member_answers_for_herself_and_says_why_she_is_against(cast, body, step):
    round_ = opened(step, cast.steering_secretary)
    first, second, _ = members(body)
    with pytest.raises(Refused, match=r"U antwoordt alleen voor uzelf\."):
        written.answer_round(round_, first, answer="agree", by=second.user)
    with pytest.raises(Refused, match=r"Zeg erbij waarom\."):
        answer(round_, first, "disagree", " ")
    answer(round_, first, "disagree", "Te duur.")
    answer(round_, first, "agree", "Toch wel.")
    assert [row.answer for row in round_.answers.all()] == ["agree"]
