"""Reading a sheet in: the file, which sheet, what was read, and the concept it becomes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from budget.domain import imports
from budget.models import BudgetVersion, SheetUpload
from core.models import StoredFile
from tests import fund as walk
from tests.budget.sheets import piped, workbook
from tests.budget.test_import_version import SHEET

pytestmark = pytest.mark.django_db

ROWS = [["post", 2021, 2022], ["Werk"], ["Hulp", 100, 50], ["Totaal", 100, 50]]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fund(cast):
    return walk.opened(cast)


@pytest.fixture
def send(cast, fund, page):
    def sent(content, name="begroting.csv", who=None):
        file = SimpleUploadedFile(name, content)
        return page(who or cast.author, "sheet-upload", fund, data={"file": file})

    return sent


def pk():
    return StoredFile.objects.latest("pk").pk


def test_a_sheet_is_shown_beside_what_it_states_and_saved(cast, fund, send, page, text):
    shown = text(send(piped(SHEET)))
    assert "Kijk na wat er is gelezen" in shown
    assert "Ambulantisering 2021 In het blad € 3.000 Nageteld € 3.010 Verschil € 10" in shown
    assert "Dat is precies ‘Pleegzorg’ (B5): niet meegeteld." in shown
    assert "Subtotaal in het blad € 3.000 € 500 Subtotaal nageteld € 3.010 € 500" in shown
    assert "In het fonds bij het begin € 5.000" in shown
    assert not BudgetVersion.objects.exists()
    after = text(page(cast.author, "sheet-review", fund, pk(), data={"title": "Begroting 2021"}))
    assert "Begroting 2021, versie 1 staat in concept." in after
    assert "Ambulantisering 2021 telt niet op" in after
    assert "A9: Ter info: de raad vroeg hierom" in after
    again = page(cast.author, "sheet-review", fund, pk())
    assert again.url == f"/waterland/fonds/{fund.slug}/begroting/1/"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("begroting.csv", b"", "Dit bestand is leeg. Kies een ander bestand."),
        ("begroting.xlsx", b"MZ\x90\x00" + b"\0" * 200, "Dit is een programma en geen rekenblad."),
        ("begroting.xlsx", workbook(ROWS)[:900], "Dit bestand is beschadigd."),
        ("begroting.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "oude versie van Office"),
        ("begroting.csv", piped(SHEET.replace("2022", "2035")), "C1 (‘2035’): het jaar 2035 valt"),
        ("begroting.xlsx", piped(SHEET), "maar de naam eindigt op .xlsx."),
        ("begroting.csv", b"<html>post;2021", "Dit is een webpagina of XML en geen rekenblad."),
    ],
)
def test_what_cannot_be_read_is_said_at_the_file_and_not_kept(send, text, name, content, sentence):
    assert sentence in text(send(content, name))
    assert not StoredFile.objects.exists()


def test_a_cell_that_is_no_amount_stands_in_the_way_of_saving(cast, fund, send, page, text):
    shown = text(send(piped(SHEET.replace("| 10 |", "| veel |"))))
    assert "Dit blad is zo nog niet op te slaan. B5 (‘veel’): dit is geen bedrag." in shown
    assert "B5: niet gelezen" in shown
    assert "Bewaar als concept" not in shown
    refused = text(page(cast.author, "sheet-review", fund, pk(), data={"title": "Toch"}))
    assert "B5 (‘veel’): dit is geen bedrag." in refused
    assert not BudgetVersion.objects.exists()


def test_a_workbook_with_more_sheets_asks_which(cast, fund, send, page, text):
    book = workbook({"Toelichting": [["Wat dit is"]], "Begroting": ROWS})
    shown = text(send(book, "begroting.xlsx"))
    assert "Welk blad is de begroting? Toelichting (1 gevulde cel) Begroting (10" in shown
    wrong = text(page(cast.author, "sheet-review", fund, pk(), blad="Toelichting"))
    assert "Kies het blad" in wrong
    assert "geen jaren" in wrong
    right = text(page(cast.author, "sheet-review", fund, pk(), blad="Begroting"))
    assert "Gelezen is het blad Begroting ." in right


def test_a_dropped_sheet_is_gone_at_once(cast, fund, send, page, text):
    send(piped(SHEET))
    assert "is weggegooid. Er is niets opgeslagen." in text(
        page(cast.author, "sheet-drop", fund, pk(), data={})
    )
    assert not StoredFile.objects.exists()
    assert not SheetUpload.objects.exists()


def test_only_who_writes_gets_in_and_only_who_chose_it_sees_a_sheet(cast, house, page):
    codes = [
        page(person, "sheet-upload", house.fund).status_code
        for person in (cast.author, cast.reader, house.finance, cast.provider, cast.stranger, None)
    ]
    assert codes == [200, 403, 403, 404, 404, 302]
    file = SimpleUploadedFile("begroting.csv", piped(SHEET))
    page(cast.author, "sheet-upload", house.fund, data={"file": file})
    walk.make.member(cast.team, cast.coauthor)
    codes = [
        page(person, "sheet-review", house.fund, pk()).status_code
        for person in (cast.author, cast.coauthor, cast.reader, cast.stranger)
    ]
    assert codes == [200, 404, 403, 404]


def test_the_sheet_of_a_version_is_for_who_works_with_the_fund(cast, fund, send, page):
    content = piped(SHEET)
    send(content)
    page(cast.author, "sheet-review", fund, pk(), data={"title": ""})
    response = page(cast.author, "version-download", fund, 1)
    assert b"".join(response.streaming_content) == content
    assert page(cast.reader, "version-download", fund, 1).status_code == 404


@pytest.mark.parametrize("more", [0, 40])
def test_the_page_costs_the_same_whatever_the_sheet(
    cast, fund, send, client, more, django_assert_num_queries
):
    extra = "".join(f"Post {n} | 1 | 1 |\n" for n in range(more))
    send(piped(SHEET.replace("Pleegzorg", f"{extra}Pleegzorg")))
    client.force_login(cast.author)
    url = f"/waterland/fonds/{fund.slug}/begroting/inlezen/{pk()}/"
    client.get(url)
    with django_assert_num_queries(22):
        client.get(url)


def test_the_sweep_takes_what_nobody_saved(cast, fund, send):
    send(piped(SHEET))
    assert imports.sweep_uploads() == 0
