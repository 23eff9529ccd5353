"""The words above the columns of a budget: which say a year, and which what is in the column."""

import re
from dataclasses import dataclass, replace
from enum import Enum

from core.formats import sort_key

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_HEAD = 60


class Role(Enum):
    """What a column holds. Factors of a basis can belong to one year."""

    THEME = "thema"
    LABEL = "post"
    CODE = "nummer"
    AMOUNT = "bedrag"
    YEAR = "jaar"
    WEEKLY = "uren per week"
    HOURS = "uren"
    WEEKS = "weken"
    RATE = "tarief"
    NUMBER = "aantal"
    PRICE = "prijs"
    EXPLANATION = "toelichting"
    ACROSS = "totaal"
    ACTUAL = "geen begroting"


FACTORS = (Role.WEEKLY, Role.HOURS, Role.WEEKS, Role.RATE, Role.NUMBER, Role.PRICE)


@dataclass(frozen=True)
class Head:
    """A head as understood. `certain` is how surely a year's column holds what is budgeted.

    0: it is perhaps no head at all, for other words stand beside the year ('Evaluatie 2021').
    """

    role: Role | None = None
    year: int | None = None
    certain: int = 0
    two_years: bool = False


_PER = r"(?: ?(?:per|/|p/?) ?)"
# In this order: 'aantal uren' is about hours, 'kosten per bijeenkomst' is a price.
_ROLES: list[tuple[Role, str]] = [
    (Role.WEEKLY, rf"(?:aantal )?(?:uur|uren){_PER}?(?:week|wk|w)|u/w|uren pw"),
    (Role.RATE, rf"(?:uur)?tarief.*|uurloon|uurprijs|(?:€|euro|kosten|prijs|bedrag){_PER}uur"),
    (Role.WEEKS, r"(?:aantal |werkbare )?(?:werk)?weken|wkn"),
    (Role.HOURS, r"(?:aantal |totaal )?(?:uren|uur)(?: per jaar)?|urental"),
    (Role.PRICE, rf"(?:stuk|eenheids)?prijs.*|(?:€|euro|kosten|bedrag){_PER}\w+|per stuk"),
    (Role.NUMBER, r"aantal(?: [\w ]+)?|stuks|hoeveelheid|keer|frequentie|#"),
    (
        Role.EXPLANATION,
        r"toelichting(?:en)?.*|opmerking(?:en)?|uitleg|bijzonderheden|notities?|onderbouwing"
        r"|grondslag|berekening|uitgangspunt(?:en)?",
    ),
    (
        Role.THEME,
        r"(?:bouw)?thema'?s?|hoofdstuk|programma|categorie|rubriek|hoofdpost|cluster|bouwsteen"
        r"|onderdeel|groep|kop",
    ),
    (
        Role.LABEL,
        r"(?:kosten|begrotings|deel|sub)?post(?:en)?|(?:kosten)?omschrijving|activiteit(?:en)?"
        r"|kostensoort|regel|naam|wat",
    ),
    (Role.CODE, r"nr\.?|nummer|volgnummer|code|grootboek(?:nummer|rekening)?|kostenplaats"),
    (Role.ACROSS, r"totaal.*|totale .*|som|alle jaren"),
    (Role.YEAR, r"(?:begrotings|boek)?jaar(?:tal)?"),
    (
        Role.AMOUNT,
        r"(?:begroot )?bedrag(?: in euro'?s?)?|begroot|begroting|budget|kosten|lasten|raming"
        r"|geraamd|euro'?s?|€|in €",
    ),
]
_PATTERNS = [(role, re.compile(pattern)) for role, pattern in _ROLES]
_ACTUAL = re.compile(
    r"realisatie|gerealiseerd|werkelijk|besteed|bestedingen|(?:jaar)?rekening|verschil|saldo"
    r"|restant|rest\b|uitputting|uitnutting|verplicht|prognose|afwijking|%"
)
_BUDGETED = re.compile(r"begroot|begroting|budget|raming|geraamd")
_USUAL = re.compile(
    r"(?:\(.*?\)|[*€:.,–-]|\b(?:jaar|(?:boek|kalender)jaar|bedrag(?:en)?|kosten|lasten|euro'?s?|eur"
    r"|in|totaal|uitgaven|concept|versie|plan(?:ning)?|aanvraag|subsidie|t/m|vanaf|tot|en|met|\d+)\b|\s)*"
)
# No amount: '-2020', '2020,50'.
_YEAR = re.compile(
    r"(?P<before>[^\d]*)(?<![-(])(?P<year>1[89]\d\d|2\d\d\d)(?:[.,]0+)?(?P<after>(?![.,]\d)\D.*)?"
)
_TWO_YEARS = re.compile(r"[^\d]*(?:19|20)\d\d\s*[/–-]\s*'?(?:(?:19|20)\d\d|\d\d)(?!\d|-)\D*")


def understand(text: str) -> Head:
    """A head by its words. A year may have words around it: 'begroting 2021', '2022 (t/m 1-7)'."""
    plain = _plain(text)
    if not plain or len(plain) > LONGEST_HEAD:
        return Head()
    if _TWO_YEARS.fullmatch(plain):
        across = re.search(r"totaal|t/m|periode", plain)
        return Head(Role.ACROSS) if across else Head(two_years=True)
    found = _YEAR.fullmatch(plain)
    if not found:
        role = _role(plain)
        return Head(Role.ACTUAL if role is None and _ACTUAL.search(plain) else role)
    year, around = int(found["year"]), _plain(f"{found['before']} {found['after'] or ''}")
    role = _role(re.sub(r"\(.*?\)|\*", "", around).strip())
    if role in FACTORS or role is Role.EXPLANATION:
        return Head(role, year)
    if _ACTUAL.search(around):
        return Head(Role.ACTUAL, year)
    if _BUDGETED.search(around):
        return Head(Role.AMOUNT, year, certain=2)
    usual = FIRST_YEAR <= year <= LAST_YEAR and _USUAL.fullmatch(around)
    return Head(Role.AMOUNT, year, certain=1 if usual else 0)


def combined(own: str, around: list[str]) -> Head:
    """A column with heads in several rows: '2020' above 'uren', 'Begroting' above '2021'.

    `own` stands in the row of the years, `around` above and below it.
    """
    head, others = understand(own), [understand(text) for text in around]
    if head.two_years or not (head.year or others):
        return head
    if any(
        other.role is Role.ACTUAL or _ACTUAL.search(_plain(text))
        for other, text in zip(others, around, strict=True)
    ):
        return Head(Role.ACTUAL, head.year)
    roles = [other.role for other in others if other.role and not other.year]
    special = [role for role in roles if role not in (Role.AMOUNT, Role.ACROSS)]
    if not head.year:
        return head if head.role else Head(roles[-1] if roles else None)
    if head.role is Role.AMOUNT and special:
        return Head(special[-1], head.year)
    budgeted = any(_BUDGETED.search(_plain(text)) for text in around)
    return replace(head, certain=2) if budgeted and head.certain else head


def bare(text: str) -> str:
    """A name as it is compared: '2. Gedwongen Kader*' as 'gedwongen kader'."""
    plain = re.sub(r"[^\w]+", " ", sort_key(without_number(text)[1])).strip()
    return re.sub(r"^\d{1,2} (?=\D)", "", plain)


_NUMBERED = re.compile(
    r"((?:\d{1,2}|[A-Z])(?=[.):])(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2})+)[.):]*\s+(\S.*)", re.DOTALL
)


def without_number(text: str) -> tuple[str, str]:
    """The number before a name, and the name: '2.1 Werk' as ('2.1', 'Werk'). Stars are left out."""
    plain = text.strip().rstrip("*¹²³ ")
    found = _NUMBERED.fullmatch(plain)
    return (found[1], found[2]) if found else ("", plain)


def _role(plain: str) -> Role | None:
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(plain)), None)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("\u2019", "'").split()).strip(" :;")
