"""A region keeps an admin: whoever goes makes another one first."""

from datetime import timedelta

import pytest

from core import clock
from core.refusal import Refused
from governance.domain import organisation
from governance.enums import RegionRoleKind
from governance.models import RegionRole
from tests import factories as make

LAST = "Dit is de laatste beheerder van de regio. Maak eerst iemand anders beheerder."


@pytest.fixture
def role(cast):
    return RegionRole.objects.get(user=cast.admin)


def finance(role, cast):
    role.role = RegionRoleKind.FINANCE
    organisation.keep(role, cast.region, by=cast.admin)


def ended(role, cast):
    organisation.end(role, cast.region, on=clock.today(), by=cast.admin)


def removed(role, cast):
    organisation.remove(role, cast.region, by=cast.admin)


@pytest.mark.parametrize("act", [finance, ended, removed])
def test_the_last_admin_stays(cast, role, act):
    with pytest.raises(Refused) as refused:
        act(role, cast)
    assert refused.value.as_errors() == {"valid_until": [LAST]}
    role.refresh_from_db()
    assert (role.role, role.valid_until) == (RegionRoleKind.ADMIN, None)


@pytest.mark.parametrize("act", [finance, ended, removed])
def test_with_another_admin_one_may_go(cast, role, act):
    make.region_role(cast.region, cast.reader)
    act(role, cast)
    rows = RegionRole.objects.current().filter(role=RegionRoleKind.ADMIN, valid_until__isnull=True)
    assert [row.user for row in rows] == [cast.reader]


def test_another_admin_who_leaves_sooner_is_no_successor(cast, role):
    other = make.region_role(cast.region, cast.reader)
    organisation.end(other, cast.region, on=clock.today(), by=cast.admin)
    with pytest.raises(Refused):
        organisation.end(role, cast.region, on=clock.today() + timedelta(days=9), by=cast.admin)
