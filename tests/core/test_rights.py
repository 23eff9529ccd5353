import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rules import predicate

from accounts.models import User
from core import rights
from core.refusal import Refusal

ACT = "test.write"
SENTENCE = "Alleen de schrijver mag dit wijzigen."


@predicate
def is_writer(user, obj):
    return obj["writer"] == user.email


@pytest.fixture(autouse=True)
def act():
    rights.register(ACT, is_writer, SENTENCE)
    yield
    rights.unregister(ACT)


WRITER = User(email="a@b.nl")
PAPER = {"writer": "a@b.nl"}


@pytest.mark.parametrize(
    ("user", "obj", "answer"),
    [
        (WRITER, PAPER, True),
        (WRITER, {"writer": "c@d.nl"}, Refusal(SENTENCE)),
        (User(email="c@d.nl", is_superuser=True, is_staff=True), PAPER, Refusal(SENTENCE)),
        (User(email="a@b.nl", is_active=False), PAPER, rights.SIGN_IN),
        (AnonymousUser(), PAPER, rights.SIGN_IN),
        (None, PAPER, rights.SIGN_IN),
        (WRITER, None, rights.NO_OBJECT),
    ],
)
def test_who_may(user, obj, answer):
    assert rights.may(user, ACT, obj) == answer


def test_a_negated_predicate_without_object_is_still_no():
    rights.register("test.negated", ~is_writer, SENTENCE)
    try:
        assert rights.may(WRITER, "test.negated", None) == rights.NO_OBJECT
    finally:
        rights.unregister("test.negated")


def test_must_says_which_right_is_missing():
    rights.must(WRITER, ACT, PAPER)
    with pytest.raises(PermissionDenied, match=SENTENCE):
        rights.must(WRITER, ACT, {"writer": ""})


def test_mistakes_of_programmers_are_not_answers():
    with pytest.raises(KeyError):
        rights.may(WRITER, "test.unknown", PAPER)
    with pytest.raises(KeyError):
        rights.may(WRITER, ACT, {"other": 1})
    with pytest.raises(ValueError, match="twice"):
        rights.register(ACT, is_writer, SENTENCE)


def test_what_is_not_there_is_a_404():
    rights.or_404(PAPER)
    with pytest.raises(Http404):
        rights.or_404(None)
