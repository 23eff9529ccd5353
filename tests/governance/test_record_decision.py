"""Deciding by the rules of the body. The cases are counted by hand."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from governance.domain import attendance, decisions, proposals
from governance.domain.decisions import PointOutcome, Validity, record_decision
from governance.enums import LegalStatus, RuleBasis
from governance.models import Decision, RouteStep
from tests import factories as make


def a_vote(cast, basis, sitting, present, **rules):
    """One point before a body of so many members, of whom so many came, an hour into it."""
    body = make.body(
        cast.region,
        "Raad",
        legal_status=LegalStatus.ORGAN,
        rules=make.rules(cast.region, basis, **rules),
    )
    make.member(body, cast.secretary, role="secretary")
    members = [make.member(body) for _ in range(sitting)]
    proposal = make.routed(cast.author, cast.team, (body, make.DECIDE), points=["Ja?"])
    meeting = make.meeting(body, 0, starts_at=clock.now() - timedelta(hours=1))
    step = make.on_agenda(proposal.steps.get(), cast.author, meeting)
    attendance.record_attendance(meeting, present=members[:present], by=cast.secretary)
    return step


def decide(step, by, outcome, method="count", votes=(None, None), **fields):
    item = PointOutcome(
        step.version.points.get(),
        outcome,
        method,
        votes_for=votes[0],
        votes_against=votes[1],
        **fields,
    )
    return record_decision(step, [item], validity=Validity(clock.today()), by=by)


HOLD = "Alle punten zijn aangehouden"
# basis, sitting, present, for, against, outcome, part of the refusal (or none)
COUNTED = [
    ("law", 5, 3, 3, 0, "adopted", ""),
    ("law", 5, 3, 2, 1, "adopted", ""),
    ("law", 5, 5, 2, 3, "rejected", ""),
    ("law", 5, 3, 2, 0, "adopted", "niet geldig"),  # 2 of 5 sitting take part: art. 29
    ("law", 4, 3, 2, 0, "adopted", "niet geldig"),  # exactly half is not more than half
    ("law", 4, 3, 2, 1, "adopted", ""),
    ("law", 5, 2, 2, 0, "adopted", "Het quorum is niet gehaald: 2 van 5 leden waren er, 3"),
    ("law", 4, 2, 2, 0, "adopted", "Het quorum is niet gehaald: 2 van 4 leden waren er, 3"),
    ("law", 5, 4, 2, 2, "adopted", "Kies 'aangehouden'"),
    ("law", 5, 4, 2, 2, "rejected", "Kies 'aangehouden'"),
    ("law", 5, 4, 2, 2, "postponed", HOLD),  # the only point: the paper itself is held over
    ("law", 4, 4, 2, 2, "rejected", ""),  # complete meeting: art. 32 lid 5
    ("law", 4, 4, 2, 2, "postponed", "voltallig"),
    ("law", 4, 4, 2, 2, "adopted", "voltallig"),
    ("law", 5, 5, 2, 3, "adopted", "2 voor en 3 tegen past niet bij 'aangenomen'"),
    ("law", 5, 5, 3, 2, "rejected", "3 voor en 2 tegen past niet bij 'verworpen'"),
    ("law", 5, 5, 2, 3, "postponed", "past niet bij 'aangehouden'"),
    ("law", 5, 4, 3, 2, "adopted", "5 stemmen, maar er waren 4 leden"),
    ("law", 5, 5, -1, 6, "rejected", "het aantal voor en tegen"),
    ("law", 5, 5, None, 3, "rejected", "het aantal voor en tegen"),
    ("own", 5, 1, 1, 0, "adopted", ""),  # no quorum, no share of the sitting members
    ("own", 5, 2, 1, 1, "rejected", ""),
    ("own", 5, 2, 1, 1, "postponed", HOLD),
    ("own", 5, 2, 1, 1, "adopted", "Kies 'aangehouden' of 'verworpen'."),
    ("own", 5, 2, 0, 0, "rejected", "er zijn geen stemmen"),
    ("own", 5, 0, 1, 0, "adopted", "Het quorum is niet gehaald: 0 van 5 leden waren er, 1"),
    ("law", 5, 5, 3, 0, "noted", "Kies wat er over beslispunt 1 is besloten"),
]


@pytest.mark.parametrize(
    ("basis", "sitting", "present", "votes_for", "against", "outcome", "refused"), COUNTED
)
def test_counted(cast, basis, sitting, present, votes_for, against, outcome, refused):
    step = a_vote(cast, basis, sitting, present)
    if refused:
        with pytest.raises(Refused) as error:
            decide(step, cast.secretary, outcome, votes=(votes_for, against))
        assert refused in str(error.value)
        assert not Decision.objects.exists()
        return
    decision = decide(step, cast.secretary, outcome, votes=(votes_for, against))
    point = decision.points.get()
    assert (point.outcome, point.votes_for, point.votes_against) == (outcome, votes_for, against)
    assert (decision.members_present, decision.members_total) == (present, sitting)


@pytest.mark.parametrize(
    ("basis", "rules", "outcome", "method", "refused"),
    [
        ("law", {}, "adopted", "consensus", ""),
        ("law", {}, "rejected", "consensus", "verwerpen vraagt een stemming"),
        ("own", {}, "rejected", "consensus", ""),
        ("own", {"allows_count": False}, "adopted", "count", "Raad stemt niet"),
        ("law", {"allows_count": False}, "adopted", "count", ""),  # the law always allows a vote
        ("own", {}, "amended", "consensus", "Geef de nieuwe tekst van beslispunt 1"),
        ("own", {}, "adopted", "loten", "of er is gestemd"),
        ("own", {}, "misschien", "consensus", "Kies wat er over beslispunt 1"),
    ],
)
def test_by_the_rules_of_the_body(cast, basis, rules, outcome, method, refused):
    step = a_vote(cast, basis, 3, 3, **rules)
    if not refused:
        assert decide(step, cast.secretary, outcome, method, (3, 0)).state == "recorded"
        return
    with pytest.raises(Refused, match=refused):
        decide(step, cast.secretary, outcome, method, (3, 0))


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (("adopted", "adopted"), "adopted"),
        (("adopted", "amended"), "amended"),
        (("amended", "rejected"), "partly"),
        (("adopted", "postponed"), "partly"),
        (("rejected", "rejected"), "rejected"),
        (("rejected", "postponed"), "rejected"),
    ],
)
def test_the_proposal_gets_the_state_of_its_points(cast, outcomes, state):
    cast.board.rules = make.rules(cast.region, RuleBasis.OWN)
    cast.board.save()
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(proposal.steps.get(), cast.author)
    items = [
        PointOutcome(point, outcome, amended_text="Anders.")
        for point, outcome in zip(step.version.points.all(), outcomes, strict=True)
    ]
    with clock.at(step.meeting.starts_at):
        attendance.record_attendance(step.meeting, present=cast.board_members, by=cast.secretary)
        record_decision(step, items, validity=Validity(clock.today()), by=cast.secretary)
    proposal.refresh_from_db()
    assert proposal.state == state


def test_points_are_all_decided_and_each_once(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(proposal.steps.get(), cast.author)
    first, _ = step.version.points.all()
    with clock.at(step.meeting.starts_at):
        attendance.record_attendance(step.meeting, present=cast.board_members, by=cast.secretary)
        for items, sentence in [
            ([PointOutcome(first, "adopted")], "Kies wat er over beslispunt 2 is besloten"),
            ([PointOutcome(first, "adopted")] * 2, "tweemaal een besluit"),
        ]:
            with pytest.raises(Refused, match=sentence):
                record_decision(step, items, validity=Validity(clock.today()), by=cast.secretary)


@pytest.mark.parametrize(
    ("until", "extendable", "field"),
    [
        (date(2027, 1, 1), None, "valid_until"),
        (None, date(2029, 1, 1), "extendable_until"),
        (date(2029, 1, 1), date(2028, 1, 1), "extendable_until"),
    ],
)
def test_dates_in_order(cast, until, extendable, field):
    step = a_vote(cast, "law", 3, 3)
    item = PointOutcome(step.version.points.get(), "adopted")
    validity = Validity(date(2028, 1, 1), until, extendable)
    with pytest.raises(Refused) as refused:
        record_decision(step, [item], validity=validity, by=cast.secretary)
    assert [r.field for r in refused.value.refusals] == [field]


def test_only_the_secretary_records_and_only_in_route(cast):
    step = a_vote(cast, "law", 3, 3)
    for person in (cast.author, cast.alderman, cast.steering_secretary, cast.admin, cast.stranger):
        with pytest.raises(PermissionDenied):
            decide(step, person, "adopted", "consensus")
    proposals.change_state(step.proposal, "postpone", by=cast.author, why="Later.")
    with pytest.raises(Refused, match="niet \\(meer\\) in route"):
        decide(step, cast.secretary, "adopted", "consensus")


def test_the_year_of_a_decision_is_dutch(cast):
    step = a_vote(cast, "law", 3, 3)
    step.meeting.starts_at = make.moment(0).replace(year=2026, month=1, day=1, hour=0, minute=30)
    step.meeting.save()
    decision = decide(step, cast.secretary, "adopted", "consensus")
    assert (decision.number, decision.decided_on) == ("2026-001", date(2026, 1, 1))


def test_attendance_is_fixed_once_decided(cast):
    step = a_vote(cast, "law", 3, 3)
    decide(step, cast.secretary, "adopted", "consensus")
    with pytest.raises(Refused, match="de aanwezigheid ligt daarmee vast"):
        attendance.record_attendance(step.meeting, present=[], by=cast.secretary)
    assert [r.reason for r in decisions.can_decide(RouteStep.objects.get(pk=step.pk))] == [
        "Het voorstel is niet (meer) in route."
    ]
