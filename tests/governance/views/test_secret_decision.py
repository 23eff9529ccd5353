"""A decision that alone is secret: outside its circle nothing tells of it, or of its outcome."""

import pytest
from django.urls import reverse

from core import clock
from core.refusal import Refused
from governance.domain import decisions, texts
from governance.domain.secrecy import impose_secrecy
from governance.models import Proposal
from tests import factories as make

OUTSIDE = ["author", "reader", "adviser"]


@pytest.fixture
def decision(cast):
    """By the board, after the steering group; the circle is the board alone."""
    return secret(cast, decided(cast, -2))


def decided(cast, days):
    proposal = make.routed(
        cast.author, cast.team, (cast.steering, make.DISCUSS), (cast.board, make.DECIDE)
    )
    first, last = proposal.steps.all()
    make.on_agenda(first, cast.author, make.meeting(cast.steering, days - 1))
    make.handled(first, cast.steering_secretary)
    make.on_agenda(last, cast.author, make.meeting(cast.board, days))
    return decisions.finalise_decision(make.decided(last, cast.secretary), by=cast.secretary)


def secret(cast, of):
    impose_secrecy(
        of,
        body=cast.board,
        ground="Er wordt nog onderhandeld.",
        imposed_on=clock.today(),
        circle_bodies=[cast.board],
        by=cast.secretary,
    )
    return of


def page(client, person, name, region, *args, query=""):
    client.force_login(person)
    return client.get(reverse(f"governance:{name}", args=[region.slug, *args]) + query)


@pytest.mark.parametrize("name", OUTSIDE)
def test_outside_the_circle_the_paper_is_on_its_way(client, cast, decision, name):
    response = page(
        client, getattr(cast, name), "proposal-detail", cast.region, decision.proposal.number
    )
    html = response.content.decode()
    assert response.context["state"] == "In route"
    assert [stop.text for stop in response.context["stops"]] == ["Behandeld", "Behandeld"]
    assert {line.what for line in response.context["trail"]} == {
        *("Begonnen", "Halte toegevoegd", "De route in", "Versie vastgezet"),
        *("Stukken verstuurd", "Behandeld"),
    }
    for word in (decision.number, "esloten", "astgesteld", "Er wordt nog onderhandeld."):
        assert word not in html


def test_inside_the_circle_it_is_all_there(client, cast, decision):
    response = page(
        client, cast.secretary, "proposal-detail", cast.region, decision.proposal.number
    )
    assert response.context["state"] == "Vastgesteld"
    assert [stop.text for stop in response.context["stops"]] == ["Behandeld", "Besloten"]
    lines = {(line.what, line.why) for line in response.context["trail"]}
    assert {("Vastgesteld", ""), ("Besloten", str(cast.board))} < lines
    assert f"Besluit {decision.number}" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "state", "found"),
    [
        ("author", "adopted", ["open"]),
        ("author", "in_route", ["secret"]),
        ("secretary", "adopted", ["open", "secret"]),
        ("secretary", "in_route", []),
    ],
)
def test_the_filter_by_state_does_not_tell(client, cast, decision, name, state, found):
    names = {decision.proposal_id: "secret", decided(cast, -1).proposal_id: "open"}
    response = page(
        client, getattr(cast, name), "proposal-list", cast.region, query=f"?state={state}"
    )
    shown = [row["proposal"] for row in response.context["rows"]]
    assert sorted(names[proposal.pk] for proposal in shown) == found
    labels = {"secret": "In route", "open": "Vastgesteld"}
    if name == "author":
        assert [p.shown_state_label.capitalize() for p in shown] == [labels[n] for n in found]


def test_a_refusal_tells_only_that_it_was_treated(cast, decision):
    with pytest.raises(Refused) as refused:
        texts.working_version(Proposal.objects.get(pk=decision.proposal_id), by=cast.author)
    assert str(refused.value) == "Dit voorstel is behandeld; de tekst verandert niet meer."


def test_a_secret_decision_does_not_replace_an_open_one(cast, decision):
    older = decided(cast, -9)
    with pytest.raises(Refused) as refused:
        decisions.replace_decision(older, decision, by=cast.secretary)
    assert str(refused.value) == (
        f"Op besluit {decision.number} rust geheimhouding. Aan het besluit dat het vervangt, zou "
        "iedereen zien dat het er is; hef de geheimhouding eerst op."
    )


def test_what_replaced_a_decision_is_no_part_of_the_trail(client, cast):
    older, newer = decided(cast, -9), decided(cast, -2)
    decisions.replace_decision(older, newer, by=cast.secretary)
    secret(cast, newer)
    for name, number in (
        ("proposal-detail", older.proposal.number),
        ("decision-detail", older.number),
    ):
        html = page(client, cast.author, name, cast.region, number).content.decode()
        assert newer.number not in html
        assert f"voorstel {newer.proposal.number}" not in html
