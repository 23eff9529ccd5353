"""Who may do what, as a table: a right per row, and everybody who has it."""

import pytest

from governance.rules import can_write, may
from tests import factories as make

PEOPLE = [
    *("author", "secretary", "aoj_secretary", "steering_secretary", "alderman", "official"),
    *("adviser", "coauthor", "provider", "admin", "reader", "stranger"),
]
HERE = set(PEOPLE) - {"stranger"}
TABLE = [
    ("region.enter", "region", HERE),
    ("region.manage", "region", {"admin"}),
    ("proposal.create", "region", {"author"}),
    ("proposal.read", "concept", {"author", "coauthor"}),
    ("proposal.write", "concept", {"author", "coauthor"}),
    ("proposal.lead", "concept", {"author"}),
    (
        "proposal.read",
        "routed",
        {"author", "secretary", "steering_secretary", "reader"},
    ),
    ("proposal.write", "routed", {"author"}),
    ("proposal.lead", "routed", {"author"}),
    ("step.plan", "step", {"author", "steering_secretary"}),
    ("meeting.plan", "board", {"author", "secretary"}),
    ("meeting.plan", "aoj", {"author", "aoj_secretary"}),
    ("meeting.read", "meeting", {"author", "steering_secretary", "reader"}),
    ("body.keep", "board", {"secretary"}),
    ("body.keep", "steering", {"steering_secretary"}),
    ("body.keep", "team", {"author"}),
]


@pytest.fixture
def things(cast):
    from governance.domain import proposals

    concept = make.proposal(cast.author, cast.team)
    proposals.add_coauthor(concept, cast.coauthor, by=cast.author)
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    step = make.on_agenda(routed.steps.first(), cast.author)
    return {
        **vars(cast),
        "concept": concept,
        "routed": routed,
        "step": step,
        "meeting": step.meeting,
    }


@pytest.mark.parametrize(("act", "thing", "allowed"), TABLE)
def test_who_may(cast, things, act, thing, allowed):
    assert {p for p in PEOPLE if may(getattr(cast, p), act, things[thing])} == allowed


def test_a_right_missing_is_said_in_words(cast, things):
    answer = may(cast.reader, "proposal.lead", things["routed"])
    assert answer.reason == "Dit kan alleen iemand van het programmateam van deze regio."


def test_who_can_write_needs_a_second_factor(cast, things):
    writers = {p for p in PEOPLE if can_write(getattr(cast, p))}
    assert writers == {
        *("author", "secretary", "aoj_secretary", "steering_secretary"),
        *("adviser", "coauthor", "admin", "stranger"),
    }


def test_a_superuser_gets_nothing_over_papers(cast, things):
    root = make.user("installatie", is_superuser=True, is_staff=True)
    for act, thing, _ in TABLE:
        assert not may(root, act, things[thing])
    assert can_write(root)
