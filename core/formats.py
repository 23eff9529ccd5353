"""Dutch formats: € 1.234,56; 22 november 2026; 14.30 uur; 7,5%."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from core import clock

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
NBSP = "\u00a0"
FAR_AWAY = 180  # days from here on which a day without its year would mislead


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def local_day(moment: datetime) -> date:
    """The Dutch day on which a moment falls: 0.30 uur on 2 July is 1 July in UTC."""
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()


def long_date(value: date | datetime | None, *, weekday: bool = False) -> str:
    """'22 november 2026', or 'zondag 22 november 2026'. Empty for no date."""
    if value is None:
        return ""
    day = _day(value)
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if weekday else text


def short_date(value: date | datetime | None) -> str:
    """'22 november' within a known year."""
    if value is None:
        return ""
    day = _day(value)
    return f"{day.day} {MONTHS[day.month - 1]}"


def near_date(value: date | datetime | None) -> str:
    """'14 juni' in the present year, '14 juni 2021' in another."""
    if value is None:
        return ""
    return short_date(value) if _day(value).year == clock.today().year else long_date(value)


def clock_time(value: datetime | None) -> str:
    """'14.30 uur', in Dutch time."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local.hour}.{local.minute:02d} uur"


def day_label(value: date, today: date) -> str:
    """'Vandaag', 'Morgen', 'Gisteren' or 'Do 26 november'; with its year when far away."""
    away = (value - today).days
    near = {0: "Vandaag", 1: "Morgen", -1: "Gisteren"}
    if away in near:
        return near[away]
    year = f" {value.year}" if abs(away) > FAR_AWAY else ""
    return f"{WEEKDAYS[value.weekday()][:2].capitalize()} {short_date(value)}{year}"


def days_away(value: date, today: date) -> str:
    """'vandaag', 'morgen', 'over 3 dagen', '2 dagen geleden'."""
    away = (value - today).days
    if abs(away) <= 1:
        return {0: "vandaag", 1: "morgen", -1: "gisteren"}[away]
    return f"over {away} dagen" if away > 0 else f"{-away} dagen geleden"


def amount(value: Decimal | int) -> str:
    """'1.234,56': always two decimals, dots between thousands."""
    plain = f"{Decimal(value):,.2f}"
    return plain.replace(",", " ").replace(".", ",").replace(" ", ".")


def euro(value: Decimal | int | None) -> str:
    """'€ 1.234,56'; whole euros without decimals: '€ 33.000'. Empty for no amount."""
    if value is None:
        return ""
    text = amount(value).removesuffix(",00")
    return f"€{NBSP}{text}"


def percentage(value: Decimal | float) -> str:
    """'7,5%': at most one decimal."""
    return f"{Decimal(str(value)):.1f}".removesuffix(".0").replace(".", ",") + "%"


def file_size(size: int) -> str:
    """'220 kB' or '1,4 MB'."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + f"{NBSP}MB"


def sort_key(text: str) -> str:
    """Lower case without accents, one space between words: for sorting and comparing names.

    SQLite compares only ASCII without case, so names are compared through this key.
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())
