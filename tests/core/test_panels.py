from dataclasses import dataclass
from decimal import Decimal

import pytest

from core import panels
from core.panels import FrozenPanel, Panel, ShownPanel

SLOT = "test.proposal"


@dataclass(frozen=True)
class CostPanel(Panel):
    amount: Decimal
    note: str = ""


def load_costs(proposal, reader):
    if reader is None:
        return None
    note = "alleen voor financiën" if reader == "finance" else ""
    return CostPanel("Kosten", proposal["costs"], note)


def freeze_costs(panel):
    return {"title": panel.title, "amount": str(panel.amount), "note": panel.note}


@pytest.fixture(autouse=True)
def costs():
    panels.register(SLOT, "costs", load_costs, "test/_costs.html", freeze_costs)
    yield
    panels.unregister(SLOT, "costs")


PROPOSAL = {"costs": Decimal("12.50")}


def test_a_page_shows_the_panels_of_its_slot_with_the_rights_of_its_reader():
    shown = CostPanel("Kosten", Decimal("12.50"))
    assert panels.panels(SLOT, PROPOSAL, "member") == [
        ShownPanel("costs", "test/_costs.html", shown)
    ]
    assert panels.panels(SLOT, PROPOSAL, None) == []
    assert panels.panels("test.elsewhere", PROPOSAL, "member") == []


def test_a_document_freezes_what_is_the_same_for_all_its_readers():
    data = {"title": "Kosten", "amount": "12.50", "note": ""}
    assert panels.frozen_panels(SLOT, PROPOSAL, ["member", "chair"]) == [
        FrozenPanel("costs", "test/_costs.html", data)
    ]


@pytest.mark.parametrize("readers", [[], [None], ["member", None], ["member", "finance"]])
def test_what_one_reader_may_not_see_or_sees_differently_stays_out(readers):
    assert panels.frozen_panels(SLOT, PROPOSAL, readers) == []


def test_what_is_the_same_for_all_is_loaded_once_for_nobody_in_particular():
    asked = []

    def load(proposal, reader):
        asked.append(reader)
        return CostPanel("Kosten", proposal["costs"])

    panels.register(SLOT, "open", load, "x.html", freeze_costs, for_all=True)
    try:
        found = panels.frozen_panels(SLOT, PROPOSAL, ["member", None, "finance"])
        assert [panel.name for panel in found] == ["open"]
        assert panels.frozen_panels(SLOT, PROPOSAL, []) == []
    finally:
        panels.unregister(SLOT, "open")
    assert asked == [None]


def test_what_json_cannot_hold_is_a_mistake():
    panels.register(SLOT, "wrong", load_costs, "x.html", lambda panel: {"amount": panel.amount})
    try:
        with pytest.raises(TypeError):
            panels.frozen_panels(SLOT, PROPOSAL, ["member"])
    finally:
        panels.unregister(SLOT, "wrong")


def test_a_name_is_used_once_in_a_slot():
    with pytest.raises(ValueError, match="twice"):
        panels.register(SLOT, "costs", load_costs, "x.html", freeze_costs)
