import pytest

from core import clock
from governance.models import Decision
from tests import factories as make
from tests import fund
from tests.cast import Cast, make_cast


@pytest.fixture(autouse=True)
def _in_2021():
    """The years of a fund are real years, so the clock stands in one of them."""
    with clock.at(fund.START):
        yield


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def house(cast) -> fund.House:
    return fund.house(cast)


@pytest.fixture
def decision(cast) -> Decision:
    """Of the board, recorded and not final yet; its meeting is tomorrow."""
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(proposal.steps.get(), cast.author, make.meeting(cast.board, 1))
    return make.decided(step, cast.secretary)
