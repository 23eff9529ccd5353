"""A region keeps its own organisation, and nothing of another one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction

from core.models import StatusChange
from core.refusal import Refused
from governance import exclusion
from governance.domain.organisation import (
    end,
    is_reserved,
    keep,
    merge_municipalities,
    remove,
    reserved_slugs,
)
from governance.models import (
    BodyAlias,
    Membership,
    Municipality,
    MunicipalRole,
    Region,
    RegionMunicipality,
    RegionRole,
    Seat,
)
from governance.rules import may
from governance.standing import standing_of
from tests import factories as make

D = date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1), date(2027, 12, 31)


def reasons(refused):
    return [(r.field, r.reason) for r in refused.value.refusals]


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ((None, None), (None, None), True),
        ((D[0], D[1]), (D[2], D[3]), False),
        ((D[0], D[1]), (D[1], D[3]), True),  # both ends count
        ((D[0], None), (D[3], None), True),
        ((D[2], None), (None, D[1]), False),
        ((None, D[2]), (D[2], None), True),
    ],
)
def test_one_at_a_time(cast, first, second, refused):
    def role(period):
        return RegionRole(
            region=cast.region,
            user=cast.reader,
            role="finance",
            valid_from=period[0],
            valid_until=period[1],
        )

    keep(role(first), cast.region, by=cast.admin)
    if not refused:
        assert keep(role(second), cast.region, by=cast.admin).granted_by == cast.admin
        return
    with pytest.raises(Refused) as error:
        keep(role(second), cast.region, by=cast.admin)
    assert reasons(error) == [("valid_from", "Deze persoon heeft die rol in die tijd al.")]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="exclusion constraints")
def test_postgresql_holds_the_same(cast):
    make.region_role(cast.region, cast.reader, "finance")
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        make.region_role(cast.region, cast.reader, "finance")
    with pytest.raises(IntegrityError, match="seat_one_at_a_time"), transaction.atomic():
        make.seat(cast.board, cast.municipality)
    with connection.schema_editor() as editor:
        exclusion.drop_exclusions(None, editor)
    with transaction.atomic():
        make.region_role(cast.region, cast.reader, "finance")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="exclusion constraints")
def test_a_role_that_may_not_add_the_extension_is_told_what_to_do(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION IF EXISTS btree_gist CASCADE")
        cursor.execute("CREATE ROLE regiovisie_test_nobody NOLOGIN")
        cursor.execute("SET LOCAL ROLE regiovisie_test_nobody")
    match = "CREATE EXTENSION btree_gist"
    with connection.schema_editor() as editor, pytest.raises(ProgrammingError, match=match):
        exclusion.add_exclusions(None, editor)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_only_the_admin_keeps_and_she_reads_no_papers(cast):
    for person in (cast.author, cast.secretary, cast.alderman, cast.stranger):
        with pytest.raises(PermissionDenied):
            keep(make.rules(cast.region), cast.region, by=person)
    assert not may(cast.admin, "proposal.read", make.proposal(cast.author, cast.team))


def test_a_right_names_who_gave_it_last(cast):
    given = keep(Membership(body=cast.aoj, user=cast.reader), cast.region, by=cast.admin)
    assert given.granted_by == cast.admin
    second = make.user("tweede beheerder")
    make.region_role(cast.region, second)
    end(given, cast.region, on=date(2030, 1, 1), by=second)
    assert given.granted_by == cast.admin
    given.user = cast.official
    given.role = "secretary"
    assert keep(given, cast.region, by=second).granted_by == second
    assert [c.act for c in StatusChange.of(cast.region)] == ["changed", "changed", "added"]


def foreign_rows(cast):
    home = Region.objects.get(slug="bergland")
    there = make.municipality("Dorp", in_region=home)
    body = home.bodies.get()
    return [
        home,
        there,
        MunicipalRole(municipality=there, user=cast.reader, role="adviser"),
        Seat(body=cast.board, municipality=there),
        Membership(body=body, user=cast.admin, role="secretary"),
        body.memberships.get(),
        RegionMunicipality(region=home, municipality=cast.municipality),
    ]


@pytest.mark.parametrize("number", range(7))
def test_nothing_of_another_region(cast, number):
    row = foreign_rows(cast)[number]
    with pytest.raises(Refused) as refused:
        keep(row, cast.region, by=cast.admin)
    assert {reason for _, reason in reasons(refused)} <= {
        "Dit hoort bij een andere regio.",
        "Dorp doet niet mee aan deze regio.",
    }


def test_a_row_of_another_region_cannot_be_moved_here(cast):
    theirs = Membership.objects.get(user=cast.stranger)
    theirs.body = cast.board
    with pytest.raises(Refused, match="Dit hoort bij een andere regio"):
        keep(theirs, cast.region, by=cast.admin)
    with pytest.raises(Refused, match="Dit hoort bij een andere regio"):
        remove(theirs, cast.region, by=cast.admin)


def test_municipalities_merge(cast):
    first, second, third = (m.municipality for m in RegionMunicipality.objects.order_by("pk"))
    make.member(cast.board, role="deputy", deputy_of=cast.board_members[0])
    new = make.municipality("Nieuwstad")
    last = date(2030, 12, 31)
    with pytest.raises(Refused, match="Nieuwstad doet niet mee"):
        merge_municipalities([first], new, cast.region, last_day=last, by=cast.admin)
    keep(
        RegionMunicipality(region=cast.region, municipality=new, valid_from=date(2031, 1, 1)),
        cast.region,
        by=cast.admin,
    )
    merge_municipalities([first, second], new, cast.region, last_day=last, by=cast.admin)
    ended = Municipality.objects.filter(successor=new)
    assert {m.name: m.valid_until for m in ended} == {first.name: last, second.name: last}
    for rows in (
        Seat.objects.filter(municipality__in=ended),
        RegionMunicipality.objects.filter(municipality__in=ended),
        MunicipalRole.objects.filter(municipality__in=ended),
        Membership.objects.filter(role="deputy"),
    ):
        assert {row.valid_until for row in rows} == {last}
    assert third.participations.get().valid_until is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"role": "member"}, "Alleen een plaatsvervanger vervangt een lid."),
        ({"role": "deputy", "deputy_of": None}, "Kies wie de plaatsvervanger vervangt."),
        ({"role": "deputy", "body": "aoj"}, "Kies een lid van ditzelfde gremium."),
        ({"role": "deputy", "user": "alderman"}, "Niemand vervangt zichzelf."),
    ],
)
def test_deputies(cast, fields, sentence):
    values = {"body": cast.board, "user": cast.reader, "deputy_of": cast.board_members[0]}
    values |= {k: getattr(cast, v) if k in ("body", "user") else v for k, v in fields.items()}
    with pytest.raises(Refused) as refused:
        keep(Membership(**values), cast.region, by=cast.admin)
    assert sentence in str(refused.value)


def test_a_shielded_member_is_a_role_everywhere(cast):
    young = make.user("jongere met ervaring", name="Naam Achternaam")
    row = Membership(body=cast.core_group, user=young, shielded=True)
    keep(row, cast.region, by=cast.admin)
    assert (row.shown_as, str(row)) == ("lid", "lid (Kerngroep)")
    assert StatusChange.of(cast.region).first().why == "lidmaatschap: lid (Kerngroep)"


def test_what_is_used_is_ended_not_removed(cast):
    for row in (cast.board, cast.board_members[0].seat, cast.board.rules, cast.region):
        with pytest.raises(Refused, match="kan niet weg"):
            remove(row, cast.region, by=cast.admin)
    unused = make.body(cast.region, "Proefoverleg")
    remove(unused, cast.region, by=cast.admin)
    assert StatusChange.of(cast.region).first().why == "gremium: Proefoverleg"


def test_a_double_alias_is_refused_with_a_sentence(cast):
    keep(BodyAlias(body=cast.board, name="Pfo"), cast.region, by=cast.admin)
    with pytest.raises(Refused, match="Deze naam hoort in de regio al bij een gremium"):
        keep(BodyAlias(body=cast.aoj, name="PFO"), cast.region, by=cast.admin)


def test_no_region_is_named_after_an_address(cast):
    assert {"beheer", "account", "static", "media"} <= reserved_slugs()
    cast.region.slug = "beheer"
    with pytest.raises(Refused) as refused:
        keep(cast.region, cast.region, by=cast.admin)
    assert reasons(refused) == [
        ("slug", "'beheer' is al een adres van het portaal; kies een ander.")
    ]
    assert not is_reserved("waterland")


def test_rights_end_with_the_term_the_body_and_the_seat(cast):
    yesterday = make.moment(-1).date()
    for row, person in [
        (Membership.objects.get(user=cast.author), cast.author),
        (cast.aoj, cast.official),
        (cast.board_members[0].seat, cast.alderman),
    ]:
        assert standing_of(person).bodies
        row.valid_until = yesterday
        row.save()
        assert not standing_of(person).bodies
    make.member(cast.steering, cast.secretary)
    standing = standing_of(cast.secretary)
    assert (standing.secretary_of, standing.votes_in) == ({cast.board.pk}, {cast.steering.pk})
