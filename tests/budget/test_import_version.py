"""A sheet that was read becomes a concept, with what it stated beside it."""

from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from budget.differences import found_in, of_basis
from budget.domain import imports, lines, versions
from budget.enums import LineKind, Scope
from budget.importing import read_budget
from budget.models import BudgetVersion, LineYear, SheetUpload
from core import clock
from core.files import store_upload
from core.models import StoredFile
from core.refusal import Refused
from regioagenda.models import BuildingBlock
from tests import fund as made
from tests.budget.sheets import piped
from tests.fund import eur

SHEET = """
post | 2021 | 2022 | toelichting
Ambulantisering | | |
Projectleiding | 1000 | 500 |
Uitvoeringsbudget spoed | 2000 | |
Pleegzorg | 10 | | nieuw
Subtotaal Ambulantisering | 3000 | 500 |
Onvoorzien 10% | 301 | 50 |
Totaal | 3301 | 550 |
Ter info: de raad vroeg hierom | | |
"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def read(fund, text=SHEET, **more):
    return imports.read_for(fund, piped(text), "begroting.csv", **more)


def reasons(act):
    with pytest.raises(Refused) as refused:
        act()
    return [each.reason.replace("\u00a0", " ") for each in refused.value.refusals]


def rows(version):
    return [
        (row.heading and row.heading.name, row.name, *(y.amount for y in row.years.all()))
        for row in version.lines.order_by("heading__order", "order")
    ]


def test_headings_lines_and_amounts_are_those_of_the_sheet(cast):
    fund = made.opened(cast, contingency_rate=Decimal(10))
    version = imports.import_version(fund, read(fund), title="Begroting 2021", by=cast.author)
    assert (str(version), version.state) == ("Begroting 2021, versie 1", "concept")
    assert (version.source, version.file, version.drawn_from) == ("begroting.csv", None, None)
    assert sorted(rows(version), key=str) == [
        ("Ambulantisering", "Pleegzorg", eur(10)),
        ("Ambulantisering", "Projectleiding", eur(1000), eur(500)),
        ("Ambulantisering", "Uitvoeringsbudget spoed", eur(2000)),
        (None, "Onvoorzien", eur(301), eur(50)),
    ]
    execution = version.lines.get(execution=True)
    assert execution.name == "Uitvoeringsbudget spoed"
    assert version.lines.get(heading=None).line.kind == LineKind.CONTINGENCY
    assert version.lines.get(name="Pleegzorg").explanation == "nieuw"
    assert version.remarks == "A9: Ter info: de raad vroeg hierom"


def test_what_the_sheet_contradicts_stays_visible(cast):
    fund = made.opened(cast, contingency_rate=Decimal(10))
    report = read(fund)
    version = imports.import_version(fund, report, by=cast.author)
    assert [(each.name, each.year, each.amount) for each in found_in(version)] == [
        ("Ambulantisering", 2021, eur(10))
    ]
    (difference,) = report.differences
    assert (difference.scope.value, difference.difference) == (Scope.HEADING, eur(10))


def test_lines_and_headings_of_the_version_in_force_go_on(house):
    version = imports.import_version(house.fund, read(house.fund), by=house.cast.author)
    before = house.version
    assert version.drawn_from == before
    went_on = version.lines.get(name="Projectleiding")
    assert went_on.line == house.leading
    assert version.lines.get(heading=None).line == house.spare
    assert version.lines.get(name="Pleegzorg").line.in_versions.count() == 1
    heading = version.headings.get()
    assert heading.identity == before.headings.get(name="Ambulantisering").identity


def test_a_heading_finds_the_building_block_that_it_names(cast):
    block = BuildingBlock.objects.create(
        region=cast.region, number=77, title="Verbinding jeugdhulp en onderwijs"
    )
    fund = made.opened(cast)
    text = SHEET.replace("Ambulantisering |", "Jeugdhulp en Onderwijs |", 1)
    version = imports.import_version(fund, read(fund, text), by=cast.author)
    assert version.headings.get().block == block


def test_the_sheet_is_kept_and_makes_one_version(cast):
    fund = made.opened(cast)
    content, report = piped(SHEET), read(fund)
    keep = lambda: store_upload(  # noqa: E731
        SimpleUploadedFile("begroting.csv", content), by=cast.author, kinds=imports.SHEET_KINDS
    )
    version = imports.import_version(fund, report, file=keep(), by=cast.author)
    assert version.file.content.read() == content
    version.file.content.close()
    again = lambda: imports.import_version(  # noqa: E731
        fund, report, file=keep(), by=cast.author
    )
    assert reasons(again) == [
        "Er is al een begroting in concept. Stel die vast of gooi haar weg.",
        "Dit rekenblad is al ingelezen: het is Begroting, versie 1. Open die versie.",
    ]
    versions.discard_version(version, by=cast.author)
    assert again().number == 1


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "Pleegzorg | 10",
            "Pleegzorg | veel",
            "B5 (‘veel’): dit is geen bedrag. Vul een bedrag in zoals 1.234,56, of maak de cel "
            "leeg.",
        ),
        ("| 10 |", "| $ 10 |", "B5 (‘$ 10’): dit is een andere munt. Reken het om naar euro's."),
        (
            "| 10 |",
            "| 1,234 |",
            "B5 (‘1,234’): dit heeft meer dan twee cijfers achter de komma. Rond af op centen.",
        ),
        (
            "| 10 |",
            "| -10 |",
            "B5 (€ -10): een bedrag in de begroting is nul of meer, en hoogstens "
            "€ 999.999.999,99. Verbeter het bedrag; zet opbrengsten bij wat is toegekend.",
        ),
        (
            "| 10 |",
            "| 2.000.000.000 |",
            "B5 (€ 2.000.000.000): een bedrag in de begroting is nul of meer, en hoogstens "
            "€ 999.999.999,99. Verbeter het bedrag; zet opbrengsten bij wat is toegekend.",
        ),
        (
            "nieuw",
            "voor 111222333",
            "A5: Hier lijkt een burgerservicenummer te staan (•••••••33). Haal het weg: dat mag "
            "hier nooit.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_cell(cast, old, new, reason):
    fund = made.opened(cast)
    report = read(fund, SHEET.replace(old, new))
    found = reasons(lambda: imports.import_version(fund, report, by=cast.author))
    assert found[0] == reason
    assert not BudgetVersion.objects.exists()


def test_a_year_outside_the_fund_is_refused_by_the_reader_and_by_the_act(cast):
    fund = made.opened(cast)
    text = SHEET.replace("2022", "2035")
    assert reasons(lambda: read(fund, text)) == [
        "C1 (‘2035’): het jaar 2035 valt buiten de looptijd van het fonds (2021 tot en met 2022). "
        "Verbeter het jaar, of haal de bedragen van dat jaar weg."
    ]
    report = read_budget(piped(text), "begroting.csv")
    assert reasons(lambda: imports.import_version(fund, report, by=cast.author)) == [
        "Het jaar 2035 (C3, C6, C7 en C8) valt buiten dit fonds. Het loopt over 2021 tot en met "
        "2022. Verbeter het jaar, of haal de bedragen van dat jaar weg."
    ]


def test_only_who_writes_the_budget_reads_in(cast, house):
    for person in (house.holder, house.finance, cast.reader, cast.stranger):
        with pytest.raises(PermissionDenied):
            imports.import_version(house.fund, read(house.fund), by=person)


def test_what_was_not_saved_goes_after_thirty_days(cast):
    fund = made.opened(cast)
    for name in ("bewaard.csv", "vergeten.csv"):
        file = store_upload(
            SimpleUploadedFile(name, piped(SHEET)), by=cast.author, kinds=imports.SHEET_KINDS
        )
        imports.keep_upload(fund, file, by=cast.author)
    kept = StoredFile.objects.get(name="bewaard.csv")
    imports.import_version(fund, read(fund), file=kept, by=cast.author)
    assert imports.sweep_uploads() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert imports.sweep_uploads() == 1
    assert list(StoredFile.objects.all()) == [kept]
    assert SheetUpload.objects.get().file == kept


def test_the_real_sheet_gives_exactly_its_two_differences(cast):
    fund = made.opened(
        cast,
        granted=2_787_871,
        starts_on=date(2020, 1, 1),
        ends_on=date(2022, 7, 1),
        contingency_rate=Decimal("7.5"),
    )
    sheet = files("regiovisie.demo").joinpath("data/ijsselland_transformatiefonds.csv")
    report = imports.read_for(fund, sheet.read_bytes(), sheet.name)
    version = imports.import_version(fund, report, by=cast.author)
    found = [(each.name, each.year, each.stated, each.computed) for each in found_in(version)]
    assert found == [
        ("Doorontwikkeling Inkoop", 2020, eur(394_360), eur(436_160)),
        ("Onvoorzien", 2022, eur(43_513), eur("31012.50")),
    ]
    assert of_basis(version) == []
    assert version.remarks == ""
    leader = version.lines.get(name="Kwartiermaker")
    assert [(each.amount, each.hours, each.weeks, each.rate) for each in leader.years.all()] == [
        (eur(121_440), 24, 46, eur(110)),
        (eur(121_440), 24, 46, eur(110)),
        (eur(63_360), 24, 24, eur(110)),
    ]
    monitor = version.lines.get(name__startswith="Inzet monitor")
    assert monitor.explanation == "afgerond bedrag. In het blad: 2,5 uur per week"
    assert LineYear.objects.filter(line__version=version).count() == 57
    lines.remove_line(version.lines.get(name="Projectmanager"), by=cast.author)
    assert [each.name for each in found_in(version)] == ["Onvoorzien"]
