"""Amounts, numbers and percentages as people type them, and what can be wrong with them.

'€ 1.234', '1.234,56', '1,234.56', '(1.234)', '1.234,-', '-/- 500', '500-' and '-' are all read. A
dot with three digits behind it groups thousands, as is usual in Dutch; a comma with exactly three
behind it can be either, so it is not read.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from budget.importing.cells import Cell, Kind
from budget.importing.result import CENT

MOST = Decimal(10_000_000_000)
FACTOR = Decimal("0.0001")
NOISE = Decimal("0.000001")  # what adding up in floating point leaves behind


class Trouble(Enum):
    """What is wrong with a cell in which a figure belongs: the sentence, with what to do."""

    NOT_AMOUNT = "dit is geen bedrag. Vul een bedrag in zoals 1.234,56, of maak de cel leeg."
    NOT_NUMBER = "dit is geen getal. Vul een getal in, of maak de cel leeg."
    CURRENCY = "dit is een andere munt. Reken het om naar euro's."
    DECIMALS = "dit heeft meer dan twee cijfers achter de komma. Rond af op centen."
    TOO_LARGE = "dit is meer dan 10 miljard euro. Kijk het bedrag na."
    TOO_MANY = "dit getal is groter dan hier kan. Kijk het na."
    SCALED = "dit is in duizenden of miljoenen geschreven. Schrijf het bedrag voluit in euro's."
    PERCENT = "dit is een percentage en geen bedrag. Vul het bedrag in."
    DATE = "dit is een datum en geen bedrag. Vul het bedrag in."
    NO_RESULT = (
        "deze formule heeft geen bewaarde uitkomst. Open het bestand in Excel of LibreOffice, sla "
        "het op en lees het opnieuw in."
    )
    ERROR = "hier staat een foutmelding van het rekenblad. Herstel de formule."
    CIRCULAR = (
        "deze formule verwijst in een kring naar zichzelf; de uitkomst is niet te vertrouwen. "
        "Herstel de formule."
    )
    NEGATIVE = "dit is kleiner dan nul. Vul een getal vanaf nul in."
    PENDING = "dit is een pro-memoriepost. Zij telt niet mee."
    NONE = "hier staat in woorden dat er geen bedrag is. Zo is het ook gelezen."
    ROUNDED = "deze uitkomst heeft meer dan twee cijfers achter de komma en is afgerond op centen."

    @property
    def spoils(self) -> bool:
        """Whether a figure is missing, so that what it counts in cannot be checked."""
        return self not in (Trouble.PENDING, Trouble.NONE, Trouble.ROUNDED)


@dataclass(frozen=True)
class Amount:
    """A cell read as an amount. Without a value and without trouble it says nothing ('-').

    `exact` is the value before rounding to cents.
    """

    value: Decimal | None = None
    exact: Decimal | None = None
    trouble: Trouble | None = None


_WITHOUT_VALUE = {
    Kind.ERROR: Trouble.ERROR,
    Kind.NO_RESULT: Trouble.NO_RESULT,
    Kind.CIRCULAR: Trouble.CIRCULAR,
    Kind.PERCENT: Trouble.PERCENT,
    Kind.DATE: Trouble.DATE,
    Kind.TRUTH: Trouble.NOT_AMOUNT,
}
_CURRENCY = re.compile(
    r"[$£¥₤]|(?<![a-z])(?:usd|gbp|chf|sek|dkk|nok|pln|jpy|cad|aud|cny|dollars?|pond(?:en)?|franks?)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_PATTERNS = [
    (re.compile(r"=.*", re.DOTALL), Trouble.NO_RESULT),
    (re.compile(r"(?:err|fout):52[123]", re.IGNORECASE), Trouble.CIRCULAR),
    (re.compile(r"#[\w/?!]+[!?]?|(?:err|fout):\d+", re.IGNORECASE), Trouble.ERROR),
    (re.compile(r"p\.?\s?m\.?|(?:pro )?memorie", re.IGNORECASE), Trouble.PENDING),
    (re.compile(r"n\.?v\.?t\.?|n/a|geen|nihil", re.IGNORECASE), Trouble.NONE),
    (re.compile(r".*\d\s*%"), Trouble.PERCENT),
    (
        re.compile(r".*\d\s*(?:k|m|mln\.?|mio|miljoen|duizend|x\s*€?\s*1[.,]?000)", re.IGNORECASE),
        Trouble.SCALED,
    ),
]
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\t\n\r", " "))
_DASHES = str.maketrans(dict.fromkeys("−–—", "-"))
_EURO = re.compile(r"€|(?<![a-z])eur(?:o'?s?)?(?![a-z])", re.IGNORECASE)
_NO_CENTS = re.compile(r"[.,](?:--?|=)$")
_DUTCH = re.compile(r"(\d{1,3}(?:[. '’]\d{3})+|\d+)(?:,(\d+))?")
_ENGLISH = re.compile(r"(\d{1,3}(?:[, '’]\d{3})+|\d+)\.(\d+)")
_ENGLISH_WHOLE = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_AMBIGUOUS = re.compile(r"\d{1,3},\d{3}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_UNIT = re.compile(
    r"\s*\b(?:uur|uren|u|weken|week|wk|stuks|st|keer|maal|fte|per (?:uur|week|stuk|jaar|keer)"
    r"|p/?[wu])\b\.?|(?<=\d)\s*[x×]$|^[x×]\s*",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"(?P<about>(?<![a-z])(?:ca\.?|circa|ongeveer|plm\.?|bij benadering)\s*|[±~≈]\s*)?"
    r"(?<![\d.,])(?P<rate>\d{1,3}(?:[.,]\d{1,4})?)\s*(?:%|procent)",
    re.IGNORECASE,
)


def read_amount(cell: Cell) -> Amount:
    """The amount in a cell, in whole cents, or what is wrong with it."""
    if cell.kind in _WITHOUT_VALUE:
        return Amount(trouble=_WITHOUT_VALUE[cell.kind])
    if cell.currency:
        return Amount(trouble=Trouble.CURRENCY)
    if cell.kind is Kind.NUMBER and cell.number is not None:
        return _in_cents(cell.number, computed=cell.formula)
    return _read_text(cell.text)


def read_number(cell: Cell, *, most: Decimal = MOST) -> Amount:
    """A factor of a basis: '24', '2,5', '46 weken', '€ 110 per uur'. At most four decimals."""
    if cell.kind in _WITHOUT_VALUE:
        return Amount(trouble=_WITHOUT_VALUE[cell.kind])
    if cell.kind is Kind.NUMBER and cell.number is not None:
        number = None if cell.currency else cell.number
    else:
        text = _UNIT.sub("", _without_euro(cell.text)).strip()
        if text in ("", "-"):
            return Amount()
        unsigned, negative = _sign(text)
        number = _digits(unsigned)
        number = -number if number is not None and negative else number
    if number is None:
        return Amount(trouble=Trouble.NOT_NUMBER)
    if not 0 <= number <= most:
        return Amount(trouble=Trouble.NEGATIVE if number < 0 else Trouble.TOO_MANY)
    fine = number == number.quantize(FACTOR, ROUND_HALF_UP)
    return Amount(number if fine else number.quantize(FACTOR, ROUND_HALF_UP), number)


def looks_like_amount(cell: Cell) -> bool:
    """An amount, or clearly meant as one."""
    found = read_amount(cell)
    return found.value is not None or (
        found.trouble not in (None, Trouble.NOT_AMOUNT, Trouble.DATE, Trouble.NONE)
    )


def read_rates(text: str) -> list[tuple[Decimal, bool]]:
    """The percentages in a text, each with whether it is 'ca'."""
    return [
        (Decimal(found["rate"].replace(",", ".")), bool(found["about"]))
        for found in _RATE.finditer(text.translate(_SPACES))
    ]


def _read_text(text: str) -> Amount:
    plain = " ".join(text.translate(_SPACES).translate(_DASHES).split())
    for pattern, trouble in _PATTERNS:
        if pattern.fullmatch(plain):
            return Amount(trouble=trouble)
    if _CURRENCY.search(plain) and any(char.isdigit() for char in plain):
        return Amount(trouble=Trouble.CURRENCY)
    plain = _NO_CENTS.sub("", _without_euro(plain))
    if plain in ("", "-", "--"):
        return Amount()
    unsigned, negative = _sign(plain)
    if _AMBIGUOUS.fullmatch(unsigned):
        return Amount(trouble=Trouble.DECIMALS)
    number = _digits(unsigned)
    if number is None:
        return Amount(trouble=Trouble.NOT_AMOUNT)
    return _in_cents(-number if negative else number, computed=False)


def _without_euro(text: str) -> str:
    plain = _EURO.sub("", text.translate(_SPACES).translate(_DASHES))
    return " ".join(plain.split())


def _sign(plain: str) -> tuple[str, bool]:
    """Without its sign, and whether it is negative: '(5)', '-5', '-/- 5', '5-', '5 -/-'."""
    inside = re.fullmatch(r"\(\s*(.*?)\s*\)", plain)
    if inside:
        return _NO_CENTS.sub("", inside[1]), True
    for sign in ("-/-", "-"):
        if plain.startswith(sign) != plain.endswith(sign):
            return plain.removeprefix(sign).removesuffix(sign).strip(), True
    return plain.removeprefix("+").strip(), False


def _digits(text: str) -> Decimal | None:
    """A number without sign, in Dutch or English writing; None when it is neither."""
    if len(text) > 40 or not text.isascii():
        return None
    dutch = _DUTCH.fullmatch(text)
    if dutch and ("." not in dutch[1] or _GROUPED.fullmatch(dutch[1])):
        return Decimal(re.sub(r"[. '’]", "", dutch[1]) + ("." + dutch[2] if dutch[2] else ""))
    if english := _ENGLISH.fullmatch(text):
        return Decimal(re.sub(r"[, '’]", "", english[1]) + "." + english[2])
    if _ENGLISH_WHOLE.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return None


def _in_cents(number: Decimal, *, computed: bool) -> Amount:
    if abs(number) > MOST:
        return Amount(trouble=Trouble.TOO_LARGE)
    value = number.quantize(CENT, ROUND_HALF_UP) + 0
    if abs(number - value) <= NOISE:
        return Amount(value, value)
    if computed:
        return Amount(value, number, Trouble.ROUNDED)
    return Amount(trouble=Trouble.DECIMALS)
