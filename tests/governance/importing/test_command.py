import json

import pytest
from django.core.management import CommandError, call_command

from governance.models import Body, Region, RuleSet
from tests.governance.importing.documents import PROPOSAL


@pytest.fixture
def region(db):
    region = Region.objects.create(name="Wijkstad", slug="wijkstad")
    rules = RuleSet.objects.create(region=region, name="eigen", basis="own")
    Body.objects.create(
        region=region,
        name="Stuurgroep wijken",
        short_name="Stuurgroep",
        slug="stuurgroep",
        kind="steering",
        legal_status="consultation",
        publication_ground="Woo 5.2",
        rules=rules,
    )
    return region


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "stuk.txt"
    path.write_text(PROPOSAL, encoding="utf-8")
    return path


def test_a_dry_run_shows_what_was_read(region, path, capsys):
    call_command("import_proposal", path, "--region", "wijkstad", "--dry-run")
    shown = capsys.readouterr().out
    assert "Onderwerp:       Speelplekken in elke wijk" in shown
    assert "- Stuurgroep wijken (stuurgroep): 11 maart 2024, jaar afgeleid" in shown
    assert "- AOW (onbekend in deze regio): 14 maart 2024, jaar afgeleid" in shown
    assert "2. Een bedrag van € 12.500 voor de telling." in shown
    assert shown.startswith("LET OP\n- Het gremium ‘Programmateam’")


def test_json_prints_json_and_nothing_else(region, path, capfdbinary):
    call_command("import_proposal", path, "--region", "wijkstad", "--dry-run", "--json")
    read = json.loads(capfdbinary.readouterr().out.decode("utf-8"))
    assert list(read) == [
        *("subject", "to", "from", "date", "status", "version", "commissioned_by", "drafted_by"),
        *("case_number", "route", "sections", "decision_intro", "decision_points", "advice"),
        *("attachments_mentioned", "notes", "warnings", "unread"),
    ]
    assert read["decision_points"][1] == "Een bedrag van € 12.500 voor de telling."


def test_a_refusal_is_a_sentence_and_no_trace(region, tmp_path):
    path = tmp_path / "leeg.txt"
    path.touch()
    with pytest.raises(CommandError, match=r"^Het bestand is leeg\. Kies een bestand met tekst\.$"):
        call_command("import_proposal", path, "--region", "wijkstad", "--dry-run")


def test_an_unknown_region_names_those_there_are(region, path):
    with pytest.raises(CommandError, match=r"‘elders’ bestaat niet\. Kies uit: wijkstad\."):
        call_command("import_proposal", path, "--region", "elders", "--dry-run")
