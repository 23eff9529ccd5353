"""The five pages of every kind of row: who may, what is kept, and what a refusal looks like."""

from datetime import date

import pytest
from django.urls import reverse

from governance.enums import MemberRole
from governance.models import Membership, Recess, RouteTemplate, RuleSet, Seat
from governance.views.organisation_kinds import KINDS
from regioagenda.models import BuildingBlock
from regioagenda.views import BLOCKS
from tests import factories as make

LISTED = [kind for kind in [*KINDS.values(), BLOCKS] if not kind.parent]


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.admin)
    return client


def post(client, kind, page, region, *keys, **data):
    return client.post(KINDS[kind].url(page, region, *keys), data)


def errors(response):
    return {k: list(v) for k, v in response.context["form"].errors.items()}


@pytest.mark.parametrize("kind", LISTED, ids=lambda kind: kind.slug)
@pytest.mark.parametrize(
    ("who", "code"), [("admin", 200), ("author", 403), ("reader", 403), ("stranger", 404)]
)
def test_only_the_admin_of_the_region_enters(client, cast, kind, who, code):
    client.force_login(getattr(cast, who))
    assert client.get(kind.url("list", cast.region)).status_code == code
    assert client.get(kind.url("add", cast.region)).status_code == code


def test_who_may_not_reads_which_right_is_missing(client, cast):
    client.force_login(cast.author)
    response = client.get(reverse("governance:organisation", args=["waterland"]))
    assert "Dit kan alleen de beheerder van deze regio." in response.content.decode()


def test_a_row_is_added_with_a_date_as_people_write_it(admin, cast):
    data = {"name": "Kerst", "first_day": "21 december 2026", "last_day": "3-1-2027"}
    response = post(admin, "recessen", "add", cast.region, **data)
    assert response.url == KINDS["recessen"].url("list", cast.region)
    row = Recess.objects.get()
    assert (row.region, row.first_day, row.last_day) == (
        cast.region,
        date(2026, 12, 21),
        date(2027, 1, 3),
    )


@pytest.mark.parametrize(
    ("kind", "data", "field", "sentence"),
    [
        (
            "recessen",
            {"name": "Kerst", "first_day": "3-1-2027", "last_day": "21-12-2026"},
            "last_day",
            "De laatste dag ligt voor de eerste dag.",
        ),
        (
            "besluitregels",
            {"name": "Wet", "basis": "law", "quorum": "none"},
            "quorum",
            "Volgens de wet is meer dan de helft van de zittende leden nodig "
            "(Gemeentewet, artikel 20).",
        ),
        (
            "rechtsvormen",
            {"legal_form": "central", "legal_name": "Regeling", "valid_from": "31-2-2026"},
            "valid_from",
            "31-2-2026 bestaat niet. Controleer dag en maand.",
        ),
        (
            "gemeentegegevens",
            {"name": "Dorp", "cbs_code": "12"},
            "cbs_code",
            "Een CBS-code heeft vier cijfers, zoals 0599.",
        ),
    ],
)
def test_bad_input_names_its_field_and_keeps_the_text(admin, cast, kind, data, field, sentence):
    response = post(admin, kind, "add", cast.region, **data)
    assert errors(response) == {field: [sentence]}
    assert [response.context["form"][name].value() for name in data] == list(data.values())


def test_a_double_name_is_refused_at_the_name(admin, cast):
    taken = RuleSet.objects.filter(region=cast.region).first()
    data = {"name": taken.name, "basis": "own", "quorum": "none"}
    response = post(admin, "besluitregels", "add", cast.region, **data)
    assert errors(response) == {"name": ["Deze naam is in de regio al in gebruik."]}


def test_a_refusal_of_the_domain_stands_at_its_field(admin, cast):
    response = post(
        admin,
        "zetels",
        "add-to",
        cast.region,
        cast.board.pk,
        municipality=cast.municipality.pk,
        votes=2,
    )
    assert errors(response) == {
        "valid_from": ["Deze gemeente of organisatie heeft in die tijd al een zetel."]
    }


def test_a_row_of_another_region_is_not_there(admin, cast):
    other = make.seat(make.body(make.region()))
    for page in ("change", "end", "remove"):
        assert admin.get(KINDS["zetels"].url(page, cast.region, other.pk)).status_code == 404


def test_choices_stay_inside_the_region(admin, cast):
    other = make.rules(make.region())
    response = admin.get(KINDS["gremia"].url("change", cast.region, cast.aoj.pk))
    offered = response.context["form"].fields["rules"].queryset
    assert (other in offered, cast.aoj.rules in offered) == (False, True)


def test_an_end_date_keeps_the_row(admin, cast):
    seat = cast.board_members[1].seat
    response = post(admin, "zetels", "end", cast.region, seat.pk, valid_until="31 december 2030")
    assert response.url == KINDS["gremia"].row_url(cast.region, cast.board)
    assert Seat.objects.get(pk=seat.pk).valid_until == date(2030, 12, 31)


def test_a_used_row_is_not_removed(admin, cast):
    seat = cast.board_members[1].seat
    response = post(admin, "zetels", "remove", cast.region, seat.pk)
    assert response.url == KINDS["zetels"].url("change", cast.region, seat.pk)
    assert Seat.objects.filter(pk=seat.pk).exists()


def test_an_unused_row_is_removed(admin, cast):
    seat = make.seat(cast.board, organisation="GGD")
    post(admin, "zetels", "remove", cast.region, seat.pk)
    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_a_building_block_is_kept_by_its_own_room(admin, cast):
    data = {"number": 1, "title": "Wijkteams", "group": "local"}
    admin.post(BLOCKS.url("add", cast.region), data)
    response = admin.post(BLOCKS.url("add", cast.region), data)
    assert errors(response) == {"number": ["Dit nummer is in deze regio al vergeven."]}
    assert [block.title for block in BuildingBlock.objects.all()] == ["Wijkteams"]


def test_a_template_gets_its_stops_in_order(admin, cast):
    post(admin, "routesjablonen", "add", cast.region, name="Beleid")
    template = RouteTemplate.objects.get()
    for body in (cast.aoj, cast.steering, cast.board):
        post(admin, "haltes", "add-to", cast.region, template.pk, body=body.pk, purpose="advise")
    last = template.steps.last()
    url = reverse("governance:template-step-move", args=["waterland", template.pk])
    admin.post(url, {"move": f"{last.pk}:up"})
    assert [step.body for step in template.steps.all()] == [cast.aoj, cast.board, cast.steering]
    assert admin.post(url, {"move": "onzin"}).status_code == 404


def test_the_list_asks_the_same_however_long_it_is(admin, cast, django_assert_num_queries):
    url = KINDS["gremia"].url("list", cast.region)
    for _ in range(3):
        with django_assert_num_queries(11):
            admin.get(url)
        make.body(cast.region)


def test_a_member_is_made_by_the_address_of_an_account(admin, cast):
    data = {"email": cast.stranger.email.upper(), "role": MemberRole.ADVISER}
    post(admin, "leden", "add-to", cast.region, cast.aoj.pk, **data)
    row = Membership.objects.get(body=cast.aoj, user=cast.stranger)
    assert (row.role, row.granted_by) == ("adviser", cast.admin)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({}, {"user": ["Kies een persoon."]}),
        (
            {"email": "weg@regio.example"},
            {"email": ["Er is geen account met dit adres. Nodig deze persoon eerst uit."]},
        ),
    ],
)
def test_a_member_without_an_account_is_refused(admin, cast, data, wrong):
    response = post(
        admin, "leden", "add-to", cast.region, cast.aoj.pk, role=MemberRole.MEMBER, **data
    )
    assert errors(response) == wrong
