"""What stands beside a stop that cannot wait, and for whom."""

import pytest
from django.urls import reverse

from tests import factories as make


@pytest.fixture
def paper(cast):
    return make.routed(cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE))


def labels(client, person, paper):
    client.force_login(person)
    page = client.get(f"/waterland/voorstellen/{paper.number}/")
    return [act.label for act in page.context["other_ways"]]


def allow(body, **rules):
    for name, value in rules.items():
        setattr(body.rules, name, value)
    body.rules.save()


def test_without_rules_of_its_own_nobody_sees_another_way(client, cast, paper):
    for person in (cast.secretary, cast.aoj_secretary, cast.author):
        assert labels(client, person, paper) == []


def test_a_written_round_is_for_the_secretary_of_that_body(client, cast, paper):
    allow(cast.board, basis="own", written_round=True)
    assert labels(client, cast.secretary, paper) == ["Schriftelijke ronde: Bestuur"]
    assert labels(client, cast.aoj_secretary, paper) == []


def test_urgency_is_for_who_keeps_the_body_that_decides(client, cast, paper):
    allow(cast.board, urgent_route=True)
    assert labels(client, cast.secretary, paper) == ["Met spoed overslaan: Ambtelijk overleg"]
    assert labels(client, cast.author, paper) == []


def test_a_stop_that_cannot_be_passed_by_has_no_form(client, cast, paper):
    client.force_login(cast.secretary)
    step = paper.steps.first()
    here = reverse("governance:step-urgent", args=[cast.region.slug, paper.number, step.pk])
    (message,) = client.get(here, follow=True).context["messages"]
    assert str(message).startswith("De besluitregels van Bestuur kennen geen spoedroute.")
