"""Reading who somebody is costs a fixed number of queries, once."""

import pytest

from governance.models import Proposal
from governance.rules import visible_to
from governance.standing import standing_of
from tests import factories as make


@pytest.mark.parametrize(("name", "count"), [("author", 6), ("adviser", 7), ("stranger", 6)])
def test_standing_is_read_once(cast, name, count, django_assert_num_queries):
    person = getattr(cast, name)
    with django_assert_num_queries(count):
        standing_of(person)
    with django_assert_num_queries(0):
        standing_of(person)


@pytest.mark.parametrize("papers", [1, 3])
def test_a_list_is_one_query(cast, papers, django_assert_num_queries):
    for _ in range(papers):
        make.proposal(cast.author, cast.team)
    standing_of(cast.author)
    with django_assert_num_queries(1):
        assert len([str(p) for p in visible_to(cast.author, Proposal).with_texts()]) == papers


def test_a_new_role_is_seen_at_once(cast):
    assert cast.aoj.pk not in standing_of(cast.reader).bodies
    membership = make.member(cast.aoj, cast.reader)
    assert cast.aoj.pk in standing_of(cast.reader).bodies
    membership.delete()
    assert cast.aoj.pk not in standing_of(cast.reader).bodies
