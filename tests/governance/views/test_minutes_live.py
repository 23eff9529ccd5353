"""Going through a meeting: what is next on each item, who is there, and what the pages ask."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from governance.agenda_frozen import on_the_clock
from governance.domain import ballots, decision_lists, minutes
from governance.models import AgendaItem, Meeting
from tests import factories as make
from tests.votes import Table

RECORD, ROUND, MEMBER = 37, 30, 28


@pytest.fixture
def table(cast):
    """A board that began an hour ago: an opening, a paper with two points, and a closing."""
    table = Table(cast, points=("Een?", "Twee?"))
    make.point(table.meeting, "Opening", minutes=5)
    make.point(table.meeting, "Rondvraag", minutes=5)
    for order, item in enumerate(table.meeting.items.order_by("order"), start=1):
        item.order = {1: 2, 2: 1}.get(order, order)
        item.save()
    return table


def url(table, name, *args):
    return reverse(f"governance:{name}", args=[table.cast.region.slug, *args])


def page(client, table, n):
    item = table.meeting.items.order_by("order")[n]
    return client.get(url(table, "minutes-item", table.meeting.pk, item.pk)).context["page"]


def test_a_whole_meeting_is_a_few_clicks(client, cast, table):
    client.force_login(table.by)
    meeting = table.meeting
    opening, paper, closing = meeting.items.order_by("order")
    start = client.get(url(table, "meeting-minutes", meeting.pk)).url
    assert start == url(table, "minutes-item", meeting.pk, opening.pk)

    settle = url(table, "minutes-settle", meeting.pk, opening.pk)
    here = client.post(settle, {"result": "handled"}).url
    assert here == url(table, "minutes-item", meeting.pk, paper.pk)

    now = client.get(here).context["page"].now
    assert (now.what, now.primary.label) == ("Wat is er besloten?", "Alle punten aangenomen")
    form = client.get(now.primary.url).context["form"]
    data = {"valid_from": "1 juli 2027"} | {
        field.html_name: field.value() or "" for row in form.points() for field in [row.outcome]
    }
    data |= {name.replace("point", "method"): "consensus" for name in data if "point" in name}
    assert client.post(now.primary.url, data).url == here

    done = client.get(here).context["page"]
    assert [point.decided for point in done.points] == ["Aangenomen zonder stemming."] * 2
    assert (done.now.head, done.now.what) == (
        *("Agendapunt 2: klaar", "2 beslispunten aangenomen"),
    )
    assert done.now.primary.label == "Verder met punt 3"

    last = url(table, "minutes-settle", meeting.pk, closing.pk)
    after = client.get(client.post(last, {"result": "handled"}).url).context["page"].now
    assert after.primary.url == url(table, "list-detail", meeting.pk)
    assert "Maak de besluitenlijst" in _now(client, table).what
    row = decision_lists.make_list(Meeting.objects.get(pk=meeting.pk), by=table.by)
    assert "Publiceer de besluitenlijst" in _now(client, table).what
    decision_lists.publish_list(row, by=table.by)
    client.post(_now(client, table).primary.url)
    meeting.refresh_from_db()
    assert meeting.state == "concluded"


def _now(client, table):
    return client.get(url(table, "meeting-detail", table.meeting.pk)).context["now"]


def test_while_they_meet_the_page_of_the_meeting_leads_back_in(client, table):
    client.force_login(table.by)
    now = _now(client, table)
    assert (now.head, now.what) == ("De vergadering is bezig", "Nog 3 punten te gaan")
    assert now.primary.url == url(table, "meeting-minutes", table.meeting.pk)
    with clock.at(table.meeting.starts_at + timedelta(hours=13)):
        assert _now(client, table).what == "Leg de uitkomst vast: Meer hulp dichtbij huis"
    client.force_login(table.members[0].user)
    assert _now(client, table) is None or "bezig" not in _now(client, table).head


def test_neighbours_number_and_time_stand_beside_each_item(client, table):
    client.force_login(table.by)
    first, second, third = (page(client, table, n).where for n in range(3))
    assert (first.number, first.previous, first.next.note) == ("1", None, "2")
    assert (second.previous.label, second.next.label) == ("Opening", "Rondvraag")
    assert third.next is None
    begins = on_the_clock(table.meeting.starts_at)
    assert (first.time, second.time) == (
        begins,
        on_the_clock(table.meeting.starts_at + timedelta(minutes=5)),
    )


def test_it_begins_with_who_is_there(client, cast):
    meeting = make.meeting(cast.board, starts_at=clock.now() - timedelta(minutes=5))
    item = make.point(meeting, "Opening")
    client.force_login(cast.secretary)
    address = reverse("governance:minutes-item", args=[cast.region.slug, meeting.pk, item.pk])
    now = client.get(address).context["page"].now
    assert (now.what, now.primary.label) == (
        *("Leg eerst vast wie er zijn", "Aanwezigheid vastleggen"),
    )
    there = [member.pk for member in cast.board_members]
    back = client.post(now.primary.url, {"present": there}).url
    assert client.get(back).url == address


def test_why_nothing_can_be_decided_stands_on_the_item(client, cast):
    table = Table(cast, weights=(1,) * 5, present=2)
    client.force_login(table.by)
    shown = page(client, table, 0)
    assert [why.reason for why in shown.now.not_yet] == [
        "Het quorum is niet gehaald: 2 van 5 leden waren er, 3 zijn nodig. Houd het stuk aan."
    ]
    assert [act.label for act in shown.now.others] == ["Wat is er nodig?", "Aanhouden"]
    held = client.post(shown.now.others[-1].url, {"why": "Geen quorum."}).url
    assert held == url(table, "minutes-item", table.meeting.pk, AgendaItem.objects.get().pk)


def test_a_running_vote_is_what_is_next(client, table):
    client.force_login(table.by)
    vote_round = table.open()
    assert page(client, table, 1).now.primary.url == url(table, "vote-round", vote_round.pk)


def test_the_list_of_the_last_time_is_adopted_from_its_point(client, cast):
    before = make.meeting(cast.board, starts_at=clock.now() - timedelta(days=20))
    make.point(before, "Rondvraag", result="handled")
    make.held(before, cast.secretary)
    row = decision_lists.publish_list(make.listed(before, cast.secretary), by=cast.secretary)
    meeting = make.meeting(cast.board, starts_at=clock.now() - timedelta(hours=1))
    row.report = make.point(meeting, "Besluitenlijst", kind="fixed")
    row.save()
    make.held(meeting, cast.secretary)
    client.force_login(cast.secretary)
    args = [cast.region.slug, meeting.pk, row.report.pk]
    here = reverse("governance:minutes-item", args=args)
    now = client.get(here).context["page"].now
    assert now.primary.label == "Lijst vaststellen"
    back = client.post(now.primary.url, {"meeting": meeting.pk, "corrections": ""})
    assert back.url == here
    row.refresh_from_db()
    assert (row.state, row.report.result) == ("adopted", "handled")


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("seats", "items"), [(3, 1), (3, 3), (15, 20)])
def test_live_pages_ask_the_same_of_a_big_meeting(client, cast, seats, items):
    """One item and three seats, or twenty and fifteen: no query more."""
    table = Table(cast, weights=(1,) * seats)
    for n in range(items - 1):
        make.point(table.meeting, f"Punt {n}")
    vote_round = table.open()
    for member in table.members[1:]:
        ballots.enter_votes(vote_round, {member: "for"}, by=table.by)
    item = table.meeting.items.get(step__isnull=False)
    record = url(table, "minutes-item", table.meeting.pk, item.pk)
    client.force_login(table.by)
    found = [asked(client, record), asked(client, url(table, "vote-round", vote_round.pk))]
    client.force_login(table.members[0].user)
    found.append(asked(client, url(table, "vote-member", table.meeting.pk)))
    assert found == [RECORD, ROUND, MEMBER]
    assert minutes.going_on(table.meeting)
