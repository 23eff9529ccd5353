"""Planning a series: a rhythm, every day of it with its reason, and then all meetings at once."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from governance.models import Meeting, Recess
from tests import factories as make

RHYTHM = {
    "body": "bestuur",
    "rhythm": "monthly",
    "which": "1",
    "weekday": "3",
    "first": "1 april 2027",
    "until": "30 juni 2027",
    "starts_time": "9.30",
    "place": "Raadzaal",
}


@pytest.fixture(autouse=True)
def _winter():
    with clock.at(datetime(2027, 1, 4, 9)):
        yield


def open_page(client, cast, who="secretary", **fields):
    client.force_login(getattr(cast, who))
    return client.get(reverse("governance:meeting-series", args=["waterland"]), RHYTHM | fields)


def plan(client, cast, days, **fields):
    client.force_login(cast.secretary)
    url = reverse("governance:meeting-series", args=["waterland"], query=RHYTHM | fields)
    return client.post(url, days)


def shown(response):
    return {
        row.label: (row.help_text, [label for _, label in row.field.choices])
        for row in response.context["days"].rows()
    }


def test_every_day_is_shown_with_its_reason_and_a_neighbour(client, cast):
    assert shown(open_page(client, cast)) == {
        "Donderdag 1 april 2027": ("", ["plannen", "overslaan"]),
        "Donderdag 6 mei 2027": (
            "is een feestdag: Hemelvaartsdag",
            ["verplaatsen naar donderdag 13 mei 2027", "overslaan", "toch op deze dag"],
        ),
        "Donderdag 3 juni 2027": ("", ["plannen", "overslaan"]),
    }


def test_a_recess_and_an_own_meeting_are_in_the_way(client, cast):
    Recess.objects.create(
        region=cast.region, name="Reces", first_day=date(2027, 3, 20), last_day=date(2027, 4, 20)
    )
    make.meeting(cast.board, starts_at=timezone.make_aware(datetime(2027, 6, 3, 14)))
    found = shown(open_page(client, cast))
    assert found["Donderdag 1 april 2027"] == (
        "valt in een vakantie: Reces",
        ["overslaan", "toch op deze dag"],
    )
    assert found["Donderdag 3 juni 2027"] == (
        "Bestuur vergadert dan al, om 14.00 uur",
        ["verplaatsen naar donderdag 10 juni 2027", "overslaan"],
    )


def test_a_year_without_known_school_holidays_is_told(client, cast):
    told = "De schoolvakanties na 2030 zijn hier nog niet bekend."
    assert told not in open_page(client, cast, until="30 december 2030").content.decode()
    assert told in open_page(client, cast, until="31 januari 2031").content.decode()


def test_what_the_person_decided_is_planned(client, cast):
    days = {"dag-2027-04-01": "2027-04-01", "dag-2027-05-06": "2027-05-13", "dag-2027-06-03": ""}
    response = plan(client, cast, days)
    assert response.url == "/waterland/vergaderingen/maand/?maand=2027-04&body=bestuur"
    made = [timezone.localtime(m.starts_at) for m in Meeting.objects.order_by("starts_at")]
    assert [f"{moment:%d-%m %H.%M}" for moment in made] == ["01-04 09.30", "13-05 09.30"]
    assert {m.place for m in Meeting.objects.all()} == {"Raadzaal"}


def test_nothing_chosen_is_told_above_the_days(client, cast):
    response = plan(client, cast, {})
    assert response.context["days"].non_field_errors() == ["Kies minstens één dag."]
    assert not Meeting.objects.exists()


def test_a_day_that_was_not_offered_is_refused(client, cast):
    response = plan(client, cast, {"dag-2027-04-01": "2027-04-02"})
    assert list(response.context["days"].errors) == ["dag-2027-04-01"]
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        (
            {"first": "31-2-2027"},
            "first",
            "31-2-2027 bestaat niet. Controleer dag en maand.",
        ),
        ({"until": "1 maart 2027"}, "until", "De laatste dag ligt voor de eerste dag."),
        ({"first": "1-1-2026"}, "first", "Een reeks begint vandaag of later."),
        (
            {"rhythm": "weekly", "until": "31-12-2028"},
            "until",
            "Dit zijn 92 vergaderingen. Plan er hoogstens 60 tegelijk.",
        ),
        (
            {"until": "1 april 2027", "weekday": "0"},
            "until",
            "In deze periode valt geen dag: elke eerste maandag van de maand.",
        ),
        ({"starts_time": "half tien"}, "starts_time", "Vul een tijd in, bijvoorbeeld 9.30 of"),
    ],
)
def test_a_rhythm_that_cannot_be_keeps_what_was_typed(client, cast, fields, field, reason):
    response = open_page(client, cast, **fields)
    form = response.context["form"]
    assert form.errors[field][0].startswith(reason)
    assert response.context["days"] is None
    assert "Raadzaal" in response.content.decode()


def test_a_body_that_ends_halfway_meets_until_then(client, cast):
    cast.board.valid_until = date(2027, 5, 31)
    cast.board.save()
    found = shown(open_page(client, cast))
    assert found["Donderdag 3 juni 2027"][0] == "Bestuur bestaat dan niet"
    assert found["Donderdag 3 juni 2027"][1][-1] == "overslaan"


@pytest.mark.parametrize(
    ("who", "code"), [("author", 200), ("alderman", 403), ("admin", 403), ("stranger", 404)]
)
def test_who_plans_a_series(client, cast, who, code):
    assert open_page(client, cast, who).status_code == code
