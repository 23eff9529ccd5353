"""Every arrow that there is, and none that there is not."""

import pytest

from governance.domain.local import STATES, STEP_STATES
from governance.enums import LocalRoundState, LocalStepState
from governance.models import LocalRound, LocalStep

ROUND = {
    "ask": {"concept": True},
    "close": {"asked": True},
    "withdraw": {"concept": True, "asked": True},
}
STEP = {
    "report": {"open": True, "silent": True},
    "correct": {"reported": True},
    "take_back": {"reported": True},
    "lapse": {"open": True},
    "hand_over": {"open": True},
    "leave": {"open": True},
    "return": {"left": True},
}


def allowed(table, model, state, name):
    return state in table.by_name[name].sources


@pytest.mark.parametrize("state", LocalRoundState.values)
@pytest.mark.parametrize("name", list(ROUND))
def test_round(state, name):
    assert list(STATES.by_name) == list(ROUND)
    assert allowed(STATES, LocalRound, state, name) is ROUND[name].get(state, False)


@pytest.mark.parametrize("state", LocalStepState.values)
@pytest.mark.parametrize("name", list(STEP))
def test_step(state, name):
    assert list(STEP_STATES.by_name) == list(STEP)
    assert allowed(STEP_STATES, LocalStep, state, name) is STEP[name].get(state, False)


def test_a_wrong_state_says_what_it_is():
    answer = STEP_STATES.answer(LocalStep(state="open"), "correct")
    assert answer.reason == "Uitkomst verbeteren kan niet: de stand is 'wacht op reactie'."
    answer = STATES.answer(LocalRound(state="closed"), "ask")
    assert answer.reason == "De vraag versturen kan niet: de stand is 'gesloten'."
