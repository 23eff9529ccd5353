"""A page of a long list, found by its keys."""

import pytest
from django.core.paginator import Paginator

from core.models import Draft
from core.paging import KeyPaginator
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Five drafts of two people, with the person of each, in an order that is not that of keys."""
    people = [make.user("eerste"), make.user("tweede")]
    for number in range(5):
        Draft.objects.create(user=people[number % 2], key=f"stuk:{number}", serial=number)
    return Draft.objects.select_related("user").order_by("user__email", "-serial")


def test_it_has_the_rows_of_any_paginator_in_the_same_order(rows):
    for number in (1, 2, 3, "x", 99):
        asked, plain = (each(rows, 2).get_page(number) for each in (KeyPaginator, Paginator))
        assert [row.key for row in asked] == [row.key for row in plain]
        assert (asked.number, asked.has_next()) == (plain.number, plain.has_next())


def test_what_a_row_shows_is_joined_for_the_rows_of_the_page_alone(rows, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        assert [row.user.pk for row in KeyPaginator(rows, 2).get_page(1)]
    assert "LIMIT 2) ORDER BY" in asked.captured_queries[1]["sql"]


def test_an_empty_list_has_one_page_without_rows(rows):
    page = KeyPaginator(rows.none(), 2).get_page(1)
    assert (list(page), page.paginator.num_pages) == ([], 1)
