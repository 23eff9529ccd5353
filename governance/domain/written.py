"""A written round: what a body decides between two meetings, by its own rules only.

Gemeentewet and Wgr know no written round: a body that decides by law cannot have one.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain import attendance, decisions, meetings, route
from governance.domain.electorate import weight_of
from governance.domain.next_agenda import place_waiting
from governance.domain.texts import refuse_personal_data
from governance.domain.voting import PointOutcome
from governance.enums import (
    MeetingForm,
    MeetingState,
    Method,
    Outcome,
    ProposalState,
    RoundAnswerKind,
    StepState,
    WrittenState,
)
from governance.models import Meeting, Membership, RoundAnswer, RouteStep, WrittenRound
from governance.rules import demand

STATES: TransitionTable[WrittenRound] = TransitionTable(
    [
        Transition("decide", ("open",), "decided", "Sluiten en besluit vastleggen"),
        Transition("to_meeting", ("open",), "to_meeting", "Naar de vergadering"),
    ]
)


@dataclass(frozen=True)
class Tally:
    """The answers of a round: persons, and votes where votes have weight."""

    answered: int
    members: int
    needed: int
    agree: int
    disagree: int
    discuss: int
    unknown_weight: bool = False

    @property
    def quorum(self) -> bool:
        return self.answered >= self.needed


def open_answer(step: RouteStep) -> list[Refusal]:
    """Every reason why this stop cannot be dealt with in writing, with the way out."""
    body = step.body
    if step.purpose not in route.CONCLUDING:
        return [Refusal("Schriftelijk wordt alleen besloten of ingestemd, niet geadviseerd.")]
    if step.proposal.state != ProposalState.IN_ROUTE:
        return [Refusal("Het voorstel is niet (meer) in route.")]
    if step.state != StepState.PLANNED:
        return [Refusal("Het stuk staat op een agenda of is al behandeld. Houd het eerst aan.")]
    answers: list[Answer] = []
    if body.rules.by_law:
        answers.append(
            Refusal(
                f"{body} besluit volgens de wet, en die kent geen schriftelijke ronde. "
                "Plan een vergadering."
            )
        )
    elif not body.rules.written_round:
        answers.append(
            Refusal(
                f"De besluitregels van {body} kennen geen schriftelijke ronde. Plan een "
                "vergadering, of laat de regiobeheerder de regels aanpassen."
            )
        )
    answers.append(route.final_version_answer(step))
    return [answer for answer in answers if isinstance(answer, Refusal)]


@transaction.atomic
def open_round(step: RouteStep, *, reason: str, closes_on: date, by: User | None) -> WrittenRound:
    """Put a paper to the members in writing. The text is fixed as for an agenda.

    Refuses where the rules of the body do not allow it, while advice is awaited, without a reason,
    and a last day that is not to come.
    """
    current = route.locked_step(step)
    demand(by, "body.keep", current.body)
    demand(by, "proposal.read", current.proposal)
    refuse_personal_data({"reason": reason})
    require(
        *open_answer(current),
        True if reason.strip() else Refusal("Geef de reden van de schriftelijke ronde.", "reason"),
        True
        if closes_on > clock.today()
        else Refusal("Kies een dag na vandaag: leden hebben tijd nodig.", "closes_on"),
    )
    body = current.body
    meeting = Meeting.objects.create(
        body=body,
        starts_at=clock.now(),
        form=MeetingForm.WRITTEN,
        place="schriftelijk",
        state=MeetingState.PUBLISHED,
    )
    if not attendance.sitting_members(body, meeting):
        raise Refused(Refusal(f"{body} heeft geen leden met stemrecht."))
    StatusChange.log(meeting, act="round_opened", by=by, why=reason.strip())
    # By the right of who keeps the agenda: checked above.
    route.plan_step(current, meeting, by=None)
    route.put_on_agenda(current, by=None)
    return WrittenRound.objects.create(
        meeting=meeting,
        step=current,
        reason=reason.strip(),
        right=f"{body.rules.name}{f' ({body.rules.source})' if body.rules.source else ''}",
        closes_on=closes_on,
        opened_by=by,
    )


def memberships_of(round_: WrittenRound, user: User) -> list[Membership]:
    """For which members this person answers: her own place, or the one she replaces."""
    return [row for row in voters(round_) if row.user_id == user.pk]


def voters(round_: WrittenRound) -> list[Membership]:
    """Sitting members who need not abstain: a recusal holds in writing as it does in a meeting."""
    out = set(round_.step.recusals.values_list("membership", flat=True))
    sitting = attendance.sitting_members(round_.meeting.body, round_.meeting)
    return [member for member in sitting if member.pk not in out]


@transaction.atomic
def answer_round(
    round_: WrittenRound, membership: Membership, *, answer: str, by: User | None, note: str = ""
) -> RoundAnswer:
    """The answer of one member, until the last day. Who wants to discuss it says why; the paper
    then goes to a meeting."""
    current = _locked(round_)
    if by is not None and membership.user_id != by.pk:
        raise Refused(Refusal("U antwoordt alleen voor uzelf."))
    demand(by, "proposal.read", current.step.proposal)
    refuse_personal_data({"note": note})
    if current.state != WrittenState.OPEN:
        raise Refused(Refusal("Deze ronde is gesloten."))
    if clock.today() > current.closes_on:
        raise Refused(Refusal(f"Antwoorden kon tot en met {long_date(current.closes_on)}."))
    if membership.pk not in {row.pk for row in voters(current)}:
        raise Refused(Refusal(f"{membership.shown_as} heeft hier geen stem."))
    if answer not in RoundAnswerKind.values:
        raise Refused(Refusal("Kies akkoord, niet akkoord of bespreken.", "answer"))
    if answer != RoundAnswerKind.AGREE and not note.strip():
        raise Refused(Refusal("Zeg erbij waarom.", "note"))
    row, _ = RoundAnswer.objects.update_or_create(
        round=current,
        membership=membership,
        defaults={"answer": answer, "note": note.strip(), "answered_at": clock.now()},
    )
    if answer == RoundAnswerKind.DISCUSS:
        _to_meeting(current, f"{membership.shown_as} wil het bespreken: {note.strip()}", by)
    return row


def tally(round_: WrittenRound) -> Tally:
    """Count the answers. Quorum is who answered, by persons; weights count where the rules say."""
    sitting = voters(round_)
    rules = round_.meeting.body.rules
    rows = list(round_.answers.select_related("membership__seat", "membership__user"))
    weights = [weight_of(row.membership) if rules.weighted else 1 for row in rows]
    votes: Counter[str] = Counter()
    for row, weight in zip(rows, weights, strict=True):
        votes[row.answer] += weight or 0
    quorum = attendance.count_quorum(round_.meeting)
    return Tally(
        answered=len({row.membership.user_id for row in rows}),
        members=len({row.user_id for row in sitting}),
        needed=quorum.needed,
        agree=votes[RoundAnswerKind.AGREE],
        disagree=votes[RoundAnswerKind.DISAGREE],
        discuss=votes[RoundAnswerKind.DISCUSS],
        unknown_weight=None in weights,
    )


def close_answer(round_: WrittenRound) -> Answer:
    """Whether the round can be closed with a decision now; if not, what to do."""
    if round_.state != WrittenState.OPEN:
        return Refusal("Deze ronde is gesloten.")
    count = tally(round_)
    if clock.today() <= round_.closes_on and count.answered < count.members:
        return Refusal(
            f"{count.members - count.answered} van de {count.members} leden kunnen nog antwoorden, "
            f"tot en met {long_date(round_.closes_on)}."
        )
    if not count.quorum:
        return Refusal(
            f"Er zijn {count.answered} antwoorden en {count.needed} zijn nodig. "
            "Breng het stuk naar een vergadering."
        )
    if count.unknown_weight:
        return Refusal("Van een zetel is het aantal stemmen nog niet ingevoerd.")
    if count.agree == count.disagree:
        return Refusal("De stemmen staken. Breng het stuk naar een vergadering.")
    if count.disagree and not round_.meeting.body.rules.may_vote:
        return Refusal(
            f"{round_.meeting.body} stemt niet, en niet iedereen is akkoord. "
            "Breng het stuk naar een vergadering."
        )
    return True


@transaction.atomic
def close_round(round_: WrittenRound, *, by: User | None, example: bool = False) -> WrittenRound:
    """Close the round: who answered was there, and the decision follows from the answers."""
    current = _locked(round_)
    demand(by, "body.keep", current.meeting.body)
    require(close_answer(current))
    count, meeting = tally(current), current.meeting
    answered = [row.membership for row in current.answers.select_related("membership")]
    attendance.record_attendance(meeting, present=answered, by=by)
    step = RouteStep.objects.get(pk=current.step_id)
    adopted = count.agree > count.disagree
    if step.version is None:
        raise ValueError("a stop on the agenda has a version")
    decision = decisions.record_decision(
        step,
        [
            PointOutcome(
                point,
                Outcome.ADOPTED if adopted else Outcome.REJECTED,
                method=Method.WRITTEN,
                votes_for=count.agree,
                votes_against=count.disagree,
            )
            for point in step.version.points.all()
        ],
        validity=decisions.Validity(clock.today()),
        by=by,
        example=example,
    )
    current.outcome = (
        f"Besluit {decision.number}: {'aangenomen' if adopted else 'verworpen'}, "
        f"{count.agree} akkoord en {count.disagree} niet akkoord."
    )
    STATES.carry_out(current, "decide", by=by, why=current.outcome)
    meeting.refresh_from_db()
    meetings.STATES.carry_out(meeting, "conclude", by=by)
    place_waiting(meeting.body)
    return current


@transaction.atomic
def stop_round(round_: WrittenRound, *, why: str, by: User | None) -> WrittenRound:
    """Bring the paper to a meeting after all, with the reason; nothing was decided."""
    current = _locked(round_)
    demand(by, "body.keep", current.meeting.body)
    refuse_personal_data({"why": why})
    if not why.strip():
        raise Refused(Refusal("Geef de reden.", "why"))
    _to_meeting(current, why.strip(), by)
    return current


def _to_meeting(current: WrittenRound, why: str, by: User | None) -> None:
    current.outcome = f"Naar de vergadering. {why}"
    STATES.carry_out(current, "to_meeting", by=by, why=why)
    route.take_off_agenda(route.locked_step(current.step), by=by, why=why)
    meeting = locked(Meeting.objects.select_related("body"), current.meeting_id)
    meetings.STATES.carry_out(meeting, "cancel", by=by, why=why)
    place_waiting(meeting.body)


def _locked(round_: WrittenRound) -> WrittenRound:
    route.locked_step(round_.step)
    return locked(
        WrittenRound.objects.select_related("meeting__body__rules", "step__proposal__region"),
        round_.pk,
    )
