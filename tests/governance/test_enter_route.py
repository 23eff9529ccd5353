"""A proposal enters its route whole, or says everything that is missing."""

import pytest
from django.core.exceptions import PermissionDenied

from core.refusal import Refused
from governance.domain import layout, proposals, texts
from governance.enums import ProposalKind, ProposalState, Purpose
from tests import factories as make


def reasons(refused) -> list[str]:
    return [refusal.reason for refusal in refused.value.refusals]


def test_entering_freezes_the_version(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    version = proposal.versions.get()
    assert proposal.state == ProposalState.IN_ROUTE
    assert version.frozen_at is not None
    assert version.frozen_by == cast.author


def test_every_reason_comes_at_once(cast):
    proposal = make.proposal(cast.author, cast.team, summary="", points=[])
    with pytest.raises(Refused) as refused:
        proposals.enter_route(proposal, by=cast.author)
    assert reasons(refused) == [
        "Schrijf een samenvatting van hoogstens 200 tekens.",
        "Voeg minstens één beslispunt toe.",
        "Kies eerst een route.",
    ]
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.CONCEPT


@pytest.mark.parametrize(
    ("kind", "points", "purpose", "local", "expected"),
    [
        ("policy", ["Ja?"], Purpose.DECIDE, False, []),
        ("policy", ["Ja?"], Purpose.CONSENT, True, []),
        (
            "policy",
            ["Ja?"],
            Purpose.CONSENT,
            False,
            ["Na instemmen besluit elke gemeente zelf: zet dat aan bij dit voorstel."],
        ),
        (
            "policy",
            ["Ja?"],
            Purpose.ADVISE,
            False,
            ["De route eindigt nog niet in een besluit, of in instemmen."],
        ),
        ("information", [], Purpose.NOTE, False, []),
        (
            "information",
            ["Ja?"],
            Purpose.NOTE,
            False,
            ["Een informatienota heeft geen beslispunten; kies een andere soort."],
        ),
        (
            "information",
            [],
            Purpose.DECIDE,
            False,
            [
                "De route van een informatienota eindigt met kennisnemen.",
                "Over een informatienota besluit niemand; wijzig Bestuur.",
            ],
        ),
    ],
)
def test_how_a_route_ends_follows_from_the_kind(cast, kind, points, purpose, local, expected):
    proposal = make.proposal(
        cast.author, cast.team, kind=kind, points=points, local_decisions=local
    )
    layout.add_step(proposal, body=cast.board, purpose=purpose, by=cast.author)
    assert [r.reason for r in proposals.route_refusals(proposal)] == expected


def test_a_consultation_cannot_be_asked_to_decide_halfway_either(cast):
    proposal = make.proposal(cast.author, cast.team)
    layout.add_step(proposal, body=cast.aoj, purpose=Purpose.DECIDE, by=cast.author)
    layout.add_step(proposal, body=cast.board, purpose=Purpose.DECIDE, by=cast.author)
    with pytest.raises(Refused, match="Ambtelijk overleg kan niet besluiten"):
        proposals.enter_route(proposal, by=cast.author)


def test_a_coauthor_writes_but_does_not_steer(cast):
    proposal = make.proposal(cast.author, cast.team)
    layout.add_step(proposal, body=cast.board, purpose=Purpose.DECIDE, by=cast.author)
    proposals.add_coauthor(proposal, cast.coauthor, by=cast.author)
    texts.add_point(proposal.working, text="Nog een punt.", by=cast.coauthor)
    with pytest.raises(PermissionDenied):
        proposals.enter_route(proposal, by=cast.coauthor)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "wet"}, "Kies de soort van het voorstel."),
        ({"subject": "  "}, "Vul een onderwerp in."),
        ({"summary": "x" * 201}, "De samenvatting telt hoogstens 200 tekens."),
        ({"cost": -1}, "Een bedrag is nul of hoger."),
        ({"subject": "BSN 111222333"}, "Hier lijkt een burgerservicenummer te staan"),
    ],
)
def test_what_cannot_be_stored_is_refused(cast, values, sentence):
    given = {"kind": ProposalKind.POLICY, "subject": "Onderwerp"} | values
    with pytest.raises(Refused) as refused:
        proposals.create_proposal(cast.region, by=cast.author, author_body=cast.team, **given)
    assert sentence in str(refused.value)


def test_nothing_is_cut_off(cast):
    with pytest.raises(Refused) as refused:
        make.proposal(cast.author, cast.team, subject="x" * 201)
    assert refused.value.refusals[0].field == "subject"


def test_withdrawing_takes_the_paper_off_the_agenda(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(proposal.steps.get(), cast.author)
    proposals.change_state(proposal, "withdraw", by=cast.author, why="Er komt een ander plan.")
    step.refresh_from_db()
    assert (step.state, step.meeting) == ("planned", None)
    assert [t.result for t in step.items.all()] == ["held_over"]
