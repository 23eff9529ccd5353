import pytest
from django.urls import reverse

from core import clock
from governance.domain import decisions, secrecy
from tests import factories as make


def made(cast, subject="Meer hulp dichtbij huis", outcome="adopted", days=1):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE), subject=subject)
    at = make.meeting(cast.board, days)
    step = make.on_agenda(proposal.steps.get(), cast.author, at=at)
    return make.decided(step, cast.secretary, outcome)


def page(client, person, region, **query):
    client.force_login(person)
    return client.get(reverse("governance:decision-list", args=[region.slug]), query)


def subjects(response):
    return [row["decision"].version.subject for row in response.context["rows"]]


def impose(cast, decision):
    return secrecy.impose_secrecy(
        decision,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.secretary],
        by=cast.secretary,
    )


def later(cast, subject):
    return made(cast, subject, "amended", days=3)


def test_newest_first_with_what_was_decided(client, cast):
    made(cast, "Wonen bij het gezin")
    later(cast, "Één aanspreekpunt")
    response = page(client, cast.alderman, cast.region)
    assert subjects(response) == ["Één aanspreekpunt", "Wonen bij het gezin"]
    assert [row["outcome"] for row in response.context["rows"]] == [
        "2 beslispunten gewijzigd aangenomen",
        "2 beslispunten aangenomen",
    ]


def test_the_filters_narrow_by_words_year_and_body(client, cast):
    first, second = made(cast, "Wonen bij het gezin"), later(cast, "Één aanspreekpunt")
    assert subjects(page(client, cast.author, cast.region, q="een AANSPREEKPUNT")) == [
        "Één aanspreekpunt"
    ]
    assert subjects(page(client, cast.author, cast.region, q="anders")) == ["Één aanspreekpunt"]
    of_year = [d.version.subject for d in (second, first) if d.year == first.year]
    assert subjects(page(client, cast.author, cast.region, year=first.year)) == of_year
    assert len(subjects(page(client, cast.author, cast.region, body="bestuur"))) == 2
    assert len(subjects(page(client, cast.author, cast.region, year="1850"))) == 2


@pytest.mark.parametrize("who", ["official", "provider", "admin", "reader"])
def test_before_publication_not_for_others_and_after_it_for_all(client, cast, who):
    decision = made(cast)
    assert subjects(page(client, getattr(cast, who), cast.region)) == []
    decisions.finalise_decision(decision, by=cast.secretary)
    decisions.publish_decision(decision, by=cast.secretary)
    assert subjects(page(client, getattr(cast, who), cast.region)) == ["Meer hulp dichtbij huis"]


def test_a_stranger_finds_no_region(client, cast):
    assert page(client, cast.stranger, cast.region).status_code == 404


def test_outside_the_circle_a_secret_decision_leaves_no_trace(client, cast):
    impose(cast, made(cast))
    response = page(client, cast.alderman, cast.region)
    assert subjects(response) == []
    assert list(response.context["form"].fields["body"].queryset) == []
    assert response.context["form"].fields["year"].choices == [("", "alle")]
    (row,) = page(client, cast.secretary, cast.region).context["rows"]
    assert row["secret"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_list(client, cast, count, django_assert_num_queries):
    for days in range(1, count + 1):
        made(cast, days=days)
    client.force_login(cast.alderman)
    url = reverse("governance:decision-list", args=[cast.region.slug])
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 16
