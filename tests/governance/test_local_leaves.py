"""A municipality leaves the region, or a paper is withdrawn: nobody waits in vain."""

from datetime import timedelta

import pytest

from core import clock
from core.models import StatusChange
from core.refusal import Refused
from governance.domain import local, organisation, proposals
from governance.domain.local_reports import can_report
from governance.local_page import stands, summary_of
from governance.local_queries import progress_of, sorted_steps, with_counts
from governance.models import LocalRound, LocalStep, RegionMunicipality
from governance.tasks import hand_over_local_steps
from tests import factories as make
from tests import local as walk


@pytest.fixture
def asked(cast):
    return walk.asked(walk.to_board(cast), cast.author)


def leaves(cast, name, days):
    row = RegionMunicipality.objects.get(municipality__name=name, region=cast.region)
    last = clock.today() + timedelta(days=days) if days is not None else None
    row.valid_until = last
    return organisation.keep(row, cast.region, by=cast.admin)


def test_who_left_is_waited_for_no_longer(cast, asked):
    for name in ("Aardam", "Beekzicht"):
        walk.reported(walk.step_of(asked, name), None, outcome="none", text="")
    with pytest.raises(Refused, match="1 gemeente heeft nog niet gereageerd"):
        local.close_round(asked, by=cast.author)
    leaves(cast, "Cotten", -1)
    gone = walk.step_of(asked, "Cotten")
    assert (gone.state, str(stands(gone).value)) == ("left", "Doet niet meer mee")
    assert StatusChange.of(gone)[0].why == "doet niet meer mee aan de regio"
    assert can_report(gone).reason == (
        "Deze gemeente doet niet meer mee aan de regio en hoeft niet te reageren."
    )
    counted = with_counts(LocalRound.objects.all()).get()
    assert progress_of(counted) == "2 van de 2 raden hebben gereageerd"
    assert summary_of(sorted_steps(asked)) == "2 geen zienswijze."
    assert local.waits_for(asked.step) == []
    assert local.close_round(asked, by=cast.author).state == "closed"


def test_a_departure_to_come_takes_effect_on_its_day_and_can_be_undone(cast, asked):
    leaves(cast, "Cotten", 5)
    hand_over_local_steps()
    assert walk.step_of(asked, "Cotten").state == "open"
    with walk.days_later(6):
        hand_over_local_steps()
        assert walk.step_of(asked, "Cotten").state == "left"
        leaves(cast, "Cotten", None)
        assert walk.step_of(asked, "Cotten").state == "open"


def test_what_was_reported_before_stays(cast, asked):
    walk.reported(walk.step_of(asked, "Cotten"), None, source="Brief van 3 maart")
    leaves(cast, "Cotten", -1)
    assert walk.step_of(asked, "Cotten").state == "reported"


def test_a_successor_in_another_region_takes_nothing_over(cast, asked):
    elsewhere = make.municipality("Verweg")
    home = walk.home("Cotten")
    home.successor, home.valid_until = elsewhere, clock.today() - timedelta(days=1)
    home.save()
    leaves(cast, "Cotten", -1)
    assert walk.step_of(asked, "Cotten").state == "left"
    assert not LocalStep.objects.filter(municipality=elsewhere).exists()


def test_a_withdrawn_paper_takes_its_questions_along(cast, asked):
    concept = walk.prepared(asked.step, cast.author, addressee="college")
    proposals.change_state(asked.proposal, "withdraw", by=cast.author, why="Geen geld.")
    for each in (asked, concept):
        each.refresh_from_db()
        assert each.state == "withdrawn"
    assert StatusChange.of(asked)[0].why == "Het voorstel is ingetrokken. Geen geld."
    with pytest.raises(Refused, match="Deze vraag is ingetrokken"):
        walk.reported(walk.step_of(asked, "Aardam"), cast.adviser)
