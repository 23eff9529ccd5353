import pytest

from nulmeting.models import Submission
from tests import baseline
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def submission(cast) -> Submission:
    """Of Aardam, in a round that opened today."""
    return baseline.of(baseline.opened(cast), "Aardam")


@pytest.fixture
def editor(submission):
    return baseline.editor(submission.municipality)


@pytest.fixture
def approver(submission):
    return baseline.approver(submission.municipality)
