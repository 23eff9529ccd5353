"""Dutch dates in running text and in cells: '14 juni', '23-6-2021', '21 april jl.', 'juni'."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from core.formats import MONTHS

SHORT = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
NUMBERS = {name: n for names in (MONTHS, SHORT) for n, name in enumerate(names, 1)} | {"sept": 9}
_MONTH = "|".join(sorted(NUMBERS, key=len, reverse=True))
_PAST = r"jl|jongstleden|l\.l"
_FUTURE = r"a\.s|as|aanstaande"

MENTION = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:e|ste|de)?\s+(?P<month>{_MONTH})\b\.?(?:\s+(?P<year>\d{{4}})\b)?"
    rf"(?:\s+(?:(?P<past>{_PAST})|(?P<future>{_FUTURE}))\b\.?)?"
    r"|\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
    r"|(?<![\d.])(?P<d>\d{1,2})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?![\d.]*\d)",
    re.IGNORECASE,
)
_MONTH_TAIL = re.compile(
    rf"(?:^|[\s(])((?:(?:begin|medio|eind)\s+)?(?:{_MONTH})(?:\s+\d{{4}})?)[).\s]*$", re.IGNORECASE
)
_WEEKDAY_TAIL = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|d\.d\.)\s*$", re.IGNORECASE
)
_EDGE = " ,:;(–-\t"
DATED_YEAR = re.compile(rf"\b(?:{_MONTH}|Q[1-4]|kwartaal)\s+((?:19|20)\d{{2}})\b", re.I)
YEAR = re.compile(r"\b(20\d{2})\b")
WEEKDAY = re.compile(r"\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b|\bd\.d\.", re.I)


@dataclass(frozen=True)
class Mention:
    """A day as it stands in a text; the year may be missing."""

    day: int
    month: int
    year: int | None
    start: int
    end: int
    past: bool = False
    future: bool = False


@dataclass(frozen=True)
class Anchor:
    """What a missing year is inferred from: the day of the document, or only a year."""

    year: int
    day: date | None = None
    source: str = ""


@dataclass(frozen=True)
class CellDate:
    """A cell read as a date. `used` is the text that became the date, `rest` what is left over."""

    day: date | None
    inferred: bool
    used: str
    rest: str


def mentions(text: str) -> list[Mention]:
    """Every day that the text names, in order."""
    found = []
    for match in MENTION.finditer(text):
        year: int | None
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
        elif match["d"]:
            if len(match["y"]) == 2 and match["sep"] == ".":
                continue  # 4.2.10 is the number of a section
            day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
            year += 2000 if year < 100 else 0
        else:
            day, month = int(match["day"]), NUMBERS[match["month"].lower()]
            year = int(match["year"]) if match["year"] else None
        if 1 <= month <= 12 and 1 <= day <= 31:
            past, future = bool(match["past"]), bool(match["future"])
            found.append(Mention(day, month, year, match.start(), match.end(), past, future))
    return found


def resolve(mention: Mention, anchor: Anchor) -> date | None:
    """The day that is meant; None when it does not exist (31 juni).

    Without a year it lies in the year of the anchor, unless it would then lie more than sixty
    days on the wrong side of the document: 14 januari after a note of December is next year.
    """
    if mention.year is not None:
        return _day(mention.year, mention)
    day = _day(anchor.year, mention)
    if day is None or anchor.day is None:
        return day
    distance = (day - anchor.day).days
    if mention.past and distance > 60:
        return _day(anchor.year - 1, mention)
    if not mention.past and distance < (-60 if mention.future else -180):
        return _day(anchor.year + 1, mention)
    return day


def read_cell(text: str, anchor: Anchor) -> CellDate:
    """Read a cell that should hold a date."""
    for mention in mentions(text):
        day = resolve(mention, anchor)
        if day is None:
            continue
        left = text[: mention.start] + " " + text[mention.end :]
        rest = " ".join(WEEKDAY.sub(" ", left).split()).strip(" .,;:()-")
        used = " ".join([text[mention.start : mention.end], *WEEKDAY.findall(left)])
        return CellDate(day, mention.year is None, used, rest)
    return CellDate(None, False, "", text.strip())


def split_tail(text: str) -> tuple[str, str]:
    """'AOJ, 24 juni' as ('AOJ', '24 juni'); no date at the end gives an empty second part."""
    text = text.strip()
    match = _MONTH_TAIL.search(text)
    start = match.start(1) if match else -1
    found = mentions(text)
    if found and not text[found[-1].end :].strip(" .)"):
        start = found[-1].start
        weekday = re.search(
            r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|d\.d\.)\s*$", text[:start]
        )
        start = weekday.start() if weekday else start
    if start < 0:
        return text, ""
    return re.sub(r"\s+op$", "", text[:start].strip(_EDGE)), text[start:].strip(" ).")


def year_of_texts(texts: Iterable[str]) -> int | None:
    """The year in which a document plays, from the years it names; None when it names none.

    The middle one of the years that stand with a month or a quarter: a single far memory or far
    goal does not pull it along.
    """
    whole = "\n".join(texts)
    years = [int(year) for year in DATED_YEAR.findall(whole)]
    # Days in figures; those with a month in letters are in the pattern above.
    years += [
        m.year
        for m in mentions(whole)
        if m.year and not any(char.isalpha() for char in whole[m.start : m.end])
    ]
    years = years or [int(year) for year in YEAR.findall(whole)]
    return median_low(years) if years else None


def _day(year: int, mention: Mention) -> date | None:
    try:
        return date(year, mention.month, mention.day)
    except ValueError:
        return None
