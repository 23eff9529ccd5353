from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.domain.meetings import day_warnings
from governance.enums import MeetingState
from governance.models import Meeting, Recess
from tests import factories as make


def url(name, cast, *args):
    return reverse(f"governance:{name}", args=[cast.region.slug, *args])


@pytest.fixture
def day():
    """A Tuesday without holiday or school holiday, some time from now."""
    return date(2029, 6, 12)


def plan(client, person, cast, **fields):
    client.force_login(person)
    data = {"body": cast.board.pk, "starts_at": "12 juni 2029", "starts_time": "9.30"}
    return client.post(url("meeting-new", cast), data | {"place": "Raadzaal"} | fields)


def test_the_secretary_plans_in_dutch_notation(client, cast, day):
    response = plan(client, cast.secretary, cast)
    meeting = Meeting.objects.get()
    assert response.url == url("meeting-detail", cast, meeting.pk)
    starts = timezone.localtime(meeting.starts_at)
    assert (starts.date(), starts.hour, starts.minute) == (day, 9, 30)
    assert (meeting.body, meeting.place) == (cast.board, "Raadzaal")


@pytest.mark.parametrize(
    ("who", "bodies"),
    [
        ("secretary", ["Bestuur"]),
        ("author", ["Programmateam", "Stuurgroep", "Ambtelijk overleg", "Bestuur", "Kerngroep"]),
    ],
)
def test_one_plans_for_the_bodies_one_keeps(client, cast, who, bodies):
    client.force_login(getattr(cast, who))
    form = client.get(url("meeting-new", cast)).context["form"]
    assert [body.name for body in form.fields["body"].queryset] == bodies


@pytest.mark.parametrize(("who", "code"), [("alderman", 403), ("admin", 403), ("stranger", 404)])
def test_others_do_not_plan(client, cast, who, code):
    assert plan(client, getattr(cast, who), cast).status_code == code
    assert not Meeting.objects.exists()


def test_an_odd_day_is_asked_about_once_and_then_allowed(client, cast):
    response = plan(client, cast.secretary, cast, starts_at="25 december 2029")
    (error,) = response.context["form"].errors["starts_at"]
    assert error.startswith("Dinsdag 25 december 2029 is een feestdag: Eerste kerstdag.")
    assert response.context["form"].data["place"] == "Raadzaal"
    ticked = {"anyway-2029-12-25": "on"}
    assert plan(client, cast.secretary, cast, starts_at="26 december 2029", **ticked).context
    assert not Meeting.objects.exists()
    plan(client, cast.secretary, cast, starts_at="25 december 2029", **ticked)
    assert Meeting.objects.count() == 1


def test_recess_weekend_and_the_past_are_odd_days(cast, day):
    Recess.objects.create(region=cast.region, name="Meireces", first_day=day, last_day=day)
    saturday, past = day + timedelta(days=4), date(2021, 6, 15)
    assert day_warnings(cast.region, day) == [
        "Dinsdag 12 juni 2029 valt in een vakantie: Meireces."
    ]
    assert day_warnings(cast.region, saturday) == ["Zaterdag 16 juni 2029 valt in het weekend."]
    assert day_warnings(cast.region, past) == ["Dinsdag 15 juni 2021 is al geweest."]
    assert day_warnings(cast.region, day + timedelta(days=1)) == []


def test_a_second_meeting_at_that_moment_is_refused_at_the_date(client, cast):
    plan(client, cast.secretary, cast)
    response = plan(client, cast.secretary, cast)
    assert response.context["form"].errors == {"starts_at": ["Bestuur vergadert dan al."]}


def test_a_date_and_time_that_cannot_be_read_keep_what_was_typed(client, cast):
    response = plan(client, cast.secretary, cast, starts_at="morgen", starts_time="half tien")
    assert sorted(response.context["form"].errors) == ["starts_at", "starts_time"]
    assert "half tien" in response.content.decode()


def test_moving_changes_the_moment_and_keeps_the_order_of_the_route(client, cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
    )
    for step, days in zip(proposal.steps.all(), (900, 910), strict=True):
        make.route.plan_step(step, make.meeting(step.body, days), by=cast.author)
    meeting = cast.board.meetings.get()
    client.force_login(cast.secretary)
    move = url("meeting-move", cast, meeting.pk)
    early = make.moment(890)
    data = {"starts_at": f"{early:%d-%m-%Y}", "starts_time": "9.30", "place": ""}
    data |= {f"anyway-{early:%Y-%m-%d}": "on"}
    assert list(client.post(move, data).context["form"].errors) == ["starts_at"]
    later = make.moment(920)
    data |= {"starts_at": f"{later:%d-%m-%Y}", f"anyway-{later:%Y-%m-%d}": "on"}
    assert client.post(move, data).status_code == 302
    meeting.refresh_from_db()
    assert timezone.localdate(meeting.starts_at) == later.date()


def test_a_meeting_lapses_with_its_reason_unless_papers_are_on_it(client, cast):
    empty = make.meeting(cast.board, 8)
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    full = make.on_agenda(proposal.steps.get(), cast.author).meeting
    client.force_login(cast.secretary)
    response = client.post(url("meeting-cancel", cast, full.pk), {"why": "Te weinig leden."})
    assert response.context["form"].non_field_errors() == [
        "Er staan stukken op de agenda; houd die eerst aan."
    ]
    assert (
        "why"
        in client.post(url("meeting-cancel", cast, empty.pk), {"why": ""}).context["form"].errors
    )
    client.post(url("meeting-cancel", cast, empty.pk), {"why": "Te weinig leden."})
    empty.refresh_from_db()
    assert empty.state == MeetingState.CANCELLED
    client.force_login(cast.alderman)
    assert client.get(url("meeting-move", cast, full.pk)).status_code == 403
    assert client.get(url("meeting-cancel", cast, full.pk)).status_code == 403
