"""The words by which a row is a total, the contingency, or a note and no line of the budget."""

import re
from dataclasses import dataclass

from budget.importing.words import bare

LONGEST_NAME = 140

_TOTAL = (
    r"(?P<word>sub[\s-]*tot(?:aal|\.)|tussen(?:totaal|telling)|eindtotaal|totaal(?:bedrag)?|tot\.)"
)
_BEFORE = re.compile(rf"{_TOTAL}(?![\w-])[\s:.–-]*(?P<of>.*)", re.IGNORECASE | re.DOTALL)
_BEHIND = re.compile(rf"(?P<of>.*?\S)[\s:–-]+{_TOTAL}", re.IGNORECASE | re.DOTALL)
_WHOLE = re.compile(r"totale (?P<of>kosten|lasten|begroting|uitgaven|budget)", re.IGNORECASE)
_FILLER = re.compile(
    r"^(?:(?:voor|van|thema|kop|onderdeel|programma|hoofdstuk|post|de|het)\s+)+(?=\S)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:alle|totale|overall|generaal|algemeen|kosten|lasten|uitgaven|begroting|budget|bedrag"
    r"|(?:transformatie)?fonds|project(?:kosten)?|thema s|koppen|posten|per jaar|(?:in|ex)clusief"
    r"|incl|excl|btw|onvoorzien|met|zonder|en|in|euro|van|de|het|20\d\d|t m|\s)*"
)
_CONTINGENCY = re.compile(r"\bonvoorzien(?:e)?\b", re.IGNORECASE)
_NOTE = re.compile(
    r"[*¹²³]|\(|(?:nb|n\.b\.|let op|noot|toelichting|bron|opmerking)\b", re.IGNORECASE
)
_DASHED = re.compile(r"\s*(?:[-–•·◦]|o(?= ))\s*(?=\S)")


@dataclass(frozen=True)
class TotalWords:
    """'Subtotaal Organisatie': whether it says 'sub', and of what.

    `general`: it says nothing that could only be of one heading ('Totaal kosten 2021').
    """

    sub: bool
    of: str = ""
    general: bool = True

    @property
    def names(self) -> list[str]:
        """How its heading may be called, as names are compared: 'Totaal thema Werk', of 'Werk'."""
        return [bare(self.of), bare(_FILLER.sub("", self.of))] if self.of else []


def total_words(text: str) -> TotalWords | None:
    """What a name says when it is that of a total; None when it is not."""
    plain = " ".join(text.split()).strip(" :*")
    if len(plain) > LONGEST_NAME:
        return None
    found = _BEFORE.fullmatch(plain) or _BEHIND.fullmatch(plain) or _WHOLE.fullmatch(plain)
    if not found:
        return None
    word = found.groupdict().get("word") or "totaal"
    of = found["of"].strip(" :")
    general = _GENERAL.fullmatch(bare(_FILLER.sub("", of))) is not None
    # 'Totaal exclusief btw' is not yet the total.
    sub = word.lower().startswith(("sub", "tussen")) or of.lower().startswith("excl")
    return TotalWords(sub, of, general)


def is_contingency(text: str) -> bool:
    return _CONTINGENCY.search(text) is not None and total_words(text) is None


def is_note(text: str) -> bool:
    """Too long for a name, or begun as a note."""
    return len(text) > LONGEST_NAME or _NOTE.match(text) is not None


def undashed(text: str) -> tuple[str, bool]:
    """A name without the dash before it, and whether there was one."""
    found = _DASHED.match(text)
    return (text[found.end() :], True) if found else (text, False)
