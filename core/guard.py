"""The personal-data guard: finds what does not belong in a text about policy.

It helps people who slip; it is no lock against somebody who hides a number on purpose.

A citizen service number (BSN) blocks: 8 or 9 digits that pass the eleven test, plain or grouped
with spaces or dots. One number in eleven passes that test by chance, so these are left alone:

- numbers tied to letters, other digits, a hyphen or slash with a digit (4028-2017, NL91ABNA...),
  or inside a web address or an IBAN;
- amounts: beside a euro sign or the word euro, with cents, eight digits in groups of thousands, or
  nine in a table or on a line about money;
- eight digits that read as a date (20210614, 14062021), and telephone numbers;
- numbers right after a word that names another register: KvK, RSIN, btw, IBAN, AGB, ISBN, CBS,
  zaaknummer, kenmerk, factuurnummer, ordernummer.

The word BSN right before the number overrules these exceptions.

A date of birth, telephone number or e-mail address asks once: the writer may confirm its kind.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from core.formats import MONTHS
from core.refusal import Answer, Refusal, Refused
from core.richtext import to_plain_text

BSN, BIRTH_DATE, PHONE, EMAIL = "bsn", "birth_date", "phone", "email"

_MESSAGES = {
    BSN: "Hier lijkt een burgerservicenummer te staan ({}). Haal het weg: dat mag hier nooit.",
    BIRTH_DATE: "Hier lijkt een geboortedatum te staan ({}). Haal die weg, of bevestig "
    "dat die hier mag staan.",
    PHONE: "Hier lijkt een telefoonnummer te staan ({}). Haal het weg, of bevestig dat het "
    "hier mag staan.",
    EMAIL: "Hier lijkt een e-mailadres te staan ({}). Haal het weg, of bevestig dat het "
    "hier mag staan.",
}

_BSN = re.compile(
    r"(?<![\w])(?<![0-9][-/.,])"
    r"(?P<value>[0-9]{9}|[0-9]{8}"
    r"|[0-9]{3}[ .][0-9]{3}[ .][0-9]{3}|[0-9]{4}[ .][0-9]{2}[ .][0-9]{3}"
    r"|[0-9]{2}[ .][0-9]{2}[ .][0-9]{2}[ .][0-9]{3}|[0-9]{2}[ .][0-9]{3}[ .][0-9]{3})"
    r"(?!\w)(?![-/.,][0-9])"
)
_BSN_WORD = re.compile(r"(bsn|burgerservicenummer|sofinummer)\W{0,4}(nr|nummer|is)?\W{0,4}$", re.I)
_OTHER_REGISTER = re.compile(
    r"(kvk|rsin|btw|iban|agb|isbn|cbs|zaak|kenmerk|factuur|order)"
    r"[ -]?(nummer|nr|code|id)?\W{0,4}$",
    re.I,
)
_MONEY_BEFORE = re.compile(r"(€|\beur(o)?)\s*$", re.I)
_MONEY_AFTER = re.compile(r"^\s*(,-|€|eur(o)?\b)", re.I)
_MONEY_LINE = re.compile(
    r"\||<t[dh]\b|€|\b(euro|bedrag|totaal|begroting|begroot|kosten|baten|lasten|budget)", re.I
)
_DOTTED = re.compile(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}")
_THOUSANDS = re.compile(r"[0-9]{2}[ .][0-9]{3}[ .][0-9]{3}")
_WEB_ADDRESS = re.compile(r"https?://\S+", re.I)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\(?(?:\+|00)31\)?[ -]?(?:\(0\))?[ -]?|\(?0)"
    r"[1-9](?:\)?[ .-]{0,3}[0-9]){8}(?!\w)(?![.,-][0-9])"
)
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2} ?[A-Z]{4}(?: ?[0-9]){10}\b")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_DAY = (
    r"[0-9]{1,2}(?:[-/. ][0-9]{1,2}[-/. ]|\s+(?:"
    + "|".join(month[:3] + r"\w*" for month in [*MONTHS, "mrt"])
    + r")\.?\s+)(?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_BIRTH_DATE = re.compile(
    r"\b(?:geboren|geb\.?|geboortedatum|gebdat|geb\.\s?dat(?:um|\.)?)(?!\w)"
    rf"[^0-9\n]{{0,30}}?(?P<value>{_DAY})(?![0-9])",
    re.I,
)


@dataclass(frozen=True)
class Finding:
    """One hit. `excerpt` shows too little to spread the value; `blocks` means: never allowed."""

    kind: str
    excerpt: str
    blocks: bool
    message: str


class FoundPersonalData(Refused):
    """A text was refused because of what was found; carries the findings per field."""

    def __init__(self, found: Mapping[str, Iterable[Finding]]) -> None:
        self.found = {field: list(findings) for field, findings in found.items()}
        super().__init__(
            *(Refusal(hit.message, field) for field, hits in self.found.items() for hit in hits)
        )


def findings(text: str) -> list[Finding]:
    """Every hit in a plain or rich text, each value once; what blocks comes first."""
    texts = [_normal(text)]
    if "<" in text:
        texts.append(_normal(to_plain_text(text)))
    seen: dict[tuple[str, str], Finding] = {}
    for each in texts:
        for kind, value in _hits(each):
            seen.setdefault((kind, re.sub(r"\W", "", value)), _finding(kind, value))
    return sorted(seen.values(), key=lambda finding: not finding.blocks)


def open_findings(text: str, *, confirmed: frozenset[str] = frozenset()) -> list[Finding]:
    """The findings that still stop this text: `confirmed` holds kinds that the writer allowed."""
    return [hit for hit in findings(text) if hit.blocks or hit.kind not in confirmed]


def check(text: str, *, confirmed: frozenset[str] = frozenset()) -> Answer:
    """True, or the first reason why this text may not be stored."""
    return next((Refusal(hit.message) for hit in open_findings(text, confirmed=confirmed)), True)


def check_fields(
    texts: Mapping[str, str],
    *,
    confirmed: frozenset[str] = frozenset(),
    only_blocking: bool = False,
) -> None:
    """Raise FoundPersonalData with what still stops the texts, per field."""
    found = {
        field: [
            hit
            for hit in open_findings(text, confirmed=confirmed)
            if hit.blocks or not only_blocking
        ]
        for field, text in texts.items()
    }
    if any(found.values()):
        raise FoundPersonalData({field: hits for field, hits in found.items() if hits})


def _normal(text: str) -> str:
    """Plain digits and spaces, and no invisible characters."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return re.sub(r"[^\S\n]", " ", text)


def _hits(text: str) -> Iterator[tuple[str, str]]:
    for match in _EMAIL.finditer(text):
        yield EMAIL, match[0]
    for match in _BIRTH_DATE.finditer(text):
        yield BIRTH_DATE, match["value"]
    for match in [*_WEB_ADDRESS.finditer(text), *_IBAN.finditer(text)]:
        text = _blank(text, match)
    for match in _PHONE.finditer(text):
        if not _labelled(_BSN_WORD, text, match.start()):
            yield PHONE, match[0]
            text = _blank(text, match)
    for match in _BSN.finditer(text):
        if _is_bsn(text, match):
            yield BSN, match["value"]


def _is_bsn(text: str, match: re.Match[str]) -> bool:
    digits = re.sub(r"[ .]", "", match["value"])
    if not _eleven_test(digits):
        return False
    if _labelled(_BSN_WORD, text, match.start()):
        return True
    return not (
        _labelled(_OTHER_REGISTER, text, match.start())
        or _labelled(_MONEY_BEFORE, text, match.start())
        or _MONEY_AFTER.match(text[match.end() : match.end() + 8])
        or _THOUSANDS.fullmatch(match["value"])
        or (_DOTTED.fullmatch(match["value"]) and _MONEY_LINE.search(_line(text, match)))
        or _reads_as_date(digits)
    )


def _line(text: str, match: re.Match[str]) -> str:
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    return text[start : end if end >= 0 else len(text)]


def _eleven_test(digits: str) -> bool:
    number = [int(digit) for digit in digits.zfill(9)]
    total = sum(weight * digit for weight, digit in zip(range(9, 1, -1), number, strict=False))
    return any(number) and (total - number[8]) % 11 == 0


def _reads_as_date(digits: str) -> bool:
    if len(digits) != 8:
        return False
    orders = (digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])
    return any(_is_day(*order) for order in orders)


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year < 2100
    except ValueError:
        return False


def _labelled(label: re.Pattern[str], text: str, start: int) -> bool:
    return bool(label.search(text[max(0, start - 30) : start]))


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + "x" * len(match[0]) + text[match.end() :]


def _finding(kind: str, value: str) -> Finding:
    excerpt = _masked(kind, value)
    return Finding(kind, excerpt, kind == BSN, _MESSAGES[kind].format(excerpt))


def _masked(kind: str, value: str) -> str:
    if kind == EMAIL:
        return f"{value[0]}•••@•••.{value.rpartition('.')[2]}"
    if kind == BIRTH_DATE:
        return "••-••-" + "•" * 4
    return "•" * (len(re.sub(r"\D", "", value)) - 2) + value[-2:]
