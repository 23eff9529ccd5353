"""How long municipalities have, by which law."""

from datetime import date

import pytest

from core.refusal import Refused
from governance.domain.local_terms import LAW, Term, law_of, legal_term


@pytest.mark.parametrize(
    ("source", "asked_on", "weeks", "last_day"),
    [
        ("budget", date(2026, 3, 2), 12, date(2026, 5, 26)),  # 25 May is Whit Monday
        ("budget", date(2022, 7, 1), 12, date(2022, 9, 23)),
        ("budget", date(2022, 6, 30), 8, date(2022, 8, 25)),
        ("arrangement", date(2026, 3, 2), 8, date(2026, 4, 28)),  # 27 April is King's Day
    ],
)
def test_the_law_gives_a_term_that_never_ends_on_a_free_day(source, asked_on, weeks, last_day):
    term = legal_term(source, asked_on)
    assert (term.length, term.unit) == (weeks, "weeks")
    assert term.last_day(asked_on) == last_day


@pytest.mark.parametrize(
    ("board", "send_by"),
    [
        (date(2027, 7, 1), date(2027, 4, 8)),
        (date(2027, 9, 9), date(2027, 6, 17)),
        (date(2027, 6, 24), date(2027, 4, 1)),
        (date(2027, 7, 20), date(2027, 4, 27)),  # King's Day: counted back, a term stays put
        (date(2027, 7, 4), date(2027, 4, 9)),  # a Sunday: up to then it would run on to Monday
    ],
)
def test_twelve_weeks_back_from_the_day_the_papers_go_to_the_board(board, send_by):
    term = legal_term("budget", date(2027, 1, 4))
    assert term.send_by(board) == send_by
    assert term.last_day(send_by) <= board


def test_a_rule_of_law_holds_between_its_days_and_for_the_forms_that_know_it():
    assert [(row.source, row.weeks, row.valid_from.year) for row in LAW] == [
        ("budget", 8, 1),
        ("budget", 12, 2022),
        ("arrangement", 8, 2022),
    ]
    assert law_of("budget", date(2026, 1, 1)).sender == "het bestuur van de regio"
    assert law_of("arrangement", date(2026, 1, 1)).sender == "elk college, aan de eigen raad"
    with pytest.raises(Refused, match="gold op 30 juni 2022 nog niet"):
        legal_term("arrangement", date(2022, 6, 30))
    assert legal_term("arrangement", date(2026, 1, 1), "central").length == 8
    with pytest.raises(Refused, match="Een centrumregeling heeft geen eigen begroting"):
        legal_term("budget", date(2026, 1, 1), "central")


def test_an_own_term_in_days_runs_on_to_the_next_working_day():
    assert Term("own", 10, "days", "afspraak").last_day(date(2026, 11, 25)) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("term", "kind", "addressee", "field", "reason"),
    [
        (
            Term("budget", 12),
            "decision",
            "council",
            "term_source",
            "Deze wettelijke termijn geldt voor een zienswijze van de raad. Kies een eigen "
            "termijn.",
        ),
        (
            Term("budget", 12),
            "zienswijze",
            "college",
            "term_source",
            "Deze wettelijke termijn geldt voor een zienswijze van de raad. Kies een eigen "
            "termijn.",
        ),
        (
            Term("own", 105, "weeks", "brief"),
            "decision",
            "college",
            "term_length",
            "Vul een termijn in van 1 tot en met 104 weken.",
        ),
        (
            Term("own", 0, "days", "brief"),
            "decision",
            "college",
            "term_length",
            "Vul een termijn in van 1 tot en met 730 dagen.",
        ),
        (
            Term("own", 3, "weeks", " "),
            "decision",
            "college",
            "term_note",
            "Noem waar de termijn vandaan komt, zoals een afspraak.",
        ),
        (Term("own", 3, "years", "x"), "decision", "college", "term_unit", "Kies dagen of weken."),
        (
            Term("elsewhere", 3),
            "decision",
            "college",
            "term_source",
            "Kies waar de termijn vandaan komt.",
        ),
    ],
)
def test_a_term_that_does_not_fit_says_why(term, kind, addressee, field, reason):
    (refusal,) = term.refusals(kind, addressee)
    assert (refusal.field, refusal.reason) == (field, reason)
