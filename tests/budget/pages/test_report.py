"""The report of a fund: its content, who may read it, and on paper by veraPDF."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse

from budget.domain import lines, versions
from budget.enums import Scope
from budget.reports.content import build_report
from budget.reports.documents import FUND, made_at, report_of, request_report
from core import clock
from core.documents import document_of, freeze, get_kind, make, render_frozen
from core.models import Document
from core.refusal import Refused
from tests import fund as walk
from tests.nulmeting.test_report_pdf import text_of
from tests.verapdf import assert_valid

pytestmark = pytest.mark.django_db


def rendered(fund, since=None):
    return render_frozen(get_kind(FUND), freeze(build_report(fund, since)))


def plain(pdf):
    return " ".join(text_of(pdf).replace("\u00a0", " ").split())


def test_the_report_passes_verapdf_and_has_every_figure(house, caplog):
    walk.paid(house, walk.signed(house, 600), 250)
    walk.proposed(house, 100)
    with caplog.at_level(logging.WARNING):
        pdf = rendered(house.fund, clock.now() - timedelta(days=1))
    assert caplog.messages == []
    assert_valid(pdf.content)
    shown = plain(pdf)
    assert "Projectleiding € 1.500 € 600 € 250 € 250 € 900 € 700" in shown
    assert "Totaal € 4.000 € 600 € 250 € 250 € 3.400 € 700" in shown
    assert "Projectleiding 2021 + € 1.000 + € 600 + € 250 + € 250" in shown


def test_an_empty_fund_and_a_long_one_pass_verapdf(cast):
    assert_valid(rendered(walk.opened(cast)).content)
    long = walk.opened(
        cast,
        slug="lang",
        name="Een fonds met een naam die maar doorgaat <b>tot het einde</b>",
        ends_on=walk.date(2030, 12, 31),
        granted=90000,
    )
    version = versions.draft_version(long, title="Begroting", by=cast.author)
    for number in range(10):
        heading = lines.put_heading(version, name=f"Onderdeel {number} " + "x" * 90, by=cast.author)
        years = {year: walk.year(100) for year in range(2021, 2031)}
        lines.put_line(version, heading=heading, name="Post " * 30, years=years, by=cast.author)
    walk.adoption.adopt_version(version, ground=walk.GROUND, by=cast.author)
    pdf = rendered(long)
    assert_valid(pdf.content)
    assert "<b>tot het einde</b>" in plain(pdf)
    assert "Dit is het eerste rapport van dit fonds." in plain(pdf)


def test_what_the_sheet_stated_stands_beside_what_we_counted(cast):
    version = walk.drafted(cast, walk.opened(cast))
    heading = version.headings.get(name="Ambulantisering")
    stated = lines.state_total(
        version, Scope.HEADING, year=2021, amount=walk.eur(1500), heading=heading, by=cast.author
    )
    lines.judge_difference(stated, text="De post telt mee.", by=cast.author)
    walk.adoption.adopt_version(version, ground=walk.GROUND, by=cast.author)
    (remark,) = build_report(version.fund, None).remarks
    assert (remark.stated, remark.computed) == (1500, 2000)
    assert remark.judgement == "De post telt mee."


def test_the_same_state_gives_the_same_report_and_a_change_a_new_one(house):
    first = request_report(house.fund, by=house.cast.reader)
    with clock.at(walk.START + timedelta(days=3)):
        assert request_report(house.fund, by=house.cast.author) == first
        assert not report_of(house.fund).outdated
        walk.signed(house, 600)
        assert report_of(house.fund).outdated
        second = request_report(house.fund, by=house.cast.author)
    assert second != first
    assert second.frozen["since"] == "1 maart 2021"
    (change,) = second.frozen["changes"]
    assert (change["name"], change["committed"]) == ("Projectleiding", "600.00")
    assert made_at(second) == walk.clock.now() + timedelta(days=3)


def test_a_fund_without_a_grant_has_no_report(cast):
    with pytest.raises(Refused, match="nog niets toegekend"):
        request_report(walk.opened(cast, granted=0), by=cast.author)


def test_the_page_asks_for_it_and_only_readers_get_it(house, page, text, client):
    shown = text(page(house.cast.reader, "report", house.fund, data={}))
    assert "in de wachtrij" in shown
    document = document_of(FUND, house.fund)
    make(document)
    document.refresh_from_db()
    assert document.status == Document.Status.READY
    url = reverse("core:document-download", args=[document.pk])
    for person, code in ((house.cast.reader, 200), (house.cast.provider, 404)):
        client.force_login(person)
        response = client.get(url)
        assert response.status_code == code
        if response.streaming:
            b"".join(response.streaming_content)
    assert page(house.cast.provider, "report", house.fund, data={}).status_code == 404
