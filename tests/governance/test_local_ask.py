"""Asking every municipality: once, with a term, and only what can still be asked."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core import clock
from core.models import StatusChange
from core.refusal import Refused
from governance.domain import decisions, layout, local
from governance.models import LocalRound, RegionMunicipality
from tests import factories as make
from tests import local as walk

MONDAY = timezone.make_aware(datetime(2026, 3, 2, 9, 0))


def test_asking_makes_a_step_for_each_municipality_that_takes_part_that_day(cast):
    gone = make.municipality("Doorn", in_region=cast.region)
    RegionMunicipality.objects.filter(municipality=gone).update(valid_until=date(2026, 3, 1))
    with clock.at(MONDAY):
        asked = walk.asked(walk.to_board(cast, 120), cast.author, term=walk.BUDGET)
    assert [str(step) for step in asked.steps.all()] == [
        "Aardam: wacht op reactie",
        "Beekzicht: wacht op reactie",
        "Cotten: wacht op reactie",
    ]
    assert (asked.state, asked.asked_on, asked.due_on) == (
        "asked",
        date(2026, 3, 2),
        date(2026, 5, 26),
    )
    assert (asked.term_length, asked.term_unit) == (12, "weeks")
    assert asked.version == asked.proposal.working
    assert asked.version.frozen_at == MONDAY
    lines = [(c.act, c.why) for c in StatusChange.of(asked)]
    assert lines == [("ask", "reageren tot en met 26 mei 2026"), ("local_prepared", "")]


def test_the_author_body_asks_and_nobody_else(cast):
    step = walk.to_board(cast)
    for person in (cast.secretary, cast.alderman, cast.coauthor, cast.stranger):
        with pytest.raises(PermissionDenied, match="programmateam"):
            walk.prepared(step, person)


def test_what_is_asked_twice_or_without_words_is_refused(cast):
    step = walk.to_board(cast)
    walk.prepared(step, cast.author)
    with pytest.raises(Refused) as twice:
        walk.prepared(step, cast.author, question=" ")
    assert twice.value.as_errors() == {
        "question": ["Schrijf op wat u de gemeenten vraagt."],
        "addressee": ["Deze vraag loopt al, of staat al in concept."],
    }
    walk.prepared(step, cast.author, addressee="college")
    assert LocalRound.objects.count() == 2


def test_only_before_a_stop_that_concludes(cast):
    paper = make.routed(cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE))
    with pytest.raises(Refused, match="bij de halte die besluit of instemt"):
        walk.prepared(paper.steps.first(), cast.author)
    step = make.on_agenda(paper.steps.first(), cast.author)
    make.handled(step, cast.aoj_secretary)
    last = make.on_agenda(paper.steps.last(), cast.author)
    make.decided(last, cast.secretary)
    last.refresh_from_db()
    with pytest.raises(Refused, match="Deze halte is al behandeld"):
        walk.prepared(last, cast.author)


def test_a_local_decision_follows_a_final_decision_that_leaves_it_to_them(cast):
    step = walk.to_board(cast, 2)
    final = decisions.finalise_decision(make.decided(step, cast.secretary), by=cast.secretary)
    with pytest.raises(Refused, match="hoeft geen gemeente zelf te besluiten"):
        walk.prepared(final, cast.author)
    asked = walk.asked(walk.consented(cast), cast.author, addressee="college")
    assert (asked.kind, asked.steps.count(), asked.version) == (
        "decision",
        3,
        asked.decision.version,
    )


def test_a_day_to_come_and_a_term_that_is_over_are_refused(cast):
    asked = walk.prepared(walk.to_board(cast), cast.author)
    with walk.days_later(0), pytest.raises(Refused) as future:
        local.ask_round(asked, by=cast.author, asked_on=make.moment(1).date())
    assert future.value.as_errors() == {
        "asked_on": ["De vraag kan niet in de toekomst zijn gesteld."]
    }
    with pytest.raises(Refused, match="De termijn liep al af op"):
        local.ask_round(asked, by=cast.author, asked_on=make.moment(-90).date())


def test_the_term_is_extended_with_a_reason_and_never_shortened(cast):
    with clock.at(MONDAY):
        asked = walk.asked(walk.to_board(cast), cast.author)  # six weeks: 13 April
        with pytest.raises(Refused) as wrong:
            local.extend_term(asked, until=date(2026, 4, 13), why="", by=cast.author)
        assert wrong.value.as_errors() == {
            "until": ["De termijn loopt tot en met 13 april 2026; kies een latere dag."],
            "why": ["Geef de reden van het verlengen."],
        }
        asked = local.extend_term(asked, until=date(2026, 5, 1), why="Reces.", by=cast.author)
    assert (asked.due_on, asked.extended_because) == (date(2026, 5, 1), "Reces.")
    line = StatusChange.of(asked)[0]
    assert line.why == "van 13 april 2026 naar 1 mei 2026: Reces."
    later = timezone.make_aware(datetime(2026, 6, 1, 9, 0))
    with clock.at(later), pytest.raises(Refused, match="Deze dag is al voorbij"):
        local.extend_term(asked, until=date(2026, 5, 29), why="Reces.", by=cast.author)


def test_personal_data_in_the_question_is_refused(cast):
    with pytest.raises(Refused) as hit:
        walk.prepared(walk.to_board(cast), cast.author, question="Over bsn 123456782?")
    assert list(hit.value.as_errors()) == ["question"]


def test_a_stop_that_municipalities_were_asked_about_stays_on_the_route(cast):
    paper = make.routed(
        cast.author, cast.team, (cast.steering, make.Purpose.CONSENT), (cast.board, make.DECIDE)
    )
    walk.prepared(paper.steps.first(), cast.author)
    with pytest.raises(Refused, match="Deze halte heeft al een geschiedenis"):
        layout.remove_step(paper.steps.first(), by=cast.author)
