"""The organisation at a glance: what needs attention, the rights, the merger, the trail."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core import clock
from governance.attention import attention_points, writing_rights
from governance.domain import organisation
from governance.models import Membership, Seat
from tests import factories as make


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.admin)
    return client


def url(name, *keys):
    return reverse(f"governance:{name}", args=["waterland", *keys])


def points(cast):
    return [point.what for point in attention_points(cast.region)]


PAGES = ["organisation", "organisation-region", "organisation-merge", "organisation-rights"]


@pytest.mark.parametrize("name", [*PAGES, "organisation-trail"])
@pytest.mark.parametrize(("who", "code"), [("admin", 200), ("author", 403), ("stranger", 404)])
def test_only_the_admin_of_the_region_enters(client, cast, name, who, code):
    client.force_login(getattr(cast, who))
    assert client.get(url(name)).status_code == code


def test_what_is_missing_is_named(cast):
    assert points(cast) == [
        "Kerngroep heeft geen secretaris",
        "De lijst van rechten is nog nooit nagelopen",
    ]


def test_an_empty_seat_and_a_term_that_ends_are_named(cast):
    chair, member = cast.board_members[:2]
    organisation.end(chair, cast.region, on=clock.today() - timedelta(days=1), by=cast.admin)
    organisation.end(member, cast.region, on=clock.today() + timedelta(days=60), by=cast.admin)
    assert points(cast)[1] == "Zetel van Aardam in Bestuur is leeg"
    assert points(cast)[-1] == f"Termijn van {member.user} in Bestuur loopt af"
    organisation.end(member, cast.region, on=clock.today() + timedelta(days=61), by=cast.admin)
    assert len(points(cast)) == 3


def test_a_region_changes_its_data_and_keeps_what_was_wrong(admin, cast):
    data = {
        "name": "",
        "block_label": "thema",
        "school_region": "noord",
        "address": "Dorpsstraat 1",
    }
    form = admin.post(url("organisation-region"), data).context["form"]
    assert (dict(form.errors), form["address"].value()) == (
        {"name": ["Dit veld is verplicht."]},
        "Dorpsstraat 1",
    )
    admin.post(url("organisation-region"), data | {"name": "Waterland"})
    cast.region.refresh_from_db()
    assert (cast.region.block_label, cast.region.school_region) == ("thema", "noord")


def test_a_merger_ends_the_old_and_asks_for_the_new_seat(admin, cast):
    new = make.municipality("Nieuwdam", in_region=cast.region)
    old = [cast.municipality, cast.board_members[1].seat.municipality]
    data = {"old": [row.pk for row in old], "successor": new.pk, "last_day": "1 januari 2020"}
    admin.post(url("organisation-merge"), data)
    assert {seat.valid_until for seat in Seat.objects.filter(municipality__in=old)} == {
        date(2020, 1, 1)
    }
    assert "Zetel van Nieuwdam in Bestuur heeft nog geen gewicht" in points(cast)


def test_a_municipality_cannot_merge_into_itself(admin, cast):
    pk = cast.municipality.pk
    data = {"old": [pk], "successor": pk, "last_day": "1 januari 2020"}
    form = admin.post(url("organisation-merge"), data).context["form"]
    assert dict(form.errors) == {"successor": ["Een gemeente kan niet in zichzelf opgaan."]}
    assert form["last_day"].value() == "1 januari 2020"


def test_who_can_write_is_listed_with_who_gave_it(cast):
    role = organisation.keep(
        Membership(body=cast.team, user=cast.reader, valid_from=date(2026, 1, 1)),
        cast.region,
        by=cast.admin,
    )
    rights = {(r.who, r.right, r.where): r for r in writing_rights(cast.region)}
    assert sorted(rights) == sorted(
        [
            ("programmateam", "secretaris", "Programmateam"),
            ("secretaris van het bestuur", "secretaris", "Bestuur"),
            ("secretaris van het AOJ", "secretaris", "Ambtelijk overleg"),
            ("secretaris van de stuurgroep", "secretaris", "Stuurgroep"),
            ("adviseur van de wethouder van Aardam", "adviseur van de wethouder", "Aardam"),
            ("beheerder", "regiobeheerder", "Waterland"),
            (str(role.user), "lid", "Programmateam"),
        ]
    )
    given = rights[str(role.user), "lid", "Programmateam"]
    assert (given.since, given.granted_by) == (date(2026, 1, 1), "beheerder")


def test_going_through_the_rights_is_kept_in_the_trail(admin, cast):
    admin.post(url("organisation-review"))
    assert "De lijst van rechten is nog nooit nagelopen" not in points(cast)
    trail = admin.get(url("organisation-trail")).context["trail"]
    assert [line.what for line in trail] == ["Lijst van rechten nagelopen"]


def test_the_overview_asks_the_same_however_many_bodies(admin, cast, django_assert_num_queries):
    for _ in range(3):
        with django_assert_num_queries(34):
            admin.get(url("organisation"))
        make.body(cast.region)


def test_the_page_of_a_body_asks_the_same_however_many_members(
    admin, cast, django_assert_num_queries
):
    for _ in range(3):
        with django_assert_num_queries(16):
            admin.get(url("organisation-body", cast.board.pk))
        make.member(cast.board, seat=make.seat(cast.board))
