import json

import pytest
from django.core.management import CommandError, call_command

SHEET = """post;2020;2021
Werk;;
Hulp;€ 100;€ 50
Raad;€ 20;veel
Subtotaal Werk;€ 100;€ 50
Onvoorzien 10%;€ 10;€ 5
Totaal;€ 110;€ 55
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "begroting.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_dry_run_shows_what_was_read(path, capsys):
    call_command("import_budget", path, "--dry-run", "--opening", "€ 200")
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    assert shown.startswith("LET OP\n- C5 (Werk, 2021) is niet na te rekenen")
    assert "- De posten onder ‘Werk’ maken in 2020 samen € 120. In B5 staat € 100" in shown
    assert "- Werk 2020: Dit verbeteren kost € 20, of met de post onvoorzien erbij € 22." in shown
    rows = [line.split() for line in shown.splitlines()]
    assert ["Raad", "€", "20", "?"] in rows
    assert ["nagerekend", "€", "120"] in rows
    assert ["Onvoorzien", "(10%)", "€", "10", "€", "5"] in rows
    assert ["Over", "na", "2021", "€", "35"] in rows
    assert "NIET GELEZEN\n- C4: veel (dit is geen bedrag." in shown


def test_json_prints_json_and_nothing_else(path, capfdbinary):
    call_command("import_budget", path, "--dry-run", "--json", "--rate", "7,5%")
    read = json.loads(capfdbinary.readouterr().out.decode("utf-8"))
    assert list(read) == [
        *(
            "name",
            "sheet",
            "years",
            "year_heads",
            "columns",
            "headings",
            "subtotal",
            "contingency",
            "totals",
        ),
        *(
            "differences",
            "basis_differences",
            "fund",
            "consequences",
            "notes",
            "warnings",
            "unread",
        ),
    ]
    assert read["years"] == [2020, 2021]
    (heading,) = read["headings"]
    assert (heading["stated"], heading["computed"]) == (
        {"2020": "100.00", "2021": "50.00"},
        {"2020": "120.00"},
    )
    assert heading["lines"][0]["amounts"] == {"2020": "100.00", "2021": "50.00"}
    assert (read["contingency"]["rate"], read["contingency"]["computed"]["2020"]) == ("7.5", "7.50")
    assert [(each["scope"], each["name"], each["year"]) for each in read["differences"]] == [
        ("heading", "Werk", 2020),
        ("contingency", "Onvoorzien 10%", 2020),
        ("contingency", "Onvoorzien 10%", 2021),
    ]
    assert read["differences"][0]["difference"] == "20.00"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "Noem met --fund bij welk fonds de begroting hoort"),
        (["--dry-run", "--rate", "veel"], "vul een percentage tussen 0 en 100 in"),
        (["--dry-run", "--rate", "700"], "vul een percentage tussen 0 en 100 in"),
        (["--dry-run", "--opening", "veel"], "Vul een bedrag in euro's in"),
        (["--dry-run", "--sheet", "X"], r"Er is geen blad ‘X’\."),
    ],
)
def test_a_wrong_argument_is_a_sentence(path, arguments, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("import_budget", path, *arguments)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="Dit bestand is niet te openen: No such file"):
        call_command("import_budget", tmp_path / "weg.csv", "--dry-run")
