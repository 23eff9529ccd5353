"""A municipality is of one region at a time, and a right to its papers with it."""

from datetime import timedelta

import pytest

from core import clock
from core.refusal import Refused
from governance.domain.organisation import keep
from governance.models import Municipality, MunicipalRole, Region, RegionMunicipality, Seat
from tests import factories as make


@pytest.fixture
def elsewhere(cast):
    """The other region, with an admin of its own."""
    region = Region.objects.get(slug="bergland")
    make.region_role(region, cast.stranger)
    return region


def part(name):
    return RegionMunicipality.objects.get(municipality__name=name)


def reasons(refused):
    return [(refusal.field, refusal.reason) for refusal in refused.value.refusals]


def test_no_region_takes_a_municipality_of_another(cast, elsewhere):
    home = Municipality.objects.get(name="Aardam")
    row = RegionMunicipality(region=elsewhere, municipality=home)
    sentence = "Aardam doet in die tijd mee aan Waterland. Laat die regio dat eerst beëindigen."
    with pytest.raises(Refused) as refused:
        keep(row, elsewhere, by=cast.stranger)
    assert reasons(refused) == [("municipality", sentence)]
    ended = part("Aardam")
    ended.valid_until = clock.today()
    keep(ended, cast.region, by=cast.admin)
    row.valid_from = clock.today() + timedelta(days=1)
    assert keep(row, elsewhere, by=cast.stranger).pk


@pytest.mark.parametrize("begins", [None, 5])
def test_of_a_municipality_that_left_no_role_or_seat_begins(cast, elsewhere, begins):
    gone = part("Aardam")
    gone.valid_until = clock.today() - timedelta(days=1)
    gone.save()
    since = clock.today() + timedelta(days=begins) if begins else None
    role = MunicipalRole(
        municipality=cast.municipality, user=cast.reader, role="adviser", valid_from=since
    )
    for row in (role, Seat(body=cast.aoj, municipality=cast.municipality, valid_from=since)):
        with pytest.raises(Refused, match="Aardam doet niet mee aan deze regio"):
            keep(row, cast.region, by=cast.admin)


def test_what_a_municipality_that_left_still_holds_can_end_and_not_begin_again(cast):
    gone = part("Aardam")
    gone.valid_until = clock.today() - timedelta(days=1)
    gone.save()
    role = MunicipalRole.objects.get(user=cast.adviser)
    role.valid_until = clock.today()
    keep(role, cast.region, by=cast.admin)
    role.valid_until = clock.today() - timedelta(days=1)
    keep(role, cast.region, by=cast.admin)
    role.valid_until = None
    with pytest.raises(Refused, match="Aardam doet niet mee aan deze regio"):
        keep(role, cast.region, by=cast.admin)
