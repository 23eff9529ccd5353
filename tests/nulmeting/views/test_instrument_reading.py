"""The versions of the questions: listed, read, previewed and compared by the team alone."""

import pytest
from django.test import Client

from nulmeting.domain import instruments, rounds
from nulmeting.models import Instrument
from regioagenda.models import BlockLead
from tests import baseline

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_many_versions(
    team, cast, url, rows, django_assert_num_queries
):
    newest = baseline.fixed(cast)
    for _ in range(rows - 1):
        newest = instruments.fix_instrument(
            instruments.draw_next(newest, by=cast.author), by=cast.author
        )
    with django_assert_num_queries(13):
        page = team.get(url("instrument-list"))
    assert [row.version for row, _ in page.context["versions"]] == list(range(rows, 0, -1))
    assert "Lees een bestand in" in page.content.decode()


def test_while_one_is_in_preparation_no_other_is_begun(team, cast, url):
    baseline.drafted(cast)
    assert "Lees een bestand in" not in team.get(url("instrument-list")).content.decode()
    page = team.post(url("instrument-begin"), {"title": "Nog een"})
    assert "al een vragenlijst in voorbereiding" in page.content.decode()


def test_the_page_of_a_draft_names_what_is_missing(team, cast, url):
    instrument = baseline.drafted(cast)
    instrument.levels.filter(block__number=2, score=4).delete()
    page = team.get(url("instrument", 1))
    assert page.context["missing"] == ["Omschrijf bij 2. Bouwsteen 2 nog niveau 4."]
    assert page.context["now"].primary is None
    assert page.context["now"].not_yet[0].reason == page.context["missing"][0]


@pytest.mark.parametrize("blocks", [1, 3])
def test_reading_a_version_costs_the_same_for_more_blocks(
    team, cast, url, blocks, django_assert_num_queries
):
    baseline.fixed(cast, blocks=blocks)
    with django_assert_num_queries(22):
        page = team.get(url("instrument", 1))
    assert len(page.context["parts"]) == blocks


def test_a_fixed_version_leads_to_the_next_and_has_no_page_to_change_it(team, cast, url):
    instrument = baseline.fixed(cast)
    item, block = instrument.items.first(), instrument.items.first().block
    assert team.get(url("instrument", 1)).context["now"].primary.label == "Volgende versie maken"
    for name, *args in [
        ("instrument-edit",),
        ("instrument-scale",),
        ("instrument-block", block.pk),
        ("item-add", block.pk),
        ("item-change", item.pk),
        ("item-remove", item.pk),
        ("instrument-fix",),
        ("instrument-discard",),
    ]:
        assert team.get(url(name, 1, *args)).status_code == 404, name
    assert team.post(url("instrument-next", 1)).url == url("instrument", 2)
    assert Instrument.objects.get(version=2).items.count() == 4


def test_a_preview_shows_the_questions_and_takes_no_answer(team, cast, url):
    instrument = baseline.fixed(cast)
    block = instrument.items.first().block
    page = team.get(url("instrument-preview", 1, block.pk))
    html = page.content.decode()
    assert "1. Vraag 1?" in html
    begin, end = html.index('<fieldset class="rv-bare" disabled>'), html.rindex("</fieldset>")
    assert begin < html.index('type="radio"') < html.rindex('type="radio"') < end
    assert html[begin:end].count('type="radio"') == 14
    assert "<form" not in html[html.index("rv-fill__main") :]
    assert "Bestuurlijk trekker" not in html
    BlockLead.objects.create(block=block, municipality=cast.municipality)
    page = team.get(url("instrument-preview", 1, block.pk))
    assert "Bestuurlijk trekker: wethouder jeugd Aardam." in page.content.decode()


def test_two_versions_side_by_side(team, cast, url):
    first = baseline.fixed(cast)
    second = instruments.draw_next(first, by=cast.author)
    mended, other, gone, same = second.items.all()
    instruments.change_item(mended, text="Vraag 1 nu?", asks_the_same=True, by=cast.author)
    instruments.change_item(other, text="Iets anders?", asks_the_same=False, by=cast.author)
    instruments.remove_item(gone, by=cast.author)
    instruments.add_item(second, same.block, text="Nieuw?", by=cast.author)
    instruments.keep_level(second, same.block, 3, text="anders omschreven", by=cast.author)
    comparison = team.get(url("instrument-compare", 2)).context["comparison"]
    assert comparison.summary == [
        ("gelijk gebleven", 1),
        ("anders verwoord", 1),
        ("een andere vraag", 1),
        ("nieuw", 1),
        ("vervallen", 1),
    ]
    assert [part.levels for part in comparison.parts] == [(), (3,)]
    assert team.get(url("instrument-compare", 1)).status_code == 404


def test_only_the_team_sees_the_questions(cast, url):
    baseline.fixed(cast)
    for person, code in (
        (cast.admin, 404),
        (cast.adviser, 404),
        (cast.secretary, 404),
        (cast.stranger, 404),
    ):
        browser = Client()
        browser.force_login(person)
        assert browser.get(url("instrument", 1)).status_code == code
        assert browser.post(url("instrument-next", 1)).status_code == code
        wanted = 404 if person == cast.stranger else 403
        for name in ("instrument-list", "instrument-begin", "instrument-import"):
            assert browser.get(url(name)).status_code == wanted, (person, name)
    assert Instrument.objects.count() == 1


def test_a_round_holds_on_to_its_questions(team, cast, url):
    instrument = baseline.drafted(cast)
    rounds.edit_round(
        baseline.prepared(cast, instrument),
        year=2030,
        instrument=instrument,
        opens_on=instrument.created_at.date(),
        closes_on=instrument.created_at.date(),
        by=cast.author,
    )
    page = team.post(url("instrument-discard", 1), follow=True)
    assert "Ronde 2030 gebruikt deze vragenlijst" in page.content.decode()
    assert Instrument.objects.count() == 1
