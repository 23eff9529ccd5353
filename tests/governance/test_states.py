"""The full matrix of states: every act from every state, allowed or not, written out."""

import pytest

from governance.domain import (
    action_points,
    ballots,
    decision_lists,
    decisions,
    meetings,
    proposals,
    route,
    written,
)
from governance.enums import (
    ActionState,
    DecisionState,
    ListState,
    MeetingState,
    ProposalState,
    RoundState,
    StepState,
    WrittenState,
)
from governance.models import (
    ActionPoint,
    Decision,
    DecisionList,
    Meeting,
    Proposal,
    RouteStep,
    VoteRound,
    WrittenRound,
)

CLOSED = {"adopted", "amended", "partly", "rejected", "noted"}
PROPOSAL = {
    "concept": {"in_route", "withdrawn"},
    "in_route": {"postponed", "withdrawn", *CLOSED},
    "postponed": {"in_route", "withdrawn"},
    **{state: {"replaced"} for state in CLOSED},
    "withdrawn": set(),
    "replaced": set(),
}
STEP = {
    "planned": {"on_agenda", "skipped"},
    "on_agenda": {"planned", "handled"},
    "handled": set(),
    "skipped": {"planned"},
}
DECISION = {
    "recorded": {"final"},
    "final": {"published", "replaced"},
    "published": {"replaced"},
    "replaced": set(),
}
ROUND = {
    "open": {"closed", "discarded"},
    "closed": {"confirmed", "discarded"},
    "confirmed": set(),
    "discarded": set(),
}
MEETING = {
    "planned": {"published", "held", "cancelled"},
    "published": {"held", "cancelled"},
    "held": {"concluded"},
    "concluded": set(),
    "cancelled": set(),
}

LIST = {"concept": {"published"}, "published": {"adopted"}, "adopted": set()}
ACTION = {"open": {"done", "dropped"}, "done": {"open"}, "dropped": {"open"}}
WRITTEN = {"open": {"decided", "to_meeting"}, "decided": set(), "to_meeting": set()}

ROOMS = [
    (Proposal, ProposalState, proposals.STATES, PROPOSAL),
    (RouteStep, StepState, route.STATES, STEP),
    (Decision, DecisionState, decisions.STATES, DECISION),
    (Meeting, MeetingState, meetings.STATES, MEETING),
    (DecisionList, ListState, decision_lists.STATES, LIST),
    (ActionPoint, ActionState, action_points.STATES, ACTION),
    (WrittenRound, WrittenState, written.STATES, WRITTEN),
    (VoteRound, RoundState, ballots.STATES, ROUND),
]
PAIRS = [
    (model, table, str(before), str(after), after in allowed[before])
    for model, states, table, allowed in ROOMS
    for before in states.values
    for after in states.values
]


@pytest.mark.parametrize(
    ("model", "table", "before", "after", "allowed"),
    PAIRS,
    ids=[f"{model.__name__} {before} to {after}" for model, _, before, after, _ in PAIRS],
)
def test_from_to(model, table, before, after, allowed):
    arrows = [t for t in table.by_name.values() if before in t.sources and t.target == after]
    assert len(arrows) == (1 if allowed else 0)
    for arrow in table.by_name.values():
        if before not in arrow.sources:
            answer = table.answer(model(state=before), arrow.name)
            label = dict(model._meta.get_field("state").choices)[before].lower()
            assert answer.reason == f"{arrow.label} kan niet: de stand is '{label}'."


@pytest.mark.parametrize(("model", "states", "table", "allowed"), ROOMS)
def test_the_matrix_names_every_state(model, states, table, allowed):
    assert set(allowed) == set(states.values)
