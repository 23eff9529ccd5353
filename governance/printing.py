"""What printed papers share: letterhead, sections of a version, and how an outcome is worded."""

from dataclasses import dataclass

from core.formats import euro
from core.printed import printed_html
from governance.enums import Method, Outcome
from governance.models import PointDecision, ProposalVersion, Region


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class MemoSection:
    level: int
    heading: str
    html: str


def address_of(region: Region, host: str) -> list[str]:
    """The lines of the letterhead: who houses the region, its address, and where to reach it."""
    known = region.address.casefold()
    lines = [f"p/a {host}"] if host and host.casefold() not in known else []
    lines += [line.strip() for line in region.address.splitlines() if line.strip()]
    lines += [line for line in (region.website, region.email) if line]
    return [shortened(line, 100) for line in lines[:7]]


def result_label(outcome: str) -> str:
    return str(Outcome(outcome).label).capitalize()


def decided_sentence(decided: PointDecision) -> str:
    """'Aangenomen met 12 stemmen voor en 2 tegen.', in one form for memo and decision list."""
    votes = ""
    if decided.votes_for is not None:
        how = " in een schriftelijke ronde" if decided.method == Method.WRITTEN else ""
        one = "stem" if decided.votes_for == 1 else "stemmen"
        votes = f"{how} met {decided.votes_for} {one} voor en {decided.votes_against} tegen"
    elif decided.method == Method.SECRET:
        votes = " na een geheime stemming"
    elif decided.outcome in (Outcome.ADOPTED, Outcome.AMENDED, Outcome.REJECTED):
        votes = " zonder stemming"
    return f"{result_label(decided.outcome)}{votes}."


def cost_of(version: ProposalVersion) -> str:
    note = version.cost_note.strip()
    if version.cost is None:
        return note
    asked = f"Gevraagd bedrag: {euro(version.cost)}." if version.cost else "Er zijn geen kosten."
    return f"{asked} {note}".strip()


def sections_of(version: ProposalVersion) -> list[MemoSection]:
    """The text with its levels; a level never jumps, which PDF/UA forbids."""
    sections, level = [], 0
    for section in version.sections.all():
        html = printed_html(section.body)
        if section.heading.strip():
            level = min(section.level, level + 1)
        if section.heading.strip() or html:
            sections.append(MemoSection(max(level, 1), section.heading.strip(), html))
    return sections


def shortened(text: str, length: int) -> str:
    """One line of at most `length` characters: the decision box has to begin on page one."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
