"""The promise that no word is lost, kept by counting.

A word is a run of letters and digits. Not counted are the parts of the file that are structure:
the labels of the header ('Aan:'), the text of a date that was read as a date in the header or
the route, the number before a decision point or a point of advice, and in a text file the marks
of markdown and of formatting (`**`, `|---|`, `#`, `<u>`).
"""

import re
from collections import Counter
from collections.abc import Iterable

from governance.importing.result import ImportedProposal

WORD = re.compile(r"[^\W_]+")


def words(texts: Iterable[str]) -> Counter[str]:
    """How often each word occurs, as written."""
    count: Counter[str] = Counter()
    for text in texts:
        count.update(WORD.findall(text))
    return count


def counted_texts(result: ImportedProposal) -> list[str]:
    """The texts of the keys that hold words of the file; quotes are left out."""
    return [
        result.subject,
        result.to,
        result.from_,
        result.status,
        result.version,
        result.commissioned_by,
        result.drafted_by,
        result.case_number,
        *(stop.body for stop in result.route),
        *(text for part in result.sections for text in (part.heading, part.text)),
        result.decision_intro,
        *result.decision_points,
        *(point for advice in result.advice for point in advice.points),
        *(note.text for note in result.notes),
        *result.unread,
    ]


def keep_what_was_lost(
    result: ImportedProposal, source: Counter[str], structure: Iterable[str]
) -> None:
    """Put words that reached no key in `unread`, with a warning: a net under the whole reader."""
    lost = source - words(structure) - words(counted_texts(result))
    if lost:
        result.unread.append(" ".join(lost.elements()))
        result.warnings.append(
            f"{lost.total()} woorden pasten nergens; ze staan bij wat niet gelezen is."
        )
