"""The pages of the decision list and of the written round."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from governance.domain import decision_lists
from governance.domain.minutes import settle_item
from governance.models import DecisionList, WrittenRound
from tests import factories as make


@pytest.fixture
def meeting(cast):
    """The steering group yesterday, with a point of its own; the secretary noted who was there."""
    meeting = make.meeting(cast.steering, starts_at=clock.now() - timedelta(days=1))
    make.point(meeting, "Rondvraag")
    return make.held(meeting, cast.steering_secretary)


def url(cast, name, *args):
    return reverse(f"governance:{name}", args=[cast.region.slug, *args])


def test_the_page_says_what_is_missing_then_makes_publishes_and_concludes(client, cast, meeting):
    client.force_login(cast.steering_secretary)
    address = url(cast, "list-detail", meeting.pk)
    assert "1 agendapunt heeft nog geen uitkomst." in client.get(address).content.decode()
    page = client.get(url(cast, "meeting-detail", meeting.pk)).content.decode()
    assert "1 agendapunt heeft nog geen uitkomst." in page
    settle_item(meeting.items.get(), "handled", by=cast.steering_secretary)
    client.post(url(cast, "list-make", meeting.pk))
    note = client.get(address).context["note"]
    assert note.startswith("Publiceren uiterlijk ")
    said = client.post(url(cast, "list-publish", meeting.pk), follow=True).content.decode()
    assert "De besluitenlijst is als concept gepubliceerd." in said
    client.post(url(cast, "meeting-conclude", meeting.pk))
    meeting.refresh_from_db()
    assert meeting.state == "concluded"
    said = client.post(url(cast, "list-adopt", meeting.pk), follow=True).content.decode()
    assert "Er is nog geen latere vergadering geweest." in said


def test_adopted_in_a_later_meeting_with_what_was_corrected(client, cast, meeting):
    row = make.listed(meeting, cast.steering_secretary)
    decision_lists.publish_list(row, by=cast.steering_secretary)
    later = make.meeting(cast.steering, starts_at=clock.now() - timedelta(hours=1))
    client.force_login(cast.steering_secretary)
    sent = {"meeting": later.pk, "corrections": "Punt 1: lees ‘mei’."}
    client.post(url(cast, "list-adopt", meeting.pk), sent)
    client.force_login(cast.reader)
    page = client.get(url(cast, "list-detail", meeting.pk)).content.decode()
    assert "Punt 1: lees ‘mei’." in page
    assert "Vastgesteld in de vergadering van" in page


def test_a_member_sees_it_once_published_and_publishes_nothing(client, cast, meeting):
    row = make.listed(meeting, cast.steering_secretary)
    client.force_login(cast.reader)
    address = url(cast, "list-detail", meeting.pk)
    assert client.get(address).status_code == 404
    decision_lists.publish_list(row, by=cast.steering_secretary)
    assert client.get(address).status_code == 200
    for act in ("make", "publish", "adopt"):
        assert client.post(url(cast, f"list-{act}", meeting.pk)).status_code == 403
    assert DecisionList.objects.get().state == "published"


def test_a_round_is_opened_answered_and_closed_on_its_pages(client, cast):
    rules = make.rules(cast.region, written_round=True)
    body = make.body(cast.region, "PHO", rules=rules)
    make.member(body, cast.steering_secretary, role="secretary")
    member = make.member(body, cast.alderman)
    routed = make.routed(cast.author, cast.team, (body, "consent"), local_decisions=True)
    step = routed.steps.get()
    client.force_login(cast.steering_secretary)
    day = clock.today() + timedelta(days=5)
    sent = {"reason": "De subsidie sluit.", "closes_on": day.isoformat()}
    client.post(url(cast, "round-new", routed.number, step.pk), sent)
    round_ = WrittenRound.objects.get()
    address = url(cast, "round-detail", round_.pk)
    assert client.get(address).context["why_not"].startswith("1 van de 1 leden kunnen nog")
    assert client.post(address, {"answer": "agree"}).status_code == 403
    client.force_login(member.user)
    page = client.post(address, {"answer": "disagree", "note": ""})
    assert page.context["form"].errors["note"] == ["Zeg erbij waarom."]
    client.post(address, {"answer": "agree", "note": ""})
    assert client.post(url(cast, "round-close", round_.pk)).status_code == 403
    client.force_login(cast.steering_secretary)
    said = client.post(url(cast, "round-close", round_.pk), follow=True).content.decode()
    assert "aangenomen, 1 akkoord en 0 niet akkoord." in said


def test_a_round_that_cannot_be_says_why(client, cast):
    routed = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    client.force_login(cast.secretary)
    address = url(cast, "round-new", routed.number, routed.steps.get().pk)
    said = client.get(address, follow=True).content.decode()
    assert "Bestuur besluit volgens de wet, en die kent geen schriftelijke ronde." in said


def test_passing_a_stop_by_with_urgency(client, cast):
    cast.board.rules.urgent_route = True
    cast.board.rules.save()
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    step = routed.steps.first()
    client.force_login(cast.secretary)
    client.post(url(cast, "step-urgent", routed.number, step.pk), {"why": "De subsidie sluit."})
    step.refresh_from_db()
    assert (step.state, step.urgent) == ("skipped", True)
    client.force_login(cast.author)
    assert client.get(url(cast, "step-urgent", routed.number, step.pk)).status_code == 403
