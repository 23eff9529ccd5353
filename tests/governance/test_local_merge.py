"""A municipality that merges hands its open steps to its successor."""

from datetime import timedelta

import pytest

from core import clock
from core.models import StatusChange
from governance.domain import local, local_homes, organisation
from governance.models import LocalStep
from governance.tasks import hand_over_local_steps
from tests import factories as make
from tests import local as walk


@pytest.fixture
def asked(cast):
    return walk.asked(walk.to_board(cast), cast.author)


def merge(cast, *names, days):
    heir = make.municipality("Delta", in_region=cast.region)
    organisation.merge_municipalities(
        [walk.home(name) for name in names],
        heir,
        cast.region,
        last_day=clock.today() + timedelta(days=days),
        by=cast.admin,
    )
    return heir


def shown(asked):
    return [(str(s.municipality), s.state, str(s.successor_step or "")) for s in asked.steps.all()]


def test_open_steps_of_predecessors_become_one_of_the_successor(cast, asked):
    walk.reported(walk.step_of(asked, "Aardam"), cast.adviser)
    heir = merge(cast, "Aardam", "Beekzicht", "Cotten", days=-1)
    taken = "Delta: wacht op reactie"
    assert shown(asked) == [
        ("Aardam", "reported", ""),
        ("Beekzicht", "merged", taken),
        ("Cotten", "merged", taken),
        ("Delta", "open", ""),
    ]
    line = StatusChange.of(walk.step_of(asked, "Cotten"))[0]
    assert (line.act, line.why) == ("hand_over", "opgegaan in Delta")
    assert walk.reported(walk.step_of(asked, "Delta"), walk.official(heir)).state == "reported"


def test_a_merger_to_come_takes_effect_on_its_day_and_once(cast, asked):
    merge(cast, "Beekzicht", "Cotten", days=10)
    hand_over_local_steps()
    assert not LocalStep.objects.filter(state="merged").exists()
    with walk.days_later(11):
        assert local_homes.hand_over() == 2
        hand_over_local_steps()
    assert asked.steps.count() == 4


def test_who_reported_already_is_not_asked_again(cast, asked):
    for name in ("Beekzicht", "Cotten"):
        walk.reported(walk.step_of(asked, name), None, outcome="none", text="")
    merge(cast, "Beekzicht", "Cotten", days=-1)
    assert [name for name, *_ in shown(asked)] == ["Aardam", "Beekzicht", "Cotten"]


def test_a_closed_round_stays_as_it_was(cast, asked):
    local.withdraw_round(asked, why="Niet meer nodig.", by=cast.author)
    merge(cast, "Beekzicht", days=-1)
    assert {state for _, state, _ in shown(asked)} == {"open"}
