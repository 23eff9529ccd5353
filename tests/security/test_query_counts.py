"""A list costs the same with one row and with three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.domain import decisions
from governance.views.organisation_kinds import KINDS
from tests import factories as make
from tests import local as walk
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

# Address, who opens it, and the queries it takes.
LISTS = {
    "governance:proposal-list": ("author", 16),
    "governance:meeting-list": ("secretary", 16),
    "governance:action-list": ("secretary", 15),
    "governance:decision-list": ("secretary", 16),
    "home-region": ("secretary", 27),
    "governance:local-table": ("adviser", 16),
    "governance:meeting-month": ("secretary", 16),
    "governance:planning": ("author", 16),
    "governance:organisation": ("admin", 34),
    "governance:organisation-people": ("admin", 18),
    "governance:organisation-rights": ("admin", 18),
    "governance:organisation-trail": ("admin", 11),
    "regioagenda:row-list": ("admin", 11),
}


def one_more(cast, number):
    """A paper on its way, one decided, a meeting, and a person, a body and roles."""
    stops = [(cast.steering, make.ADVISE), (cast.board, make.DECIDE)]
    on_way = make.routed(cast.author, cast.team, *stops)
    make.on_agenda(on_way.steps.first(), cast.author, make.meeting(cast.steering, number * 7 - 3))
    make.advised(on_way.steps.first(), by=cast.steering_secretary)
    decided = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(decided.steps.get(), cast.author, make.meeting(cast.board, number * 7))
    decision = decisions.finalise_decision(make.decided(step, cast.secretary), by=cast.secretary)
    decisions.publish_decision(decision, by=cast.secretary)
    owner = cast.board.memberships.get(user=cast.alderman)
    make.action(cast.board, cast.secretary, f"Actie {number}", owner=owner)
    walk.asked(walk.to_board(cast, 40 + number), cast.author)
    body = make.body(cast.region)
    make.member(body, seat=make.seat(body))
    make.municipal_role(cast.municipality, make.user())
    make.region_role(cast.region, make.user())


def opened(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_lists_cost_the_same_with_one_row_and_with_three(client):
    cast = make_cast()
    found = {1: {}, 3: {}}
    region = cast.region.slug
    urls = {name: (who, reverse(name, args=[region])) for name, (who, _) in LISTS.items()}
    urls |= {
        kind.slug: ("admin", kind.url("list", cast.region))
        for kind in KINDS.values()
        if not kind.parent
    }
    for rows in range(1, 4):
        one_more(cast, rows)
        for name, (who, url) in urls.items() if rows in found else ():
            client.force_login(getattr(cast, who))
            client.get(url)
            found[rows][name] = opened(client, url)
    assert found[3] == found[1]
    assert {name: found[1][name] for name in LISTS} == {n: count for n, (_, count) in LISTS.items()}
