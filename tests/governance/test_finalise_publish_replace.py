"""What becomes of a decision: final, published, replaced."""

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from governance.domain import decisions
from governance.domain.secrecy import impose_secrecy
from governance.models import Decision
from governance.rules import may
from tests import factories as make


def decided(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    at = make.moment(7, minute=Decision.objects.count())
    meeting = make.meeting(cast.board, starts_at=at)
    return make.decided(make.on_agenda(proposal.steps.get(), cast.author, meeting), cast.secretary)


def final(cast):
    return decisions.finalise_decision(decided(cast), by=cast.secretary)


def published(cast):
    return decisions.publish_decision(final(cast), by=cast.secretary)


def test_final_then_published_for_everybody_in_the_region(cast):
    decision = final(cast)
    assert not may(cast.official, "decision.read", decision)
    decision = decisions.publish_decision(decision, by=cast.secretary)
    assert (decision.state, decision.published_at is not None) == ("published", True)
    assert may(cast.official, "decision.read", decision)
    assert not may(cast.stranger, "decision.read", decision)


def test_the_order_is_held(cast):
    decision = decided(cast)
    with pytest.raises(Refused, match="Publiceren kan niet: de stand is 'vastgelegd'"):
        decisions.publish_decision(decision, by=cast.secretary)
    decisions.finalise_decision(decision, by=cast.secretary)
    with pytest.raises(Refused, match="Definitief maken kan niet: de stand is 'definitief'"):
        decisions.finalise_decision(decision, by=cast.secretary)


def test_only_its_secretary(cast):
    decision = decided(cast)
    for person in (cast.author, cast.aoj_secretary, cast.alderman, cast.admin, cast.stranger):
        with pytest.raises(PermissionDenied):
            decisions.finalise_decision(decision, by=person)


def test_secrecy_holds_publication(cast):
    decision = final(cast)
    impose_secrecy(
        decision,
        body=cast.board,
        ground="Privacy.",
        imposed_on=clock.today(),
        circle_bodies=[cast.board],
        by=cast.secretary,
    )
    with pytest.raises(Refused, match="rust geheimhouding; hef die eerst op"):
        decisions.publish_decision(decision, by=cast.secretary)


def test_replaced_keeps_what_was_public_and_replaces_the_proposal(cast):
    old, new = published(cast), final(cast)
    decisions.replace_decision(old, new, by=cast.secretary)
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == ("replaced", new)
    assert (old.proposal.state, old.proposal.replaced_by) == ("replaced", new.proposal)
    assert may(cast.official, "decision.read", old)


def test_replaced_before_it_was_public_stays_so(cast):
    old, new = final(cast), final(cast)
    decisions.replace_decision(old, new, by=cast.secretary)
    assert not may(cast.official, "decision.read", Decision.objects.get(pk=old.pk))


def test_what_cannot_replace(cast):
    old = final(cast)
    for new, sentence in [
        (old, "Kies een ander besluit van deze regio"),
        (decided(cast), "Kies een besluit dat definitief is en geldt"),
    ]:
        with pytest.raises(Refused, match=sentence):
            decisions.replace_decision(old, new, by=cast.secretary)
    second, third = final(cast), final(cast)
    decisions.replace_decision(second, third, by=cast.secretary)
    with pytest.raises(Refused, match="dat definitief is en geldt"):
        decisions.replace_decision(third, Decision.objects.get(pk=second.pk), by=cast.secretary)
