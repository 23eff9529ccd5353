"""The page of a meeting in progress: one item, its record, advice, action points and outcome."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.drafts import may_write
from core.formats import local_day
from governance.domain.secrecy import impose_secrecy
from governance.models import ActionPoint, AdvicePoint, ItemRecord
from tests import factories as make


@pytest.fixture
def meeting(cast):
    return make.meeting(cast.steering, starts_at=clock.now() - timedelta(hours=1))


@pytest.fixture
def paper(cast, meeting):
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    return make.on_agenda(routed.steps.first(), cast.author, meeting).items.get()


def url(item, name="minutes-item"):
    body = item.meeting.body
    return reverse(f"governance:{name}", args=[body.region.slug, item.meeting.pk, item.pk])


def test_it_begins_at_the_first_item_that_waits(client, cast, meeting, paper):
    first = make.point(meeting, "Opening", result="handled")
    first.order = 0
    first.save()
    client.force_login(cast.steering_secretary)
    start = reverse("governance:meeting-minutes", args=[cast.region.slug, meeting.pk])
    assert client.get(start).url == url(paper)
    page = client.get(url(first))
    assert [(place.title, place.result) for place in page.context["places"]] == [
        ("Opening", "Behandeld"),
        ("Meer hulp dichtbij huis", "Nog te behandelen"),
    ]


def test_the_button_saves_without_script(client, cast, meeting):
    item = make.point(meeting)
    client.force_login(cast.steering_secretary)
    typed = {"discussed": "Kort besproken.", "conclusion": "Akkoord.", "base-revision": "0"}
    response = client.post(url(item), typed, follow=True)
    assert "Het verslag is opgeslagen." in response.content.decode()
    record = ItemRecord.objects.get()
    assert (record.discussed, record.conclusion) == ("Kort besproken.", "Akkoord.")


def test_a_bsn_stops_its_own_field_and_no_other(client, cast, meeting):
    item = make.point(meeting)
    client.force_login(cast.steering_secretary)
    typed = {"discussed": "Over bsn 111222333.", "conclusion": "Akkoord.", "base-revision": "0"}
    told = client.post(url(item), typed, headers={"Accept": "application/json"}).json()
    assert told["saved"] == {"conclusion": "Akkoord."}
    assert told["errors"][0].startswith("Hier lijkt een burgerservicenummer te staan")
    assert ItemRecord.objects.get().discussed == ""


def test_advice_and_action_points_are_added_as_they_fall(client, cast, paper):
    client.force_login(cast.steering_secretary)
    client.post(url(paper, "minutes-advice"), {"text": "Betrek de scholen."})
    due = clock.today() + timedelta(days=7)
    client.post(
        url(paper, "minutes-action"),
        {"text": "Scholen bellen.", "office": "griffier", "due": due.isoformat()},
    )
    (point,) = AdvicePoint.objects.all()
    assert (point.text, point.step, point.given_on) == (
        "Betrek de scholen.",
        paper.step,
        local_day(paper.meeting.starts_at),
    )
    (action,) = ActionPoint.objects.all()
    assert (action.text, action.item, action.office) == ("Scholen bellen.", paper, "griffier")
    page = client.get(url(paper)).content.decode()
    assert "Betrek de scholen." in page
    assert "Scholen bellen." in page


def test_a_wrong_action_point_stands_with_its_reason_in_the_page(client, cast, paper):
    client.force_login(cast.steering_secretary)
    wrong = {"text": "Bellen.", "office": "griffier", "due": "2020-01-01"}
    response = client.post(url(paper, "minutes-action"), wrong)
    assert response.context["action_form"].errors["due"] == [
        "Deze dag is al geweest. Kies een dag vanaf vandaag."
    ]
    assert "Bellen." in response.content.decode()


def test_a_fixed_point_is_settled_here(client, cast, meeting):
    item = make.point(meeting)
    client.force_login(cast.steering_secretary)
    client.post(url(item, "minutes-settle"), {"result": "handled"})
    item.refresh_from_db()
    assert item.result == "handled"


def test_a_member_may_not_and_outside_the_circle_there_is_no_paper(client, cast, paper):
    client.force_login(cast.reader)
    assert client.get(url(paper)).status_code == 403
    assert not may_write(cast.reader, f"record:{paper.pk}")
    assert may_write(cast.steering_secretary, f"record:{paper.pk}")
    impose_secrecy(
        paper.step.proposal,
        body=cast.team,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team],
        by=cast.author,
    )
    client.force_login(cast.steering_secretary)
    assert client.get(url(paper)).status_code == 404
    assert not may_write(cast.steering_secretary, f"record:{paper.pk}")
