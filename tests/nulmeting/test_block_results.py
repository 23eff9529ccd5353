"""One block: every municipality on every question, and what they share once it is published."""

import pytest
from django.urls import reverse

from tests import baseline, results

pytestmark = pytest.mark.django_db

SHARED = {"shared": "Wij bellen elke school.", "may_share": True}


def page(client, person, asked):
    client.force_login(person)
    args = [asked.region.slug, asked.year, results.first_block(asked).pk]
    return client.get(reverse("nulmeting:round-block", args=args))


@pytest.fixture
def asked(cast):
    asked = results.ready(cast, {"Aardam": 2, "Cotten": 5}, **SHARED)
    kept = {"shared": "Alleen voor onszelf.", "may_share": False, "explanation": "Ons verhaal."}
    results.approve(asked, {"Beekzicht": 4}, **kept)
    return asked


def test_a_column_per_question(client, cast, asked):
    found = page(client, cast.author, asked)
    heads = found.context["heat"].heads
    assert [(head.number, head.title, head.spread.median) for head in heads] == [
        ("1.1", "Vraag 1?", 4),
        ("1.2", "Vraag 2?", 4),
    ]
    assert found.context["previous"] is None
    assert found.context["next"].label == "2. Bouwsteen 2"


def test_what_is_shared_shows_after_publication_and_nothing_else(client, cast, asked):
    assert SHARED["shared"] not in page(client, cast.author, asked).content.decode()
    asked = results.published(cast, asked)
    found = page(client, cast.official, asked)
    assert [each.name for each in found.context["shared"]] == ["Aardam", "Cotten"]
    text = found.content.decode()
    assert text.count(SHARED["shared"]) == 2
    assert "Alleen voor onszelf" not in text
    assert "Ons verhaal" not in text


def test_a_block_of_another_list_is_not_there(client, cast, asked):
    other = baseline.block(cast.region, 9, "Niet gevraagd")
    client.force_login(cast.author)
    args = [asked.region.slug, asked.year, other.pk]
    assert client.get(reverse("nulmeting:round-block", args=args)).status_code == 404


@pytest.mark.parametrize("more", [0, 10])
def test_the_same_number_of_queries(client, cast, django_assert_num_queries, more):
    added = results.more_municipalities(cast, more)
    asked = results.ready(cast, results.SCORES | {each.name: 3 for each in added})
    client.force_login(cast.author)
    args = [asked.region.slug, asked.year, results.first_block(asked).pk]
    url = reverse("nulmeting:round-block", args=args)
    with django_assert_num_queries(20):
        assert len(client.get(url).context["heat"].rows) == 3 + more
