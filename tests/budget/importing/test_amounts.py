"""Amounts as people type them, one cell at a time."""

from decimal import Decimal

import pytest

from budget.importing.amounts import Amount, Trouble, read_amount, read_number, read_rates
from budget.importing.cells import Cell, Kind


def _text(text):
    return Cell(1, 1, text)


def _number(number, **more):
    return Cell(1, 1, str(number), Kind.NUMBER, Decimal(number), **more)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234", "1234"),
        ("€ 1.234", "1234"),
        ("€\u00a01.234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("12.345.678", "12345678"),
        ("1,234,567", "1234567"),
        ("1 234,50", "1234.50"),
        ("1234.5", "1234.50"),
        ("1.234,-", "1234"),
        ("EUR 1.234,--", "1234"),
        ("1.234 euro", "1234"),
        ("(1.234)", "-1234"),
        ("(€ 1.234,50)", "-1234.50"),
        ("-/- 500", "-500"),
        ("500-", "-500"),
        ("500 -/-", "-500"),
        ("€ -500", "-500"),
        ("−500", "-500"),
        ("121440.0", "121440"),
        ("31012.499999999996", "31012.50"),
    ],
)
def test_read(text, amount):
    assert read_amount(_text(text)) == Amount(Decimal(amount), Decimal(amount))


@pytest.mark.parametrize("text", ["-", "€ -", "–", "€"])
def test_a_dash_says_nothing(text):
    assert read_amount(_text(text)) == Amount()


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("veel", Trouble.NOT_AMOUNT),
        ("12 + 13", Trouble.NOT_AMOUNT),
        ("1.23.456", Trouble.NOT_AMOUNT),
        ("-500-", Trouble.NOT_AMOUNT),
        ("1,234", Trouble.DECIMALS),  # a thousand, or three decimals
        ("1234.567", Trouble.DECIMALS),
        ("0,125", Trouble.DECIMALS),
        ("10.000.000.001", Trouble.TOO_LARGE),
        ("9" * 60, Trouble.NOT_AMOUNT),
        ("$ 500", Trouble.CURRENCY),
        ("500 USD", Trouble.CURRENCY),
        ("GBP 500", Trouble.CURRENCY),
        ("CHF 500", Trouble.CURRENCY),
        ("£500", Trouble.CURRENCY),
        ("12k", Trouble.SCALED),
        ("€ 1,2 mln", Trouble.SCALED),
        ("7,5%", Trouble.PERCENT),
        ("=SOM(B2:B4)", Trouble.NO_RESULT),
        ("#REF!", Trouble.ERROR),
        ("#VERW!", Trouble.ERROR),
        ("#DEEL/0!", Trouble.ERROR),
        ("#N/B", Trouble.ERROR),
        ("Err:508", Trouble.ERROR),
        ("Fout:522", Trouble.CIRCULAR),
        ("p.m.", Trouble.PENDING),
        ("PM", Trouble.PENDING),
        ("n.v.t.", Trouble.NONE),
    ],
)
def test_not_read_and_why(text, trouble):
    assert read_amount(_text(text)) == Amount(trouble=trouble)


def test_a_number_of_the_file_needs_whole_cents():
    assert read_amount(_number("0.1")).value == Decimal("0.10")
    assert read_amount(_number("10.125")).trouble is Trouble.DECIMALS
    assert read_amount(_number("1E+20")).trouble is Trouble.TOO_LARGE
    assert read_amount(_number("5", currency="$")).trouble is Trouble.CURRENCY


def test_what_a_formula_made_is_rounded_and_says_so():
    found = read_amount(_number("31012.575", formula=True))
    assert (found.value, found.exact) == (Decimal("31012.58"), Decimal("31012.575"))
    assert found.trouble is Trouble.ROUNDED
    assert not found.trouble.spoils


@pytest.mark.parametrize(
    ("text", "number"),
    [("24", "24"), ("2,5", "2.5"), ("46 weken", "46"), ("€ 110 per uur", "110"), ("1.234", "1234")],
)
def test_factors(text, number):
    assert read_number(_text(text)).value == Decimal(number)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [("veel", Trouble.NOT_NUMBER), ("54", Trouble.TOO_MANY), ("-3", Trouble.NEGATIVE)],
)
def test_factors_that_cannot_be(text, trouble):
    assert read_number(_text(text), most=Decimal(53)) == Amount(trouble=trouble)


def test_rates_and_whether_they_are_about():
    assert read_rates("Onvoorzien (ca 7,5%)") == [(Decimal("7.5"), True)]
    assert read_rates("ca. 7.5 procent") == [(Decimal("7.5"), True)]
    assert read_rates("10% of circa 5 %") == [(Decimal(10), False), (Decimal(5), True)]
    assert read_rates("onvoorzien 7,5") == []
