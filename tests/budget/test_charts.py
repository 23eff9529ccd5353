"""Drawings of money: coordinates as text, what is drawn is said, and odd numbers do no harm."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from budget.charts import OTHERS, Balance, drawdown_chart, scale_for, stacked_chart


def eur(amount):
    return Decimal(amount)


@pytest.mark.parametrize(
    ("highest", "ticks", "label"),
    [
        ("3246393", ["1", "2", "3"], "× € mln"),
        ("33000", ["10", "20", "30"], "× € 1.000"),
        ("1000000", ["0,25", "0,5", "0,75", "1"], "× € mln"),
        ("0", ["0,25", "0,5", "0,75", "1"], "€"),
    ],
)
def test_the_scale_has_round_ticks(highest, ticks, label):
    scale = scale_for(eur(highest))
    assert ([scale.shown(each) for each in scale.ticks], scale.label) == (ticks, label)


def test_the_drawdown_says_every_balance_and_draws_fact_and_plan():
    chart = drawdown_chart(
        "Fonds",
        [
            Balance(date(2019, 1, 1), eur(300), eur(300)),
            Balance(date(2019, 12, 31), eur(200), eur(250)),
            Balance(date(2020, 12, 31), eur(0), None),
        ],
    )
    assert "31-12-2019: werkelijk € 250, begroot € 200" in chart.words.replace("\u00a0", " ")
    assert (len(chart.fact.split()), len(chart.plan.split())) == (2, 3)
    shown = [label.text.replace("\u00a0", " ") for label in chart.labels]
    assert shown == ["€ 300", "€ 250", "€ 0"]
    assert [day.label for day in chart.days] == ["1-1-2019", "31-12-2019", "31-12-2020"]


def test_one_day_is_no_line_and_many_days_do_not_touch():
    assert drawdown_chart("Fonds", [Balance(date(2019, 1, 1), eur(1))]) is None
    days = [Balance(date(2000 + n, 12, 31), eur(100 - n), None) for n in range(60)]
    chart = drawdown_chart("Fonds", days)
    places = [float(day.at) for day in chart.days]
    assert min(b - a for a, b in pairwise(places)) >= 58
    assert chart.days[-1].label == "31-12-2059"


def test_a_balance_below_nothing_stays_on_the_paper():
    chart = drawdown_chart(
        "Fonds", [Balance(date(2019, 1, 1), eur(10), eur(10)), Balance(date(2020, 1, 1), eur(-5))]
    )
    assert all(0 <= float(dot.y) <= 262 for dot in chart.dots)


def test_bars_add_up_and_more_headings_than_colours_go_together():
    layers = [(f"Onderdeel {n}", [eur(1000), eur(0)]) for n in range(12)]
    chart = stacked_chart("Begroot", ["2020", "2021"], layers, ("Onvoorzien", [eur(500), eur(0)]))
    assert [key.label for key in chart.keys][-2:] == [OTHERS, "Onvoorzien"]
    assert [key.number for key in chart.keys] == [*"123456", "-rest", "-spare"]
    first, second = chart.bars
    assert (first.total.replace("\u00a0", " "), second.parts) == ("€ 12.500", ())
    heights = sum(float(part.height) + 1.5 for part in first.parts)
    assert heights == pytest.approx(
        float(first.parts[0].y) + float(first.parts[0].height) + 1.5 - float(first.parts[-1].y),
        abs=0.5,
    )


def test_no_money_is_no_drawing():
    assert stacked_chart("Begroot", ["2020"], [("Leeg", [eur(0)])]) is None
    assert stacked_chart("Begroot", [], []) is None


def test_a_cent_is_drawn_without_harm():
    chart = stacked_chart("Begroot", ["2020"], [("Klein", [Decimal("0.01")])])
    assert float(chart.bars[0].parts[0].height) > 0
