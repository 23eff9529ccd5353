"""Both reports on paper pass veraPDF, say what is an example, and keep hostile text as text."""

import logging
import subprocess
from io import BytesIO

import pikepdf
import pytest

from core.documents import freeze, get_kind, render_frozen
from nulmeting.reports.documents import OWN, REGION
from tests.core.test_pdf import web_server
from tests.memos import hostile
from tests.reports import own_report, region_report
from tests.verapdf import assert_valid


def rendered(kind, content):
    return render_frozen(get_kind(kind), freeze(content))


def text_of(pdf):
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf.content, capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.parametrize(
    "sizes",
    [
        {"municipalities": 13},
        {"municipalities": 40, "blocks": 23, "years": 10},
        {"municipalities": 1, "blocks": 1, "years": 1},
        {"municipalities": 0, "blocks": 0, "years": 0},
    ],
)
def test_the_report_of_a_region_passes_verapdf(sizes, caplog):
    with caplog.at_level(logging.WARNING):
        pdf = rendered(REGION, region_report(**sizes))
    assert caplog.messages == []
    assert_valid(pdf.content)


@pytest.mark.parametrize("changes", [{}, {"compares": False, "last_year": None}, {"blocks": 0}])
def test_the_report_of_a_municipality_passes_verapdf(changes, caplog):
    with caplog.at_level(logging.WARNING):
        pdf = rendered(OWN, own_report(**changes))
    assert caplog.messages == []
    assert_valid(pdf.content)


@pytest.mark.parametrize(
    ("kind", "content"), [(REGION, region_report(text="x")), (OWN, own_report(text="x"))]
)
def test_an_example_says_so_on_paper(kind, content):
    assert "Voorbeeld: de antwoorden in deze nulmeting zijn bedacht" in text_of(
        rendered(kind, content)
    )


def test_the_same_content_gives_the_same_file():
    assert rendered(REGION, region_report()).sha256 == rendered(REGION, region_report()).sha256


def test_a_drawing_tells_its_figures_to_who_cannot_see_it():
    pdf = rendered(OWN, own_report(blocks=1, text="Preventie"))
    with pikepdf.open(BytesIO(pdf.content)) as file:
        said = [str(each.Alt) for each in file.objects if _is_figure(each)]
    assert said == [
        "Preventie: 2,5, ambitie 4, mediaan van de regio 2,5, middelste helft 1,8 tot 3,3"
    ]


def _is_figure(each):
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"


@pytest.mark.parametrize(("kind", "make"), [(REGION, region_report), (OWN, own_report)])
def test_hostile_text_stays_text_and_opens_nothing(kind, make):
    with web_server() as (port, seen):
        pdf = rendered(kind, make(text=hostile(port).replace("\0", "")))
    assert seen == []
    assert_valid(pdf.content)
    assert b"root:" not in pdf.content
