"""What waits for who keeps a region: what its organisation lacks, by the day that presses."""

from datetime import timedelta

import pytest

from core import clock
from governance.domain import organisation, people
from governance.enums import MemberRole
from tests import factories as make
from tests.regiovisie.home import MONDAY, page

WHAT = "Werk de organisatie van de regio bij"
URL = "/waterland/organisatie/"


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


def waiting(client, person, region):
    rows = page(client, person, region).context["tasks"]
    return [(task.due, task.note) for task in rows if (task.title, task.url) == (WHAT, URL)]


def fill_in(cast):
    make.member(cast.core_group, cast.secretary, role=MemberRole.SECRETARY)
    people.record_review(cast.region, by=cast.admin)


def test_the_first_thing_that_lacks_is_named_and_the_rest_counted(client, cast):
    expected = ("Zonder datum", "Kerngroep heeft geen secretaris. En nog 1 punt.")
    assert waiting(client, cast.admin, cast.region) == [expected]


def test_a_term_that_ends_has_its_day(client, cast):
    fill_in(cast)
    member = cast.board_members[1]
    organisation.end(member, cast.region, on=(MONDAY + timedelta(days=9)).date(), by=cast.admin)
    note = f"Termijn van {member.user} in Bestuur loopt af."
    assert waiting(client, cast.admin, cast.region) == [("Wo 11 november", note)]


def test_nothing_lacks_or_somebody_else_keeps_the_region(client, cast):
    assert waiting(client, cast.author, cast.region) == []
    fill_in(cast)
    assert page(client, cast.admin, cast.region).context["title"] == "Er wacht niets op u"
