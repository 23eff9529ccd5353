"""The planner of a route: what is proposed, what a slip costs, and accepting it in two clicks."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from governance.domain import planner
from tests import factories as make


def on(body, day: int, month: int):
    moment = timezone.make_aware(datetime(2027, month, day, 9, 30))
    return make.meeting(body, starts_at=moment)


@pytest.fixture(autouse=True)
def _summer():
    with clock.at(datetime(2027, 6, 1, 9)):
        yield


@pytest.fixture
def proposal(cast):
    return make.routed(cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE))


@pytest.fixture
def meetings(cast):
    """The AOJ on 17 June and 15 September, the board on 1 July and 7 October."""
    aoj = on(cast.aoj, 17, 6), on(cast.aoj, 15, 9)
    return *aoj, on(cast.board, 1, 7), on(cast.board, 7, 10)


def url(proposal):
    return reverse("governance:route-planner", args=["waterland", proposal.number])


def opened(client, cast, proposal, **query):
    client.force_login(cast.author)
    return client.get(url(proposal), query)


def test_the_earliest_dates_are_accepted_with_one_button(client, cast, proposal, meetings):
    response = opened(client, cast, proposal)
    page = response.context["page"]
    assert [row.proposed.day.isoformat() for row in page.rows] == ["2027-06-17", "2027-07-01"]
    assert response.context["lead"] == "Zo valt de laatste halte op donderdag 1 juli 2027."
    sent = {f"halte-{row.step.pk}": row.proposed.key for row in page.changes}
    answer = client.post(url(proposal), sent)
    assert answer.url == reverse("governance:proposal-detail", args=["waterland", proposal.number])
    assert [step.meeting for step in proposal.steps.all()] == [meetings[0], meetings[2]]


def test_a_slip_tells_its_cost_and_becomes_the_proposal(client, cast, proposal, meetings):
    first = proposal.steps.first()
    page = opened(client, cast, proposal).context["page"]
    assert [row.slip for row in page.rows] == [
        "Schuift deze halte op naar 15 september, dan valt het besluit op 7 oktober: "
        "98 dagen later.",
        "Schuift deze halte op naar 7 oktober, dan valt het besluit op 7 oktober: 98 dagen later.",
    ]
    keys = {first.pk: meetings[0].pk, proposal.steps.last().pk: meetings[2].pk}
    planner.plan_route(proposal, keys, by=cast.author)
    response = opened(client, cast, proposal, schuif=first.pk)
    page = response.context["page"]
    assert [row.proposed.day.isoformat() for row in page.changes] == ["2027-09-15", "2027-10-07"]
    assert response.context["what"] == (
        "Als Ambtelijk overleg opschuift: nu 1 juli 2027, dan 7 oktober 2027: 98 dagen later"
    )


def test_an_end_that_stays_is_said_so(client, cast, proposal, meetings):
    first, last = proposal.steps.all()
    planner.plan_route(proposal, {last.pk: meetings[2].pk}, by=cast.author)
    planner.plan_route(proposal, {first.pk: on(cast.aoj, 3, 6).pk}, by=cast.author)
    response = opened(client, cast, proposal)
    assert [row.step for row in response.context["page"].changes] == [first]
    assert response.context["what"] == "De laatste halte blijft op 1 juli 2027"


def test_a_body_without_a_meeting_far_enough_gets_a_link_to_plan_one(client, cast, proposal):
    on(cast.aoj, 17, 6)
    on(cast.board, 17, 6)
    response = opened(client, cast, proposal)
    last = response.context["page"].rows[-1]
    assert last.reason == "Plan eerst een vergadering van Bestuur vanaf 25 juni 2027."
    assert last.plan_url == "/waterland/vergaderingen/nieuw/?body=bestuur"
    assert last.plan_url in response.content.decode()


def test_a_refusal_is_told_and_nothing_moves(client, cast, proposal, meetings):
    client.force_login(cast.author)
    first, last = proposal.steps.all()
    sent = {f"halte-{first.pk}": meetings[1].pk, f"halte-{last.pk}": meetings[2].pk}
    response = client.post(url(proposal), sent, follow=True)
    assert (
        "Ambtelijk overleg op 15 september 2027 komt na Bestuur op 1 juli 2027, "
        "maar die halte ligt later op de route."
    ) in [str(message) for message in response.context["messages"]]
    assert [step.meeting for step in proposal.steps.all()] == [None, None]
    for nonsense in ({}, {"halte-x": "1"}, {f"halte-{first.pk}": "9" * 40}):
        assert client.post(url(proposal), nonsense).url == url(proposal)


@pytest.mark.parametrize("asked", ["x", "0", "9" * 40, "\x00"])
def test_nonsense_slips_nothing(client, cast, proposal, meetings, asked):
    assert opened(client, cast, proposal, schuif=asked).context["page"].slipped == ""


@pytest.mark.parametrize(
    ("who", "code"), [("aoj_secretary", 403), ("alderman", 404), ("stranger", 404)]
)
def test_only_the_author_body_plans(client, cast, proposal, who, code):
    client.force_login(getattr(cast, who))
    assert client.get(url(proposal)).status_code == code
    assert client.post(url(proposal)).status_code == code


def test_what_will_hurt_stands_on_the_page_of_the_proposal(client, cast, proposal):
    first, last = proposal.steps.all()
    keys = {first.pk: on(cast.aoj, 24, 6).pk, last.pk: on(cast.board, 30, 6).pk}
    planner.plan_route(proposal, keys, by=cast.author)
    tight = (
        "Er is geen tijd om advies van Ambtelijk overleg op 24 juni 2027 te verwerken: "
        "de leverdatum voor Bestuur is 23 juni 2027."
    )
    for person, told in ((cast.author, [tight]), (cast.aoj_secretary, [])):
        client.force_login(person)
        page = client.get(reverse("governance:proposal-detail", args=["waterland", 1]))
        assert [risk.sentence for risk in page.context["risks"]] == told


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(client, cast, count, django_assert_num_queries):
    stops = [(cast.aoj, make.ADVISE), (cast.steering, make.ADVISE), (cast.core_group, make.ADVISE)]
    made = make.routed(cast.author, cast.team, *stops[:count], (cast.board, make.DECIDE))
    for body, _ in stops:
        on(body, 17, 6)
    client.force_login(cast.author)
    with django_assert_num_queries(QUERIES):
        client.get(url(made))


QUERIES = 17
