from decimal import Decimal

import pytest

from core.money import AMOUNT_WRONG, parse_euro

READ = [
    ("€ 1.234,56", "1234.56"),
    ("33.000", "33000.00"),
    ("33.000,-", "33000.00"),
    ("1.234.567", "1234567.00"),
    ("1234.5", "1234.50"),
    ("1234,5", "1234.50"),
    ("12,", "12.00"),
    (",50", "0.50"),
    ("-12,50", "-12.50"),
    ("€\u00a00", "0.00"),
]


@pytest.mark.parametrize(("text", "amount"), READ)
def test_an_amount_as_people_write_it(text, amount):
    assert parse_euro(text) == Decimal(amount)


# What could be read in two ways, or only by a computer.
UNREAD = ["1234.567", "1234.567,00", "12.34.567", "0.500", "0,505", "1,234.56", "1e5", "1_000"]


@pytest.mark.parametrize("text", [*UNREAD, "", "-", ".", "٣", "12 euro", "9" * 18])
def test_what_is_no_plain_amount_is_told(text):
    with pytest.raises(ValueError, match=AMOUNT_WRONG):
        parse_euro(text)
