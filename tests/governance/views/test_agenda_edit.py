"""The page on which the secretary makes the agenda."""

import json

import pytest
from django.urls import reverse

from core.drafts import save_draft
from core.models import Draft, OutboxMail
from governance.domain import agenda, agenda_versions, route, secrecy
from governance.models import AgendaTemplateItem, AgendaVersion
from tests import factories as make


@pytest.fixture
def meeting(cast):
    AgendaTemplateItem.objects.create(body=cast.board, title="Opening", minutes=5)
    AgendaTemplateItem.objects.create(body=cast.board, title="Rondvraag", minutes=5, closing=True)
    return make.meeting(cast.board, 14)


@pytest.fixture
def step(cast):
    stops = (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
    return make.routed(cast.author, cast.team, *stops).steps.last()


def url(meeting, name="", *rest):
    page = f"governance:meeting-agenda{name}"
    return reverse(page, args=[meeting.body.region.slug, meeting.pk, *rest])


@pytest.fixture
def secretary(client, cast):
    client.force_login(cast.secretary)
    return client


def rows(response):
    return [
        (row.line.number, row.line.time, row.line.title) for row in response.context["editor"].rows
    ]


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_the_fixed_points_are_there_and_due_papers_are_offered(secretary, cast, meeting, step):
    dated = make.routed(cast.author, cast.team, (cast.board, make.DECIDE), subject="Vervoer")
    route.plan_step(dated.steps.get(), meeting, by=cast.author)
    response = secretary.get(url(meeting))
    assert rows(response) == [("1", "9.30", "Opening"), ("2", "9.35", "Rondvraag")]
    assert response.context["editor"].ends == "9.40"
    offered = response.context["offered"]
    assert {str(each.proposal) for each in offered} == {"Vervoer", "Meer hulp dichtbij huis"}
    page = response.content.decode()
    assert "gepland in deze vergadering" in page
    assert "nog zonder datum" in page

    response = secretary.post(url(meeting, "-paper", step.pk), follow=True)
    assert said(response) == ["Op de agenda gezet: Meer hulp dichtbij huis."]
    assert rows(response)[1] == ("2", "9.35", "Meer hulp dichtbij huis")
    assert "Advies volgt van Ambtelijk overleg." in response.content.decode()


def test_buttons_and_dragging_put_in_order(secretary, meeting):
    secretary.get(url(meeting))
    first, second = meeting.items.order_by("order")
    response = secretary.post(url(meeting, "-order"), {"move": f"{second.pk}:up"}, follow=True)
    assert [title for _, _, title in rows(response)] == ["Rondvraag", "Opening"]
    answer = secretary.post(url(meeting, "-order"), {"order": f"{first.pk},{second.pk}"})
    assert (answer.status_code, json.loads(answer.content)) == (200, {})
    assert [title for _, _, title in rows(secretary.get(url(meeting)))] == ["Opening", "Rondvraag"]
    answer = secretary.post(url(meeting, "-order"), {"order": f"{first.pk}"})
    assert answer.status_code == 409
    assert json.loads(answer.content)["message"] == agenda.CHANGED


def test_a_point_of_ones_own_survives_an_error_and_a_lost_session(secretary, cast, meeting):
    key = f"agenda-new:{meeting.pk}"
    data = {"title": "Stand van de inkoop", "text": "", "minutes": "", "treatment": "note"}
    save_draft(user=cast.secretary, key=key, data=data, base={}, base_revision=0, serial=1)
    assert "Stand van de inkoop" in secretary.get(url(meeting, "-new")).content.decode()
    response = secretary.post(url(meeting, "-new"), data | {"title": "", "text": "Mondeling."})
    assert response.context["form"].errors["title"]
    assert "Mondeling." in response.content.decode()
    secretary.post(url(meeting, "-new"), data)
    assert meeting.items.get(kind="own").title == "Stand van de inkoop"
    assert not Draft.objects.filter(key=key).exists()


def test_words_are_changed_and_points_taken_off(secretary, meeting):
    secretary.get(url(meeting))
    item = meeting.items.get(title="Opening")
    changed = {"title": "Welkom", "text": "Met koffie."}
    response = secretary.post(url(meeting, "-item", item.pk), changed, follow=True)
    assert rows(response)[0] == ("1", "9.30", "Welkom")
    response = secretary.post(url(meeting, "-remove", item.pk), follow=True)
    assert said(response)[-1] == "Van de agenda gehaald: Welkom."
    assert rows(response) == [("1", "9.30", "Rondvraag")]


def test_publishing_is_asked_once_and_a_change_makes_version_2(secretary, cast, meeting):
    secretary.get(url(meeting))
    page = secretary.get(url(meeting, "-publish")).content.decode()
    assert "De agenda wordt vastgezet als versie 1." in page
    assert not AgendaVersion.objects.exists()
    response = secretary.post(url(meeting, "-publish"), follow=True)
    assert said(response) == ["Agenda versie 1 is gepubliceerd. De leden krijgen bericht."]
    assert OutboxMail.objects.filter(to=cast.alderman.email).count() == 1

    page = secretary.get(url(meeting)).content.decode()
    assert "Er is niets veranderd sinds versie 1." in page
    agenda.add_item(meeting, title="Inkoop", by=cast.secretary)
    page = secretary.get(url(meeting, "-publish")).content.decode()
    assert "Punt 2 is toegevoegd: Inkoop." in page
    response = secretary.post(url(meeting, "-publish"), follow=True)
    assert "versie 2" in said(response)[-1]
    assert "Punt 2 is toegevoegd: Inkoop." in response.content.decode()


def test_nothing_is_asked_where_there_is_nothing_to_publish(secretary, cast, meeting):
    empty = make.meeting(cast.steering, 14)
    make.member(cast.steering, cast.secretary, role="secretary")
    response = secretary.get(url(empty, "-publish"), follow=True)
    assert said(response) == ["Een agenda heeft minstens één punt."]
    secretary.get(url(meeting))
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    response = secretary.get(url(meeting, "-publish"), follow=True)
    assert said(response) == ["Er is niets veranderd sinds versie 1."]


def test_after_publication_taking_off_asks_the_reason(secretary, cast, meeting):
    secretary.get(url(meeting))
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    item = meeting.items.get(title="Opening")
    page = secretary.get(url(meeting, "-remove", item.pk)).content.decode()
    assert "De leden kennen dit punt al: de agenda is gepubliceerd." in page
    assert secretary.post(url(meeting, "-remove", item.pk)).context["form"].errors["why"]
    secretary.post(url(meeting, "-remove", item.pk), {"why": "Vervalt."})
    item.refresh_from_db()
    assert (item.off, item.note) == (True, "Vervalt.")


def test_a_secretary_outside_the_circle_keeps_the_rest_in_order(secretary, cast, meeting, step):
    secretary.get(url(meeting))
    make.on_agenda(step, cast.author, meeting)
    secrecy.impose_secrecy(
        step.proposal,
        body=cast.team,
        ground="Onderhandeling.",
        imposed_on=make.clock.today(),
        circle_bodies=[cast.team],
        by=cast.author,
    )
    response = secretary.get(url(meeting))
    assert [title for _, _, title in rows(response)] == ["Opening", "Rondvraag"]
    assert secretary.get(url(meeting, "-remove", step.items.get().pk)).status_code == 404
    keys = [row.item.pk for row in response.context["editor"].rows]
    order = ",".join(str(key) for key in reversed(keys))
    assert secretary.post(url(meeting, "-order"), {"order": order}).status_code == 200
    assert [item.kind for item in meeting.items.order_by("order")] == ["fixed", "paper", "fixed"]


@pytest.mark.parametrize(
    ("who", "code"), [("alderman", 403), ("author", 403), ("official", 404), ("stranger", 404)]
)
def test_only_the_secretary_makes_the_agenda(client, cast, meeting, who, code):
    client.force_login(getattr(cast, who))
    for name in ("", "-new", "-publish", "-preview"):
        assert client.get(url(meeting, name)).status_code == code
    assert client.post(url(meeting, "-order"), {"order": ""}).status_code == code


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_agenda(
    secretary, cast, meeting, count, django_assert_num_queries
):
    for n in range(count):
        stops = (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
        proposal = make.routed(cast.author, cast.team, *stops, subject=f"Stuk {n}")
        make.on_agenda(proposal.steps.last(), cast.author, meeting)
        make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    for row in meeting.items.all():
        agenda.set_handling(meeting, {row.pk: agenda.Handling(9, "note")}, by=cast.secretary)
    secretary.get(url(meeting))
    with django_assert_num_queries(QUERIES):
        secretary.get(url(meeting))


QUERIES = 31
