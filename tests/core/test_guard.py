import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import guard
from core.guard import Finding, FoundPersonalData
from core.refusal import Refusal


def kinds(text):
    return [hit.kind for hit in guard.findings(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Het gaat om 123456782.",
        "123.456.782",
        "nr 123 456 782 van de cliënt",
        "1234.56.782",
        "BSN: 12.345.672",
        "bsn-nummer 10000008",
        "een kind (10000008) uit de wijk",
        "123\u00a0456\u200b\u00a0782",
        "１２３４５６７８２",
        "<p>1234<strong>56782</strong></p>",
        "KvK van BSN 123456782",
        "| kind | 123456782 |",
        "| bsn 123.456.782 |",
    ],
)
def test_a_citizen_service_number_is_found(text):
    assert kinds(text) == ["bsn"]
    assert guard.findings(text)[0].blocks


@pytest.mark.parametrize(
    "text",
    [
        "zaak 4028-2017",
        "2021-123456782",
        "€ 123.456.782",
        "123.456.782 euro",
        "123.456.782,00",
        "123456782,-",
        "een begroting van 12.345.672",
        "| 2021 | 123.456.782 |",
        "<table><tr><td>2021</td><td>123.456.782</td></tr></table>",
        "totaal 123.456.782",
        "op 14-06-2021, kenmerk 123456782",
        "KvK-nummer 10000008",
        "RSIN 123456782",
        "NL123456782B01",
        "IBAN NL91 ABNA 0417 1643 00",
        "buurt BU05990110 in GM0599 (0599)",
        "https://voorbeeld.nl/stuk/123456782",
        "123456789",
        "000000000",
        "bestand 19000103",
        "In 2021 waren er 12345 en in 2022 12678.",
        "geboren in 2004",
        "de regio is ontstaan op 1-1-2015",
        "overleg @home van 9.30 tot 10.45 uur",
    ],
)
def test_ordinary_policy_text_is_left_alone(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "excerpt"),
    [
        ("bel 06-12345678", "phone", "••••••••78"),
        ("bel 06 12 34 56 78", "phone", "••••••••78"),
        ("bel +31 6 12345678", "phone", "•••••••••78"),
        ("bel (010) 123 45 67", "phone", "••••••••67"),
        ("0701234567", "phone", "••••••••67"),
        ("mail naar jan.jansen@voorbeeld.nl", "email", "j•••@•••.nl"),
        ("geboren op 3-4-2008", "birth_date", "••-••-••••"),
        ("geboren te Assen op 3 april 2008", "birth_date", "••-••-••••"),
        ("(geb. 03/04/08)", "birth_date", "••-••-••••"),
        ("Geboortedatum: 2008-04-03", "birth_date", "••-••-••••"),
    ],
)
def test_what_may_be_there_asks_once(text, kind, excerpt):
    (hit,) = guard.findings(text)
    assert (hit.kind, hit.excerpt, hit.blocks) == (kind, excerpt, False)
    assert guard.check(text) == Refusal(hit.message)
    assert guard.check(text, confirmed=frozenset({kind})) is True


def test_a_citizen_service_number_cannot_be_confirmed():
    message = (
        "Hier lijkt een burgerservicenummer te staan (•••••••82). Haal het weg: dat mag hier nooit."
    )
    confirmed = frozenset({"bsn", "phone", "email", "birth_date"})
    assert guard.findings("a@b.nl 123456782 123456782")[0] == Finding(
        "bsn", "•••••••82", True, message
    )
    assert guard.check("a@b.nl 123456782", confirmed=confirmed) == Refusal(message)


def test_every_field_is_reported_at_once():
    with pytest.raises(FoundPersonalData) as caught:
        guard.check_fields({"title": "a@b.nl", "text": "123456782", "why": "niets"})
    assert {f: [h.kind for h in hits] for f, hits in caught.value.found.items()} == {
        "title": ["email"],
        "text": ["bsn"],
    }


@given(st.integers(10_000_000, 99_999_999))
def test_any_number_that_passes_the_eleven_test_is_found_and_masked(start):
    digits = [int(d) for d in f"{start:08}"]
    check = sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=True)) % 11
    if check < 10:
        number = f"{start:08}{check}"
        (hit,) = guard.findings(f"cliënt {number}.")
        assert hit.kind == "bsn"
        assert number[:7] not in hit.excerpt + hit.message


@given(st.text())
def test_any_text_is_judged_without_failing(text):
    assert all(text.strip() != hit.excerpt for hit in guard.findings(text))
