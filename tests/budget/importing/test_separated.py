"""Files with commas, semicolons and tabs, in the alphabets that spreadsheets save."""

import re

import pytest

from budget.importing import read_budget
from core.refusal import Refused
from tests.budget.sheets import separated

ROWS = [
    ["post", "2020", "2021"],
    ["Cliënten; en hun ouders", "1.234,56", "€ 2.000"],
    ['Zeggen "ja", of nee', "-", "(100)"],
    ["Totaal", "1.234,56", "1.900"],
]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_read(separator, encoding):
    report = read_budget(separated(ROWS, separator, encoding), "begroting.csv")
    assert [line.name for line in report.headings[0].lines] == [ROWS[1][0], ROWS[2][0]]
    assert report.totals.stated[2021] == 1_900
    assert (report.differences, report.unread) == ([], [])
    guessed = [each for each in report.warnings if "Windows-tekst" in each]
    assert len(guessed) == (encoding == "cp1252")


def test_the_line_for_excel_is_no_row():
    report = read_budget(b"sep=;\r\npost;2020\r\na;1,50\r\n", "x.csv")
    assert report.headings[0].lines[0].cells == {2020: "B2"}


def test_white_lines_count_as_rows():
    report = read_budget(b"\n\npost,2020\n\na,1\n", "x.csv")
    assert report.headings[0].lines[0].cells == {2020: "B5"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'post,2020\n"a,1\nb,2\n', "Regel 3 is niet te lezen: een aanhalingsteken wordt niet"),
        (b"\x00\x01\x02\x03", "Dit is geen rekenblad en geen tekst."),
        (bytes(range(1, 32)) * 9, "Dit is geen rekenblad en geen tekst."),
        (b"post,2020\n" + b"a,1\n" * 2_001, "Dit blad is te groot voor een begroting"),
        (b"post,2020\n" + b"a,1\n" * 100_000, "Dit blad is te groot voor een begroting"),
        (b"," * 60_000 + b"\n", "In het bestand staat niets."),
        (b"post,2020" + b",9" * 21_000, "Dit blad is te groot voor een begroting"),
        (b"\n" * 60_000 + b"post,2020\na,1", "Dit blad is te groot voor een begroting"),
        (b"een gewone zin zonder jaar", "Er zijn geen jaren gevonden."),
        (b"post,2020\na,veel\n", "Er zijn geen jaren gevonden."),
    ],
)
def test_refused(content, reason):
    with pytest.raises(Refused, match=re.escape(reason)) as caught:
        read_budget(content, "x.csv")
    assert [refusal.field for refusal in caught.value.refusals] == ["file"]
