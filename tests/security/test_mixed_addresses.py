"""An address that mixes two things finds nothing: an item of one meeting under another meeting, a
text of one proposal under another, and whatever is of one region under the name of another."""

import pytest
from django.urls import reverse

from governance.models import Body, LocalRound, RegionMunicipality
from tests import factories as make
from tests.security.addresses import arguments
from tests.security.test_role_matrix import EXPECTED
from tests.security.world import undone

pytestmark = pytest.mark.django_db

GONE = {404, 405}
# A file that was read is of who uploaded it, in whichever region; what was typed in a section that
# is not there any more comes back as a new one, in the proposal of the address.
APART = {"governance:proposal-import-review", "governance:section-edit"}

# A supplier is of the region, and so under each of its funds.
OF_REGION = {"money.supplier", "money.interest"}

OF_ADMIN = ("organisation-", "row-", "person-", "template-", "lead-")

INSIDE = [
    line
    for line in EXPECTED
    if line[0].startswith(("governance:", "regioagenda:", "nulmeting:", "budget:"))
    and line[1] not in ("-", "gremia")
    and line[0] not in APART
]


def code(browser, method, name, kwargs):
    url = reverse(name, kwargs=kwargs)
    with undone():
        response = browser.get(url) if method == "GET" else browser.post(url, {})
        if response.streaming:
            b"".join(response.streaming_content)
    return response.status_code


def let_in_elsewhere(world, role):
    """The person of this role has as much to say in the other region as well."""
    cast, person = world.cast, world.person(role)
    team = Body.objects.get(region__slug="bergland", slug="team")
    if role == "admin":
        make.region_role(team.region, person)
    elif role == "adviser":
        RegionMunicipality.objects.create(
            region=team.region, municipality=cast.municipality, valid_from="2020-01-01"
        )
    else:
        make.member(team, person, role="secretary")
    return team.region.slug


@pytest.mark.parametrize("role", ["author", "secretary", "alderman", "adviser", "admin"])
def test_what_is_of_one_region_is_not_under_the_name_of_another(world, role):
    with undone():
        slug = let_in_elsewhere(world, role)
        browser = world.client(role)
        assert code(browser, "GET", "governance:proposal-list", {"region": slug}) == 200
        found = {
            line: given
            for line in INSIDE
            for given in [
                code(browser, line[2], line[0], arguments(world, *line[:2]) | {"region": slug})
            ]
            if given not in GONE
        }
    # The pages of an admin say 403 to who is none there, before they look for a row.
    organisation = {
        line
        for line, given in found.items()
        if given == 403 and line[0].partition(":")[2].startswith(OF_ADMIN)
    }
    assert {line: found[line] for line in found.keys() - organisation} == {}
    assert role != "admin" or not organisation


def others(world):
    """Another meeting, proposal and question, which the same people may read."""
    return {
        ("pk", "item"): {"pk": world.published.meeting_id},
        ("pk", "step"): {"pk": LocalRound.objects.get(step=world.asked.step, state="concept").pk},
        ("number", "pk"): {"number": world.published.proposal.number},
        ("slug", "pk"): {"slug": world.money.other},
        ("slug", "number"): {"slug": world.money.other},
    }


def mixed(world):
    """Every address with a thing inside a thing, with the outer one changed."""
    for name, on, method in INSIDE:
        kwargs = arguments(world, name, on)
        for (outer, inner), other in others(world).items():
            if on in OF_REGION and outer == "slug":
                continue
            if outer in kwargs and inner in kwargs and kwargs[outer] != other[outer]:
                yield (name, on, method), kwargs | other


@pytest.mark.parametrize("role", ["author", "secretary", "alderman", "adviser"])
def test_a_part_is_not_under_another_whole(world, role):
    browser = world.client(role)
    tried, found = 0, {}
    for line, kwargs in mixed(world):
        given = code(browser, line[2], line[0], kwargs)
        tried += 1
        if given not in GONE | {403}:
            found[line] = given
    assert found == {}
    assert tried > 60
