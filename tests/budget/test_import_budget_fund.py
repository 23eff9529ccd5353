"""The command with a fund: what is not given comes from it, and the budget is saved."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from budget.models import BudgetVersion
from core.models import StoredFile
from tests import factories as make
from tests import fund as made
from tests.budget.test_import_budget import SHEET

GOOD = SHEET.replace("2020;2021", "2021;2022").replace("veel", "")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "begroting.csv"
    path.write_text(GOOD, encoding="cp1252")
    return path


def test_rate_opening_and_years_come_from_the_fund(cast, path, capfdbinary):
    made.opened(cast, slug="potje", contingency_rate=Decimal(5))
    call_command("import_budget", path, "--fund", "potje", "--dry-run", "--json")
    read = json.loads(capfdbinary.readouterr().out.decode("utf-8"))
    assert read["contingency"]["rate"] == "5.00"
    assert read["fund"]["opening"] == "5000.00"
    assert not BudgetVersion.objects.exists()
    assert not StoredFile.objects.exists()


def test_it_is_saved_as_a_concept_with_its_file(cast, path, capsys):
    fund = made.opened(cast, slug="potje")
    arguments = ["import_budget", path, "--fund", "potje", "--title", "Begroting 2021"]
    call_command(*arguments, "--by", cast.author.email)
    assert capsys.readouterr().out.endswith("Opgeslagen als concept: Begroting 2021, versie 1\n")
    version = fund.versions.get()
    assert version.history.get().history_type == "+"
    assert (version.file.name, version.file.uploaded_by) == ("begroting.csv", cast.author)
    with pytest.raises(CommandError, match="Dit rekenblad is al ingelezen"):
        call_command(*arguments)
    assert StoredFile.objects.count() == BudgetVersion.objects.count() == 1


def test_what_cannot_be_saved_is_said_per_cell(cast, path):
    made.opened(cast, slug="potje")
    path.write_text(GOOD.replace("€ 20", "veel"))
    with pytest.raises(CommandError, match=r"B4 \(‘veel’\): dit is geen bedrag"):
        call_command("import_budget", path, "--fund", "potje")
    path.write_text(GOOD.replace("2022", "2035"))
    with pytest.raises(CommandError, match="het jaar 2035 valt buiten de looptijd van het fonds"):
        call_command("import_budget", path, "--fund", "potje")
    assert not StoredFile.objects.exists()


def test_two_funds_of_one_name_are_told_apart_by_their_region(cast, path):
    made.opened(cast, slug="potje")
    other = make.region(slug="elders")
    with pytest.raises(CommandError, match=r"bestaat niet\. Kies uit: waterland/potje"):
        call_command("import_budget", path, "--fund", "potje", "--region", other.slug)
    twin = made.opened(cast, slug="tweede")
    twin.region, twin.slug = other, "potje"
    twin.save()
    with pytest.raises(CommandError, match=r"in meer regio's \(elders, waterland\)\."):
        call_command("import_budget", path, "--fund", "potje")
    call_command("import_budget", path, "--fund", "potje", "--region", "waterland")
    assert BudgetVersion.objects.get().fund.region == cast.region


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--fund", "geen"], "Het fonds ‘geen’ bestaat niet. Kies uit: waterland/potje"),
        (["--fund", "potje", "--by", "x@y.nl"], "geen actief account met het e-mailadres x@y.nl"),
        (["--fund", "potje", "--by", "STRANGER"], "Dit kan alleen iemand van het programmateam"),
    ],
)
def test_a_wrong_argument_is_a_sentence(cast, path, arguments, reason):
    made.opened(cast, slug="potje")
    given = [cast.stranger.email if each == "STRANGER" else each for each in arguments]
    with pytest.raises(CommandError, match=reason):
        call_command("import_budget", path, *given)
    assert not StoredFile.objects.exists()
