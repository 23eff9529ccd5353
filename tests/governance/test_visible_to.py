"""Everybody of the cast against everything in a small world: lists and single rights agree."""

import pytest

from core import clock
from governance.domain import decisions, proposals, texts
from governance.domain.secrecy import impose_secrecy
from governance.models import Attachment, Decision, Meeting, Proposal, ProposalVersion
from governance.rules import may, visible_to
from tests import factories as make

PEOPLE = [
    *("author", "secretary", "aoj_secretary", "steering_secretary", "alderman", "official"),
    *("adviser", "coauthor", "provider", "admin", "reader", "stranger"),
]
TEAM = {"author"}
BOARD = {"author", "secretary", "alderman", "adviser"}
STEERING = {"author", "steering_secretary", "reader"}
REGION = set(PEOPLE) - {"stranger", "coauthor"}


@pytest.fixture
def world(cast):
    """Names to objects. Four papers: written, on its way, published, and secret to the board."""
    things = {}
    concept = make.proposal(cast.author, cast.team)
    proposals.add_coauthor(concept, cast.coauthor, by=cast.author)
    things |= {"concept": concept, "concept v1": concept.working}

    routed = make.proposal(cast.author, cast.team)
    secret_file = texts.add_attachment(
        routed.working, make.stored_file(), title="Prijzen", by=cast.author
    )
    for body, purpose in [(cast.steering, make.ADVISE), (cast.board, make.DECIDE)]:
        make.layout.add_step(routed, body=body, purpose=purpose, by=cast.author)
    proposals.enter_route(routed, by=cast.author)
    step = make.on_agenda(routed.steps.first(), cast.author)
    secrecy(secret_file, cast, [cast.team])
    draft = texts.working_version(routed, by=cast.author)
    things |= {"routed": routed, "routed v1": step.version, "routed v2": draft}
    things |= {"prices v1": secret_file, "prices v2": draft.attachments.get()}
    things |= {"steering meeting": step.meeting}

    public = make.routed(
        cast.author, cast.team, (cast.steering, make.DISCUSS), (cast.board, make.DECIDE)
    )
    first, last = public.steps.all()
    first = make.on_agenda(first, cast.author, make.meeting(cast.steering, 1))
    make.handled(first, cast.steering_secretary)
    texts.working_version(public, by=cast.author)
    last = make.on_agenda(last, cast.author, make.meeting(cast.board, 2))
    decision = make.decided(last, cast.secretary)
    decisions.finalise_decision(decision, by=cast.secretary)
    decision = decisions.publish_decision(decision, by=cast.secretary)
    things |= {"public": public, "public v1": first.version, "public v2": last.version}
    things |= {"published decision": decision}

    secret = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(secret.steps.get(), cast.author, make.meeting(cast.board, 3))
    recorded = make.decided(step, cast.secretary)
    secrecy(secret, cast, [cast.team, cast.board])
    things |= {"secret": secret, "secret v1": step.version, "secret decision": recorded}
    things |= {"board meeting": step.meeting}
    return things


def secrecy(target, cast, circle):
    impose_secrecy(
        target,
        body=cast.team,
        ground="Privacy.",
        imposed_on=clock.today(),
        circle_bodies=circle,
        by=cast.author,
    )


EXPECTED = {
    "concept": {"author", "coauthor"},
    "concept v1": {"author", "coauthor"},
    "routed": STEERING | {"secretary"},
    "routed v1": STEERING | {"secretary"},
    "routed v2": TEAM,
    "prices v1": TEAM,
    "prices v2": TEAM,
    "steering meeting": STEERING,
    "public": REGION | {"coauthor"},
    "public v1": STEERING | BOARD,
    "public v2": REGION | {"coauthor"},
    "published decision": REGION | {"coauthor"},
    "secret": {"author", "secretary", "alderman"},
    "secret v1": {"author", "secretary", "alderman"},
    "secret decision": {"author", "secretary", "alderman"},
    "board meeting": BOARD,
}
ACTS = {
    Proposal: "proposal.read",
    Attachment: "attachment.read",
    Decision: "decision.read",
    Meeting: "meeting.read",
}


def test_who_sees_what(cast, world):
    seen = {
        name: {p for p in PEOPLE if visible_to(getattr(cast, p), type(o)).filter(pk=o.pk).exists()}
        for name, o in world.items()
    }
    assert seen == EXPECTED


def test_lists_and_single_rights_agree(cast, world):
    for model, act in ACTS.items():
        for name in PEOPLE:
            person = getattr(cast, name)
            allowed = {row.pk for row in model.objects.all() if may(person, act, row)}
            assert allowed == set(visible_to(person, model).values_list("pk", flat=True))


def test_lists_have_no_doubles_and_nobody_sees_nothing(cast, world):
    from django.contrib.auth.models import AnonymousUser

    for model in (*ACTS, ProposalVersion):
        rows = list(visible_to(cast.author, model))
        assert len(rows) == len(set(rows))
        assert list(visible_to(AnonymousUser(), model)) == []


def test_an_account_that_is_closed_sees_nothing(cast, world):
    cast.author.is_active = False
    assert list(visible_to(cast.author, Proposal)) == []
