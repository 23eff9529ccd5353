"""The list of action points and the page of one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from governance.domain import action_points as acts
from tests import factories as make


def url(cast, name="action-list", *args):
    return reverse(f"governance:{name}", args=[cast.region.slug, *args])


def texts(response):
    return [row.cells[0].value for row in response.context["rows"]]


@pytest.fixture
def points(cast):
    """Three of the steering group: one of a member, one late, one done."""
    owner = cast.steering.memberships.get(user=cast.reader)
    by = cast.steering_secretary
    mine = make.action(cast.steering, by, "Bellen.", owner=owner)
    with clock.at(clock.now() - timedelta(days=30)):
        late = make.action(cast.steering, by, "Schrijven.")
        done = make.action(cast.steering, by, "Lezen.")
    acts.finish_action(done, by=by)
    return mine, late, done


def test_open_ones_first_due_first_and_filters_narrow(client, cast, points):
    client.force_login(cast.reader)
    page = client.get(url(cast))
    assert texts(page) == ["Schrijven.", "Bellen."]
    assert [row.cells[4].value for row in page.context["rows"]] == ["Te laat", "Open"]
    for query, found in [
        ({"who": "mine"}, ["Bellen."]),
        ({"shown": "late"}, ["Schrijven."]),
        ({"shown": "closed"}, ["Lezen."]),
        ({"body": "bestuur"}, ["Schrijven.", "Bellen."]),
        ({"shown": "onzin\x00"}, ["Schrijven.", "Bellen."]),
    ]:
        assert texts(client.get(url(cast), query)) == found


def test_who_is_not_in_the_body_sees_nothing_of_it(client, cast, points):
    client.force_login(cast.official)
    assert texts(client.get(url(cast))) == []
    assert client.get(url(cast, "action-detail", points[0].pk)).status_code == 404


def test_the_owner_closes_her_own_and_changes_nothing_else(client, cast, points):
    client.force_login(cast.reader)
    mine, late, _ = points
    page = client.get(url(cast, "action-detail", mine.pk))
    assert page.context["form"] is None
    assert [o.transition.label for o in page.context["options"]] == ["Afronden", "Laten vervallen"]
    client.post(url(cast, "action-change", mine.pk, "finish"), {"note": "Gebeld."})
    mine.refresh_from_db()
    assert (mine.state, mine.outcome) == ("done", "Gebeld.")
    assert client.post(url(cast, "action-change", late.pk, "finish")).status_code == 403


def test_dropping_asks_the_reason(client, cast, points):
    client.force_login(cast.steering_secretary)
    address = url(cast, "action-change", points[1].pk, "drop")
    assert "why" in client.post(address, {"why": ""}).context["form"].errors
    client.post(address, {"why": "Niet meer nodig."})
    points[1].refresh_from_db()
    assert (points[1].state, points[1].outcome) == ("dropped", "Niet meer nodig.")
    assert client.get(url(cast, "action-change", points[1].pk, "onzin")).status_code == 404


def test_the_secretary_gives_one_to_somebody_else_when_its_owner_left(client, cast, points):
    membership = points[0].owner
    membership.valid_until = clock.today() - timedelta(days=1)
    membership.save()
    client.force_login(cast.steering_secretary)
    address = url(cast, "action-detail", points[0].pk)
    page = client.get(address)
    assert "Lid van de stuurgroep is vertrokken." in page.content.decode()
    form = page.context["form"]
    data = {name: form.as_text(name, form[name].value()) for name in form.based}
    data |= dict(form.hidden()) | {"owner": "", "office": "griffier"}
    client.post(address, data)
    points[0].refresh_from_db()
    assert (points[0].owner_shown, points[0].revision) == ("griffier", 2)


def test_a_new_one_outside_a_meeting(client, cast):
    client.force_login(cast.steering_secretary)
    due = clock.today() + timedelta(days=7)
    sent = {"text": "Bellen.", "office": "griffier", "due": due.isoformat()}
    client.post(url(cast, "action-new"), sent)
    assert [action.text for action in cast.steering.actions.all()] == ["Bellen."]
    client.force_login(cast.reader)
    assert client.get(url(cast, "action-new")).status_code == 403
