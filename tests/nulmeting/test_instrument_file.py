"""Questions as a YAML file: out and in again without a loss, and every mistake named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.refusal import Refused
from nulmeting import instrument_file
from nulmeting.domain import instruments
from nulmeting.models import Instrument
from tests import baseline

pytestmark = pytest.mark.django_db

SCALE = "schaal: {1: {naam: a}, 2: {naam: b}, 3: {naam: c}, 4: {naam: d}, 5: {naam: e}}\n"
BLOCK = "bouwstenen:\n- {nummer: 1, titel: Een, niveaus: [a, b, c, d, e], vragen: [Vraag]}\n"


def reasons(text):
    with pytest.raises(Refused) as refused:
        instrument_file.read(text.encode() if isinstance(text, str) else text)
    assert {each.field for each in refused.value.refusals} == {"file"}
    return [each.reason for each in refused.value.refusals]


def test_out_and_in_again_is_the_same(cast):
    first = baseline.drafted(cast)
    for score in range(1, 6):
        instruments.keep_level(first, None, score, text=f"t{score}", name="Naam", by=cast.author)
    instruments.edit_instrument(first, title="N", guidance="Lees\ndit: ‘eerst’", by=cast.author)
    first = instruments.fix_instrument(first, by=cast.author)
    text = instrument_file.write(first)
    again = instrument_file.bring_in(
        cast.region, instrument_file.read(text.encode()), title="N", by=cast.author
    )
    assert instrument_file.write(again) == text
    assert [i.identity for i in again.items.all()] == [i.identity for i in first.items.all()]
    assert (again.drawn_from, again.state, again.version) == (first, "draft", 2)


def test_a_question_with_other_words_is_another_question(cast):
    first = baseline.fixed(cast, blocks=1)
    contents = instrument_file.read((SCALE + BLOCK.replace("Vraag]", "'Vraag 1?']")).encode())
    other = instrument_file.read((SCALE + BLOCK).encode())
    same = instrument_file.bring_in(cast.region, contents, title="N", by=None)
    assert same.items.get().identity == first.items.get(number=1).identity
    instruments.discard_instrument(same, by=None)
    new = instrument_file.bring_in(cast.region, other, title="N", by=None)
    assert not first.items.filter(identity=new.items.get().identity).exists()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "geen ‘schaal’ en geen ‘bouwstenen’"),
        ("- een\n- lijst", "geen ‘schaal’ en geen ‘bouwstenen’"),
        ("schaal: {1: [", "niet te lezen als YAML (regel 1)"),
        ("dag: 2026-13-45", "niet te lezen als YAML"),
        ("getal: " + "9" * 5000, "niet te lezen als YAML"),
        ("!!python/object/apply:os.system [ls]", "niet te lezen als YAML (regel 1)"),
        ("[" * 3000, "niet te lezen als YAML"),
        (b"\xff\xfe\x00", "geen tekst in UTF-8"),
        ("x" * 500_001, "te groot"),
        (BLOCK, "staan de niveaus 1 tot en met 5"),
        (SCALE, "minstens één bouwsteen"),
        (SCALE.replace("{naam: c}", "{}") + BLOCK, "de naam van niveau 3"),
        (SCALE.replace("naam: c", "naam: " + "c" * 41) + BLOCK, "Niveau 3 van de schaal is te"),
        (SCALE + BLOCK.replace("nummer: 1", "nummer: één"), "Bouwsteen 1 in het bestand heeft"),
        (SCALE + BLOCK.replace(", e]", "]"), "Bouwsteen 1 heeft geen vijf niveaus"),
        (SCALE + BLOCK.replace("[Vraag]", "[]"), "Bouwsteen 1 heeft geen vragen"),
        (SCALE + BLOCK.replace("Vraag]", "V" * 301 + "]"), "meer dan 300 tekens"),
        (SCALE + BLOCK.replace("Vraag]", "V, V]"), "twee keer dezelfde vraag"),
        (
            SCALE + BLOCK.replace("Vraag]", ", ".join(f"V{n}" for n in range(16)) + "]"),
            "meer dan 15 vragen",
        ),
        (SCALE + BLOCK + BLOCK.split("\n", 1)[1], "hetzelfde nummer"),
    ],
)
def test_a_mistake_is_named(text, wanted):
    assert any(wanted in reason for reason in reasons(text)), reasons(text)


def test_all_mistakes_are_named_at_once():
    broken = SCALE.replace("{naam: c}", "{}") + BLOCK.replace(", e]", "]").replace("[Vraag]", "[]")
    assert len(reasons(broken)) == 3


def test_an_unknown_block_and_a_bsn_are_refused(cast):
    contents = instrument_file.read((SCALE + BLOCK).encode())
    with pytest.raises(Refused, match="heeft geen bouwsteen 1"):
        instrument_file.bring_in(cast.region, contents, title="N", by=cast.author)
    baseline.block(cast.region)
    named = instrument_file.read((SCALE + BLOCK.replace("Vraag]", "Van 111222333]")).encode())
    with pytest.raises(Refused, match="burgerservicenummer"):
        instrument_file.bring_in(cast.region, named, title="N", by=cast.author)
    assert not Instrument.objects.exists()


def test_the_pages_take_a_file_in_and_give_it_out(client, cast):
    baseline.block(cast.region)
    client.force_login(cast.author)
    url = reverse("nulmeting:instrument-import", args=["waterland"])

    def sent(text):
        return client.post(url, {"title": "N", "file": SimpleUploadedFile("v.yaml", text.encode())})

    page = sent(SCALE + BLOCK.replace("[Vraag]", "[]"))
    assert page.context["form"].errors["file"] == ["Bouwsteen 1 heeft geen vragen, of een lege."]
    assert sent(SCALE + BLOCK).url == "/waterland/nulmeting/vragenlijst/1/"
    answer = client.get(reverse("nulmeting:instrument-download", args=["waterland", 1]))
    assert answer["Content-Disposition"].endswith('"vragenlijst-waterland-versie-1.yaml"')
    assert answer.content.decode() == instrument_file.write(Instrument.objects.get())


def test_the_command_brings_a_file_in(cast, tmp_path, capsys):
    baseline.block(cast.region)
    path = tmp_path / "vragen.yaml"
    path.write_text(SCALE + BLOCK)
    call_command("import_instrument", str(path), region="waterland", title="Wijkteams")
    assert "Wijkteams, versie 1 (1 vragen)" in capsys.readouterr().out
    path.write_text("kapot: [")
    for file, region, wanted in (
        (path, "waterland", "niet te lezen als YAML"),
        (path, "elders", "Kies uit: bergland, waterland"),
        (tmp_path / "weg.yaml", "waterland", "niet te openen"),
    ):
        with pytest.raises(CommandError, match=wanted):
            call_command("import_instrument", str(file), region=region)
