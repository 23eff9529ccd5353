"""Comma-separated text in two forms; in neither does typed text become a formula."""

from datetime import date
from decimal import Decimal

import pytest

from core.separated import dutch_csv, machine_csv
from core.sheets import Table

ROWS = [['Aardam; zuid, "oud"', 3, Decimal("2.50"), date(2026, 11, 2), None]]
TABLE = Table("Lijst", ["Naam", "Aantal", "Score", "Dag", "Leeg"], ROWS)


def test_for_a_dutch_excel():
    assert dutch_csv(TABLE) == (
        b'\xef\xbb\xbfNaam;Aantal;Score;Dag;Leeg\r\n"Aardam; zuid, ""oud""";3;2,50;02-11-2026;\r\n'
    )


def test_for_a_machine():
    assert machine_csv(TABLE) == (
        b'Naam,Aantal,Score,Dag,Leeg\r\n"Aardam; zuid, ""oud""",3,2.50,2026-11-02,\r\n'
    )


@pytest.mark.parametrize("write", [dutch_csv, machine_csv])
@pytest.mark.parametrize(
    "text", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "=cmd|'/c x'!A1"]
)
def test_what_people_typed_never_becomes_a_formula(write, text):
    for table in (Table("x", ["Kop"], [[text]]), Table("x", [text], [])):
        lines = write(table).decode("utf-8-sig").strip("\r\n").split("\r\n")
        assert lines[-1].lstrip('"').startswith("'") or lines[-2].lstrip('"').startswith("'")


def test_a_negative_number_stays_a_number():
    assert dutch_csv(Table("x", ["Kop"], [[-2], [Decimal("-1.5")]])).endswith(b"-2\r\n-1,5\r\n")


def test_control_characters_are_left_out():
    assert machine_csv(Table("x", ["Kop"], [["een\x00twee\x0b"]])) == b"Kop\r\neentwee\r\n"
