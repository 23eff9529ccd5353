"""A month of meetings: Monday first, with week numbers, days off and the bodies one reads."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from governance import months
from governance.domain import meetings
from governance.marks import marks_of
from governance.models import Recess
from tests import factories as make


def at(day: int, hour: int = 9, month: int = 5) -> datetime:
    return timezone.make_aware(datetime(2027, month, day, hour, 30))


@pytest.fixture(autouse=True)
def _spring():
    with clock.at(datetime(2027, 5, 3, 9)):
        yield


def page(client, person, **query):
    client.force_login(person)
    return client.get(reverse("governance:meeting-month", args=["waterland"]), query)


def entries(response):
    return {
        day.day: [(entry.mark.name, entry.time, entry.note) for entry in day.entries]
        for week in response.context["month"].weeks
        for day in week.days
        if day.entries
    }


def test_the_month_begins_on_monday_and_knows_its_weeks(client, cast):
    month = page(client, cast.author).context["month"]
    assert month.title == "Mei 2027"
    assert [week.number for week in month.weeks] == [17, 18, 19, 20, 21, 22]
    assert {week.days[0].day.weekday() for week in month.weeks} == {0}
    assert [day.day for week in month.weeks for day in week.days if day.today] == [date(2027, 5, 3)]


def test_days_off_stand_in_words(client, cast):
    Recess.objects.create(
        region=cast.region, name="Reces", first_day=date(2027, 5, 18), last_day=date(2027, 5, 19)
    )
    response = page(client, cast.author)
    assert response.context["month"].free == [
        "Meivakantie, 26 april tot en met 2 mei",
        "Koningsdag, 27 april",
        "Hemelvaartsdag, 6 mei",
        "Eerste pinksterdag, 16 mei",
        "Tweede pinksterdag, 17 mei",
        "Reces, 18 mei tot en met 19 mei",
    ]
    assert '<p class="rv-month__free">Hemelvaartsdag</p>' in response.content.decode()


def test_a_month_says_that_its_school_holidays_are_not_known_yet(client, cast):
    told = "De schoolvakanties na 2030 zijn hier nog niet bekend."
    assert told not in page(client, cast.author, maand="2030-12").content.decode()
    assert told in page(client, cast.author, maand="2031-02").content.decode()


def test_meetings_stand_on_their_dutch_day_with_the_delivery_day(client, cast):
    make.meeting(cast.board, starts_at=at(20))
    make.meeting(cast.aoj, starts_at=at(31, 23))
    make.meeting(cast.aoj, starts_at=at(7))
    lapsed = make.meeting(cast.steering, starts_at=at(20, 14))
    meetings.cancel_meeting(lapsed, by=cast.author, why="Te weinig leden.")
    make.meeting(cast.board, starts_at=at(20, month=7))
    assert entries(page(client, cast.author)) == {
        date(2027, 5, 7): [("Ambtelijk overleg", "9.30", "leverdatum was 29 april")],
        date(2027, 5, 20): [
            ("Bestuur", "9.30", "leverdatum 12 mei"),
            ("Stuurgroep", "14.30", "vervallen"),
        ],
        date(2027, 5, 31): [("Ambtelijk overleg", "23.30", "leverdatum 24 mei")],
    }


def test_one_sees_the_meetings_one_may_read_and_filters_by_body(client, cast):
    make.meeting(cast.board, starts_at=at(20))
    make.meeting(cast.aoj, starts_at=at(21))
    assert list(entries(page(client, cast.alderman))) == [date(2027, 5, 20)]
    filtered = page(client, cast.author, maand="2027-05", body="aoj")
    assert list(entries(filtered)) == [date(2027, 5, 21)]
    assert filtered.context["next"].url == "?maand=2027-06&body=aoj"
    assert [mark.name for mark in filtered.context["legend"]] == ["Ambtelijk overleg"]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("2026-12", date(2026, 12, 1)),
        ("2026-13", date(2027, 5, 1)),
        ("0000-01", date(2027, 5, 1)),
        ("9999-12", date(2027, 5, 1)),
        ("mei", date(2027, 5, 1)),
        ("\x00", date(2027, 5, 1)),
    ],
)
def test_nonsense_is_this_month(asked, first):
    assert months.read_month(asked) == first


def test_the_year_turns_both_ways():
    assert months.beside(date(2027, 1, 1), -1) == date(2026, 12, 1)
    assert months.beside(date(2026, 12, 1), 1) == date(2027, 1, 1)


def test_every_body_has_a_code_of_its_own(cast):
    names = ["AB", "Ambtelijk overleg", "Algemeen overleg", "Stuurgroep", "Stuurgroep geld"]
    bodies = [make.body(cast.region, name) for name in names]
    marks = marks_of(bodies)
    assert [marks[body.pk].code for body in bodies] == ["AB", "AO", "AO2", "Stu", "SG"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(client, cast, count, django_assert_num_queries):
    for n in range(count):
        make.meeting(cast.board, starts_at=at(20 + n))
    client.force_login(cast.alderman)
    url = reverse("governance:meeting-month", args=["waterland"])
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 15
