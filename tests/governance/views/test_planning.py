"""All proposals under way against the calendar: only what one may read, drawn and in words."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from governance.domain import planner, secrecy
from governance.models import Recess
from governance.planning_picture import APART, BAND, HEAD, ROW, Axis
from tests import factories as make


@pytest.fixture(autouse=True)
def _summer():
    with clock.at(datetime(2027, 6, 1, 9)):
        yield


def on(body, day: int, month: int = 6):
    moment = timezone.make_aware(datetime(2027, month, day, 9, 30))
    return make.meeting(body, starts_at=moment)


@pytest.fixture
def proposal(cast):
    made = make.routed(
        cast.author,
        cast.team,
        (cast.aoj, make.ADVISE),
        (cast.steering, make.ADVISE),
        (cast.board, make.DECIDE),
    )
    first, second, _ = made.steps.all()
    keys = {first.pk: on(cast.aoj, 23).pk, second.pk: on(cast.steering, 24).pk}
    planner.plan_route(made, keys, by=cast.author)
    return made


def picture(client, person):
    client.force_login(person)
    response = client.get(reverse("governance:planning", args=["waterland"]))
    return response.context["picture"], response.content.decode()


def test_a_proposal_is_drawn_and_told_in_words(client, cast, proposal):
    found, page = picture(client, cast.author)
    (line,) = found.lines
    assert [(dot.code, dot.kind, dot.end, dot.above) for dot in line.dots] == [
        ("AO", "now", False, False),
        ("Stu", "coming", False, True),
    ]
    assert line.dots[1].x - line.dots[0].x == APART
    assert line.undated == "1 halte zonder datum"
    assert line.stops == [
        "Ambtelijk overleg: 23 juni",
        "Stuurgroep: 24 juni",
        "Bestuur: nog geen datum",
    ]
    assert (line.now, line.progress) == ("Ambtelijk overleg: 23 juni", "0 van 3 behandeld")
    assert (line.ends, line.risks) == ("nog geen datum", ["Bestuur heeft nog geen vergadering."])
    assert 'role="img"' in page
    assert "1 voorstel onderweg, van 3 mei tot en met 5 september." in page


def test_a_risk_is_a_mark_beside_the_code(client, cast, proposal):
    with clock.at(datetime(2027, 6, 18, 9)):
        found, page = picture(client, cast.author)
    assert found.lines[0].dots[0].risk == "De leverdatum voor Ambtelijk overleg was 16 juni 2027."
    assert "AO !" in page


def test_only_what_one_may_read_is_there(client, cast, proposal):
    assert picture(client, cast.alderman)[0].lines == []
    assert len(picture(client, cast.aoj_secretary)[0].lines) == 1
    secrecy.impose_secrecy(
        proposal,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[cast.board],
        by=cast.secretary,
    )
    found, page = picture(client, cast.aoj_secretary)
    assert found.lines == []
    assert "Er is geen voorstel onderweg dat u mag lezen." in page


def test_recess_is_a_band_with_its_name(client, cast, proposal):
    Recess.objects.create(
        region=cast.region, name="Reces", first_day=date(2027, 6, 7), last_day=date(2027, 6, 11)
    )
    found, page = picture(client, cast.author)
    band = found.recesses[0]
    assert (band.label, band.x, band.width) == ("Reces", 261, 37)
    assert "Reces (7 juni tot en met 11 juni)" in page


def test_days_become_pixels_inside_the_drawing():
    axis = Axis(date(2027, 5, 3), date(2027, 9, 5))
    assert axis.scale == pytest.approx(940 / 126)
    assert (axis.x(date(2027, 1, 1)), axis.x(date(2030, 1, 1))) == (0, axis.width) == (0, 940)
    assert Axis(date(2027, 5, 3), date(2028, 6, 4)).scale == 6


def test_a_whole_region_is_one_picture_and_what_ends_first_is_on_top(client, cast):
    """Of thirty proposals no line is on another page, and a date is never far from its line."""
    meetings = [on(cast.board, 1 + day, 7) for day in range(30)]
    for n in range(30):
        made = make.routed(cast.author, cast.team, (cast.board, make.DECIDE), subject=f"Stuk {n}")
        planner.plan_route(made, {made.steps.get().pk: meetings[29 - n].pk}, by=cast.author)
    make.routed(cast.author, cast.team, (cast.board, make.DECIDE), subject="Zonder datum")
    found, page = picture(client, cast.author)
    titles = [line.title for line in found.lines]
    assert titles == [*(f"Stuk {29 - n}" for n in range(30)), "Zonder datum"]
    assert [titles[n] for n, line in enumerate(found.lines) if line.below_band] == [
        *("Stuk 19", "Stuk 9", "Zonder datum")
    ]
    assert found.bands == [HEAD + 10 * ROW, HEAD + 20 * ROW + BAND, HEAD + 30 * ROW + 2 * BAND]
    assert found.height == HEAD + 31 * ROW + 3 * BAND
    assert "Volgende" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(client, cast, count, django_assert_num_queries):
    for n in range(count):
        made = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
        planner.plan_route(made, {made.steps.get().pk: on(cast.board, 20 + n).pk}, by=cast.author)
    client.force_login(cast.author)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("governance:planning", args=["waterland"]))


QUERIES = 16
