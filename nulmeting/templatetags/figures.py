"""How scores and long names are written in a template."""

from functools import cache
from typing import Any

import pyphen
from django import template

from nulmeting.charts import middle_half as in_words
from nulmeting.charts import outer
from nulmeting.figures import Spread, level_of, shown

register = template.Library()

SOFT_HYPHEN = "\u00ad"
LONG = 8


@cache
def _dutch() -> Any:
    """The hyphenation of the PDF, so that a word breaks at the same place on screen and paper."""
    return pyphen.Pyphen(lang="nl_NL", left=3, right=3)


@register.filter
def hyphenated(text: str, longest: int = LONG) -> str:
    """Words longer than `longest` with soft hyphens: a narrow head breaks them where Dutch does,
    with a hyphen, also in a browser that has no Dutch dictionary."""
    return " ".join(
        _dutch().inserted(word, SOFT_HYPHEN) if len(word) > longest else word
        for word in text.split()
    )


@register.filter
def score(value: float | None) -> str:
    """'2,5', or '–' without one."""
    return shown(value)


@register.filter
def level(value: float | None) -> int:
    """The level that colours a cell, 0 without a score."""
    return level_of(value) or 0


@register.filter
def middle_half(spread: Spread) -> str:
    return in_words(spread)


@register.filter
def middle_short(spread: Spread) -> str:
    """'2,5–3,2' where a column has no room for more."""
    return in_words(spread).replace(" tot ", "–")


@register.filter
def extremes(spread: Spread) -> str:
    return outer(spread)
