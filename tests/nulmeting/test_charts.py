"""Drawings as plain values: where a score lies, what is left out, and what is said in words."""

from django.template.loader import render_to_string

from nulmeting import charts
from nulmeting.figures import Spread, spread_of

EMPTY = Spread(0)


def test_a_box_plot_lies_between_one_and_five():
    box = charts.spread_box(spread_of([1, 2, 3, 4, 5]), "Preventie")
    assert (box.least, box.lower, box.width, box.median, box.most) == ("4", "22", "36", "40", "76")
    assert box.title == (
        "Preventie: laagste 1,0, middelste helft 2,0 tot 4,0, mediaan 3,0, hoogste 5,0"
    )
    assert charts.spread_box(EMPTY, "Preventie") is None


def test_a_box_of_equal_scores_can_still_be_seen():
    assert charts.spread_box(spread_of([3, 3, 3]), "x").width == "1"


def test_a_stand_draws_only_what_is_known():
    own = charts.stand("Preventie", 2.5, 4)
    assert (own.now, own.aim, own.median, own.band) == ("93", "174", "", "")
    assert own.title == "Preventie: 2,5, ambitie 4"
    beside = charts.stand("Preventie", None, None, spread_of([2, 3, 4]))
    assert (beside.now, beside.median, beside.band, beside.band_width) == ("", "120", "93", "54")
    assert "geen score, mediaan van de regio 3,0, middelste helft 2,5 tot 3,5" in beside.title
    assert charts.stand("Preventie", None, None, EMPTY) is None


def test_years_lie_in_proportion_and_a_gap_breaks_the_line():
    points = [
        (2021, spread_of([2, 2])),
        (2022, spread_of([3])),
        (2024, EMPTY),
        (2026, spread_of([4])),
    ]
    chart = charts.year_lines("Preventie", points)
    assert [dot.x for dot in chart.dots] == ["30", "72", "240"]
    assert [dot.year for dot in chart.dots] == ["’21", "’22", "’26"]
    assert chart.lines == ("30,78 72,56",)
    assert chart.bands == ("30,78 72,56 72,56 30,78",)
    assert (chart.words, chart.label) == ("2021: 2,0; 2022: 3,0; 2024: –; 2026: 4,0", "4,0")


def test_one_year_is_no_line():
    assert charts.year_lines("Preventie", [(2021, spread_of([2]))]) is None
    assert charts.year_lines("Preventie", [(2021, EMPTY), (2022, spread_of([2]))]) is None


def test_years_that_stand_too_close_are_not_all_written():
    points = [(year, spread_of([2])) for year in range(2007, 2027)]
    written = [dot.year for dot in charts.year_lines("x", points).dots if dot.year]
    assert written[0] == "’07"
    assert written[-1] == "’26"
    assert len(written) == 7


def test_a_drawing_has_points_and_no_comma_in_its_coordinates():
    chart = charts.year_lines("<b>", [(2021, spread_of([2.25])), (2022, spread_of([3.5]))])
    drawn = render_to_string("nulmeting/charts/years.html", {"chart": chart})
    assert 'cy="72.5"' in drawn
    assert "<title>&lt;b&gt;: mediaan per jaar. 2021: 2,3; 2022: 3,5</title>" in drawn
