"""Action points: who promised what, before when, and that it comes back until it is done."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import StatusChange
from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import action_points as acts
from governance.domain import meetings
from governance.domain.secrecy import impose_secrecy
from governance.models import ActionPoint
from governance.rules import may, visible_to
from tests import factories as make


def one_refusal(refused) -> tuple[str, str]:
    (refusal,) = refused.value.refusals
    return refusal.field, refusal.reason


def test_walked_from_open_to_done_and_back(cast):
    action = make.action(cast.steering, cast.steering_secretary)
    done = acts.finish_action(action, by=cast.steering_secretary, note="Gebeld op maandag.")
    assert (done.state, done.outcome) == ("done", "Gebeld op maandag.")
    with pytest.raises(Refused, match="Laten vervallen kan niet: de stand is 'afgerond'"):
        acts.drop_action(done, by=cast.steering_secretary, why="Niet meer nodig.")
    again = acts.reopen_action(done, by=cast.steering_secretary, why="Nog één school.")
    assert again.state == "open"
    with pytest.raises(Refused, match="Geef de reden waarom dit actiepunt vervalt"):
        acts.drop_action(again, by=cast.steering_secretary, why=" ")
    trail = StatusChange.of(again).values_list("act", flat=True)
    assert list(trail) == ["reopen", "finish", "action_added"]


def test_an_owner_who_left_is_refused(cast):
    gone = make.member(
        cast.steering, make.user("oud-lid"), valid_until=clock.today() - timedelta(days=1)
    )
    with pytest.raises(Refused) as refused:
        make.action(cast.steering, cast.steering_secretary, owner=gone)
    assert one_refusal(refused) == (
        "owner",
        "oud-lid zit niet meer in Stuurgroep. Kies wie het overneemt.",
    )


def test_an_owner_who_leaves_later_is_named_as_left(cast):
    owner = cast.steering.memberships.get(user=cast.reader)
    action = make.action(cast.steering, cast.steering_secretary, owner=owner)
    assert not action.owner_left()
    owner.valid_until = clock.today()
    owner.save()
    with clock.at(clock.now() + timedelta(days=2)):
        assert ActionPoint.objects.get().owner_left()


def test_a_day_in_the_past_and_a_bsn_are_refused(cast):
    with pytest.raises(Refused) as refused:
        make.action(cast.steering, cast.steering_secretary, due=date(2020, 1, 1))
    assert one_refusal(refused) == (
        "due",
        "Deze dag is al geweest. Kies een dag vanaf vandaag.",
    )
    with pytest.raises(Refused) as refused:
        make.action(cast.steering, cast.steering_secretary, "Bel over bsn 111222333.")
    assert one_refusal(refused)[0] == "text"


def test_somebody_or_an_office_and_not_both(cast):
    owner = cast.steering.memberships.get(user=cast.reader)
    for wrong in ({"owner": owner, "office": "griffier"}, {"owner": None, "office": ""}):
        with pytest.raises(Refused, match="Kies een lid, of noem een functie; niet allebei"):
            make.action(cast.steering, cast.steering_secretary, **wrong)


def test_the_owner_closes_her_own_and_another_member_does_not(cast):
    owner = cast.steering.memberships.get(user=cast.reader)
    action = make.action(cast.steering, cast.steering_secretary, owner=owner)
    assert acts.finish_action(action, by=cast.reader).state == "done"
    other = make.action(cast.steering, cast.steering_secretary)
    with pytest.raises(PermissionDenied, match="Dit kan wie het toezegde, of de secretaris"):
        acts.finish_action(other, by=cast.reader)
    with pytest.raises(PermissionDenied, match="secretaris of de voorzitter"):
        make.action(cast.steering, cast.reader)


def test_two_who_change_the_same_field_get_both_texts(cast):
    action = make.action(cast.steering, cast.steering_secretary, "Bellen.")
    base = {"text": "Bellen.", "due": action.due}
    keep = {"base": base, "base_revision": 1, "by": cast.steering_secretary}
    acts.edit_action(action, {"text": "Mailen."}, **keep)
    acts.edit_action(action, {"due": action.due + timedelta(days=7)}, **keep)
    with pytest.raises(Conflict) as stale:
        acts.edit_action(action, {"text": "Langsgaan."}, **keep)
    assert (stale.value.clashes[0].mine, stale.value.clashes[0].theirs) == (
        "Langsgaan.",
        "Mailen.",
    )


def test_open_ones_come_on_the_next_agenda_once_and_by_themselves(cast):
    make.action(cast.steering, cast.steering_secretary)
    at = make.moment(10)
    planned = meetings.plan_meeting(cast.steering, starts_at=at, by=cast.steering_secretary)
    make.action(cast.steering, cast.steering_secretary, "Nog iets.")
    assert [(i.kind, i.title) for i in planned.items.all()] == [("fixed", "Actiepunten")]
    found = acts.open_action_points(cast.steering, clock.today())
    assert [action.text for action in found] == ["De scholen bellen.", "Nog iets."]
    assert not acts.open_action_points(cast.steering, clock.today() - timedelta(days=1))


def test_what_was_promised_on_a_secret_paper_stays_in_its_circle(cast):
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    step = make.on_agenda(routed.steps.first(), cast.author, make.meeting(cast.steering, 0))
    action = make.action(cast.steering, cast.steering_secretary, item=step.items.get())
    assert action in visible_to(cast.reader, ActionPoint)
    impose_secrecy(
        routed,
        body=cast.team,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team],
        by=cast.author,
    )
    for outside in (cast.reader, cast.steering_secretary):
        assert not visible_to(outside, ActionPoint).exists()
        assert not may(outside, "action.read", action)
    assert action in visible_to(cast.author, ActionPoint)
    owner = cast.steering.memberships.get(user=cast.reader)
    with pytest.raises(Refused, match="lid van de stuurgroep mag dit stuk niet lezen"):
        acts.add_action(
            cast.steering,
            text="Bellen.",
            due=clock.today(),
            owner=owner,
            item=step.items.get(),
            by=None,
        )
