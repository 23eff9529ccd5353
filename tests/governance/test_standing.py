"""What somebody may is read once, and afresh as soon as something that it is made of changes."""

from datetime import timedelta

import pytest

from core import clock
from governance.enums import MemberRole
from governance.standing import standing_of
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return make.user("secretaris"), make.user("adviseur")


def test_a_new_membership_is_read_by_its_person_and_nobody_else(two):
    her, other = two
    body = make.body(make.region())
    before = standing_of(her), standing_of(other)
    make.member(body, her, role=MemberRole.SECRETARY)
    assert standing_of(her).secretary_of == {body.pk}
    assert before[0].secretary_of == frozenset()
    assert standing_of(other) is before[1]


def test_a_membership_that_goes_to_somebody_else_is_read_by_both(two):
    her, other = two
    body = make.body(make.region())
    membership = make.member(body, her, role=MemberRole.SECRETARY)
    assert standing_of(her).secretary_of == {body.pk}
    assert standing_of(other).secretary_of == frozenset()
    membership.user = other
    membership.save()
    assert standing_of(her).secretary_of == frozenset()
    assert standing_of(other).secretary_of == {body.pk}


def test_a_membership_that_is_gone_is_read_afresh(two):
    her, _ = two
    body = make.body(make.region())
    membership = make.member(body, her, role=MemberRole.SECRETARY)
    assert standing_of(her).secretary_of == {body.pk}
    membership.delete()
    assert standing_of(her).secretary_of == frozenset()


def test_a_body_that_ends_is_read_afresh(two):
    her, _ = two
    body = make.body(make.region())
    make.member(body, her, role=MemberRole.SECRETARY)
    assert standing_of(her).bodies == {body.pk}
    body.valid_from, body.valid_until = None, clock.today() - timedelta(days=1)
    body.save()
    assert standing_of(her).bodies == frozenset()
