from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.drafts import draft_of, save_draft
from governance.domain import attendance, route
from governance.enums import ProposalState
from governance.models import Decision, RouteStep
from tests import factories as make


@pytest.fixture
def step(cast):
    """On the agenda of the board, in its final version."""
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    return make.on_agenda(proposal.steps.get(), cast.author)


@pytest.fixture
def held(cast, step):
    """An hour after the meeting began, with everybody there."""
    with clock.at(step.meeting.starts_at + timedelta(hours=1)):
        attendance.record_attendance(step.meeting, present=cast.board_members, by=cast.secretary)
        yield step


def url(step):
    slug = step.proposal.region.slug
    return reverse("governance:decision-record", args=[slug, step.proposal.number, step.pk])


def filled(step, **fields):
    """Both points adopted without a vote; `p1_note` is the note of the first point."""
    first, second = step.version.points.all()
    data = {"valid_from": "1 juli 2027", "valid_until": "", "extendable_until": "", "note": ""}
    for point in (first, second):
        data |= {f"point-{point.pk}": "adopted", f"method-{point.pk}": "consensus"}
    for name, value in fields.items():
        place, _, field = name.partition("_")
        data[f"{field}-{(first if place == 'p1' else second).pk}"] = value
    return data


def test_the_secretary_records_point_by_point(client, cast, held):
    client.force_login(cast.secretary)
    assert "3 leden aanwezig" in client.get(url(held)).content.decode()
    amended = {"p1_point": "amended", "p1_amended": "Het plan anders vast te stellen."}
    votes = {"p2_method": "count", "p2_for": "2", "p2_against": "1"}
    data = filled(held, **amended, **votes) | {"note": "Na een goed gesprek."}

    response = client.post(url(held), data)

    decision = Decision.objects.get()
    # They are still meeting: back to the item, from where she goes on.
    item = held.items.get()
    assert response.url == reverse(
        "governance:minutes-item", args=[cast.region.slug, item.meeting.pk, item.pk]
    )
    one, two = decision.points.all()
    assert (one.outcome, one.amended_text) == ("amended", "Het plan anders vast te stellen.")
    assert (two.outcome, two.method, two.votes_for, two.votes_against) == ("adopted", "count", 2, 1)
    assert (decision.note, decision.members_present) == ("Na een goed gesprek.", 3)
    assert decision.valid_from.isoformat() == "2027-07-01"
    held.proposal.refresh_from_db()
    assert held.proposal.state == ProposalState.AMENDED
    made = reverse("governance:decision-detail", args=[cast.region.slug, decision.number])
    assert client.get(url(held)).url == made


def test_the_day_after_one_goes_on_with_the_decision(client, cast, held):
    client.force_login(cast.secretary)
    with clock.at(held.meeting.starts_at + timedelta(days=1)):
        response = client.post(url(held), filled(held))
    made = Decision.objects.get()
    assert response.url == reverse(
        "governance:decision-detail", args=[cast.region.slug, made.number]
    )


def test_all_points_adopted_are_filled_in_at_once_and_stay_hers_to_record(client, cast, held):
    client.force_login(cast.secretary)
    form = client.get(f"{url(held)}?alles=aangenomen").context["form"]
    assert [row.outcome.value() for row in form.points()] == ["adopted", "adopted"]
    assert not Decision.objects.exists()
    plain = client.get(url(held))
    assert [row.outcome.value() for row in plain.context["form"].points()] == [None, None]
    assert "Zet alle punten op aangenomen" in plain.content.decode()


def test_it_holds_from_the_day_of_the_meeting_unless_said_otherwise(client, cast, held):
    client.force_login(cast.secretary)
    form = client.get(url(held)).context["form"]
    assert form.initial["valid_from"] == timezone.localdate(held.meeting.starts_at)


def test_every_reason_why_not_yet_stands_there_with_the_way_out(client, cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
    )
    step = make.on_agenda(proposal.steps.last(), cast.author)
    client.force_login(cast.secretary)
    response = client.get(url(step))
    assert [reason for reason, _ in response.context["refusals"]] == [
        "Ambtelijk overleg heeft dit stuk nog niet behandeld.",
        "De vergadering is nog niet begonnen.",
    ]
    assert not response.context["shows_form"]
    with clock.at(step.meeting.starts_at + timedelta(hours=1)):
        *_, (reason, way) = client.get(url(step)).context["refusals"]
    assert reason == "Leg eerst vast wie er waren."
    assert way.url == reverse(
        "governance:meeting-attendance", args=[cast.region.slug, step.meeting_id]
    )


def test_without_quorum_it_is_held_over(client, cast, step):
    client.force_login(cast.secretary)
    with clock.at(step.meeting.starts_at + timedelta(hours=1)):
        attendance.record_attendance(step.meeting, present=[], by=cast.secretary)
        ((reason, way),) = client.get(url(step)).context["refusals"]
        response = client.post(url(step), filled(step))
    assert reason.startswith("Het quorum is niet gehaald: 0 van 3 leden")
    assert way.label == "Tweede vergadering uitschrijven"
    assert reason in response.context["form"].non_field_errors()
    assert not Decision.objects.exists()


def test_what_cannot_be_true_is_said_at_its_point_and_nothing_is_lost(client, cast, held):
    client.force_login(cast.secretary)
    first, second = held.version.points.all()
    data = filled(held, p1_point="rejected", p1_note="Te duur.", p2_point="amended")
    response = client.post(url(held), data)
    errors = response.context["form"].errors
    assert sorted(errors) == sorted([f"point-{first.pk}", f"point-{second.pk}"])
    assert errors[f"point-{first.pk}"][0].startswith("Beslispunt 1: verwerpen vraagt een stemming")
    assert errors[f"point-{second.pk}"] == ["Geef de nieuwe tekst van beslispunt 2."]
    assert "Te duur." in response.content.decode()
    del data[f"point-{second.pk}"]
    errors = client.post(url(held), data | {"valid_from": "gisteren"}).context["form"].errors
    assert sorted(errors) == sorted([f"point-{second.pk}", "valid_from"])
    assert not Decision.objects.exists()


def test_what_was_being_typed_comes_back_and_goes_after_the_commit(client, cast, held):
    first = held.version.points.first()
    key = f"decision:{held.pk}"
    typed = {f"note-{first.pk}": "Nog niet klaar", "valid_until": "31-12-2028"}
    save_draft(user=cast.secretary, key=key, data=typed, base={}, base_revision=0, serial=1)
    client.force_login(cast.secretary)
    page = client.get(url(held)).content.decode()
    assert "Nog niet klaar" in page
    assert "31-12-2028" in page
    assert f'data-draft-key="{key}"' in page
    client.post(url(held), filled(held))
    assert draft_of(cast.secretary, key) is None


@pytest.mark.parametrize(
    ("who", "code"), [("alderman", 403), ("author", 403), ("provider", 404), ("stranger", 404)]
)
def test_only_the_secretary_records(client, cast, held, who, code):
    client.force_login(getattr(cast, who))
    assert client.get(url(held)).status_code == code
    assert client.post(url(held), filled(held)).status_code == code
    assert RouteStep.objects.get(pk=held.pk).state == "on_agenda"


def test_a_body_that_never_votes_is_not_asked_about_votes(client, cast):
    cast.steering.rules.allows_count = False
    cast.steering.rules.save()
    proposal = make.routed(
        cast.author,
        cast.team,
        (cast.steering, "consent"),
        (cast.board, make.DECIDE),
    )
    step = make.on_agenda(proposal.steps.first(), cast.author)
    client.force_login(cast.steering_secretary)
    with clock.at(step.meeting.starts_at + timedelta(hours=1)):
        members = attendance.sitting_members(step.body, step.meeting)
        attendance.record_attendance(step.meeting, present=members, by=cast.steering_secretary)
        response = client.get(url(step))
        assert not [name for name in response.context["form"].fields if "method" in name]
        client.post(url(step), filled(step))
    assert Decision.objects.get().body == cast.steering
    assert route.waits_for(proposal.steps.last()).done
