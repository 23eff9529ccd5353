"""Minutes and treatment of all points at once: saved by the button or by the page itself."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import clock
from governance.domain import agenda_versions
from governance.models import AgendaTemplateItem
from tests import factories as make


@pytest.fixture
def meeting(cast):
    AgendaTemplateItem.objects.create(body=cast.board, title="Opening", minutes=5)
    AgendaTemplateItem.objects.create(body=cast.board, title="Rondvraag", minutes=5, closing=True)
    return make.meeting(cast.board, 14)


def url(meeting, name=""):
    page = f"governance:meeting-agenda{name}"
    return reverse(page, args=[meeting.body.region.slug, meeting.pk])


@pytest.fixture
def secretary(client, cast, meeting):
    client.force_login(cast.secretary)
    client.get(url(meeting))
    return client


def test_time_and_treatment_run_the_clock_and_warn(secretary, meeting):
    secretary.post(url(meeting, "-until"), {"until": "10.00"})
    first = meeting.items.earliest("order")
    typed = {f"minutes-{first.pk}": "40", f"treatment-{first.pk}": "formality"}
    response = secretary.post(url(meeting, "-order"), typed, follow=True)
    page = response.content.decode()
    assert "Tijden en behandeling zijn bewaard." in page
    assert response.context["editor"].rows[1].line.time == "10.10"
    assert "Dat is 15 minuten langer dan er tijd is." in page
    first.refresh_from_db()
    assert (first.minutes, first.treatment) == (40, "formality")


@pytest.mark.parametrize("typed", ["0", "601", "tien", "99999999999"])
def test_what_is_no_number_of_minutes_stays_in_the_page(secretary, meeting, typed):
    first, second = meeting.items.order_by("order")
    response = secretary.post(
        url(meeting, "-order"),
        {
            f"minutes-{first.pk}": typed,
            f"treatment-{first.pk}": "note",
            f"minutes-{second.pk}": "7",
            f"treatment-{second.pk}": "note",
        },
    )
    wrong, other = response.context["editor"].rows
    assert (wrong.error, wrong.minutes) == ("Vul 1 tot 600 minuten in.", typed)
    assert (other.error, other.minutes) == ("", "7")
    second.refresh_from_db()
    assert second.minutes == 5


def typed(item, minutes, treatment="", shown=""):
    return {
        f"minutes-{item.pk}": minutes,
        f"treatment-{item.pk}": treatment or item.treatment,
        f"shown-{item.pk}": shown or f"{item.minutes or ''}:{item.treatment}",
    }


def test_two_secretaries_keep_what_the_other_changed(secretary, meeting):
    """Each page sends every point. What one did not touch stays as the other left it."""
    first, second = meeting.items.order_by("order")
    secretary.post(url(meeting, "-order"), typed(first, "20") | typed(second, "5"))
    secretary.post(url(meeting, "-order"), typed(first, "5") | typed(second, "15", "formality"))
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.minutes, second.minutes, second.treatment) == (20, 15, "formality")


def test_the_same_point_changed_twice_is_asked_about(secretary, meeting):
    first = meeting.items.earliest("order")
    stale = f"5:{first.treatment}"
    secretary.post(url(meeting, "-order"), typed(first, "20"))
    response = secretary.post(url(meeting, "-order"), typed(first, "10", shown=stale))
    row = response.context["editor"].rows[0]
    assert row.error == (
        "Iemand anders koos hier intussen 20 minuten. Bewaar opnieuw als uw keuze moet blijven."
    )
    assert (row.minutes, row.shown) == ("10", f"20:{first.treatment}")
    first.refresh_from_db()
    assert first.minutes == 20
    secretary.post(url(meeting, "-order"), typed(first, "10", shown=row.shown))
    first.refresh_from_db()
    assert first.minutes == 10


def test_the_page_saves_by_itself_and_hears_why_not(secretary, meeting):
    first = meeting.items.earliest("order")
    json_please = {"headers": {"accept": "application/json"}}
    answer = secretary.post(url(meeting, "-order"), typed(first, "25"), **json_please)
    assert (answer.status_code, answer.json()) == (200, {})
    answer = secretary.post(url(meeting, "-order"), typed(first, "601"), **json_please)
    assert (answer.status_code, answer.json()) == (
        409,
        {"message": "Vul 1 tot 600 minuten in."},
    )
    first.refresh_from_db()
    assert first.minutes == 25


def test_an_evening_runs_past_midnight(client, cast, meeting):
    evening = timezone.make_aware(datetime.combine(clock.today() + timedelta(days=7), time(23, 30)))
    late = make.meeting(cast.board, starts_at=evening)
    client.force_login(cast.secretary)
    client.get(url(late))
    first, second = late.items.order_by("order")
    client.post(url(late, "-order"), typed(first, "45") | typed(second, "15"))
    response = client.post(url(late, "-until"), {"until": "23.45"}, follow=True)
    editor = response.context["editor"]
    assert [row.line.time for row in editor.rows] == ["23.30", "0.15"]
    assert (editor.ends, editor.over) == ("0.30", "Dat is 45 minuten langer dan er tijd is.")
    response = client.post(url(late, "-until"), {"until": "0.30"}, follow=True)
    assert "Kies een tijd na het begin van de vergadering." in response.content.decode()
    agenda_versions.publish_agenda(late, by=cast.secretary)
    member = Client()
    member.force_login(cast.alderman)
    page = member.get(f"/waterland/vergaderingen/{late.pk}/").content.decode()
    assert "<strong>0.30 uur</strong> einde." in page
