"""What the page of a round says to the programme team: whose turn it is, and who is how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from core import clock
from core.components import Fact, NotYet
from core.formats import long_date, near_date
from core.refusal import Refusal
from governance.models import Municipality, Region
from governance.presenting import Act, Now
from nulmeting import news
from nulmeting.domain import rounds
from nulmeting.domain.reminding import QUIET, asks_for_reminder, many, not_done, reminded_since
from nulmeting.enums import RoundState, SubmissionState
from nulmeting.models import Round, Submission
from nulmeting.queries import Coverage

PER_LINE = 20  # coverage cells beside one another
CELL, GAP, HIGH = 16, 4, 18
SINGLE = 60  # so many municipalities have a cell each; more are drawn as bars
NAMED = 3  # municipalities that are named in the now box; more are counted

ACTS = {
    "round_prepared": "Voorbereid",
    "open": "Geopend",
    "open_again": "Weer geopend",
    "close": "Gesloten",
    "publish": "Uitkomsten gepubliceerd",
    "reminded": "Herinnering gestuurd",
    "municipality_added": "Gemeente toegevoegd",
}


def url_of(name: str, asked: Round) -> str:
    """The address of a page of a round: 'round-detail', 'round-open' …"""
    return reverse(f"nulmeting:{name}", args=[asked.region.slug, asked.year])


# Who is how far -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class CoverageCell:
    """One municipality as a cell, or many as a bar: filled (approved), half (handed in) or empty,
    and its place."""

    fill: str
    x: int
    y: int
    name: str
    width: int = CELL

    @property
    def inner(self) -> int:
        """Without the rounded corners."""
        return self.width - 4


@dataclass(frozen=True)
class CoveragePicture:
    """The cells in the order of how far they are, with what they say in words."""

    cells: tuple[CoverageCell, ...]
    words: str
    width: int
    height: int


FILLS: dict[str, str] = {SubmissionState.APPROVED: "done", SubmissionState.SUBMITTED: "half"}
IN_WORDS = (
    (SubmissionState.APPROVED, "vastgesteld"),
    (SubmissionState.SUBMITTED, "ingediend"),
    (SubmissionState.RETURNED, "teruggegeven"),
    (SubmissionState.IN_PROGRESS, "bezig"),
    (SubmissionState.NOT_STARTED, "nog niet begonnen"),
)


def coverage_picture(coverage: Coverage) -> CoveragePicture | None:
    """A cell per municipality that takes part, or a bar per state when there are many; None when
    there are none. Filled ones come first: the picture tells how many, the table below who."""
    order = [state for state, _ in IN_WORDS]
    rows = sorted(
        coverage.taking_part, key=lambda row: order.index(SubmissionState(row.submission.state))
    )
    if not rows:
        return None
    counted = [(state, coverage.number(state), label) for state, label in IN_WORDS]
    words = ", ".join(f"{number} {label}" for _, number, label in counted if number)
    if len(rows) > SINGLE:
        return _bars([(FILLS.get(state, "none"), number) for state, number, _ in counted], words)
    cells = tuple(
        CoverageCell(
            FILLS.get(row.submission.state, "none"),
            1 + (place % PER_LINE) * (CELL + GAP),
            1 + (place // PER_LINE) * (HIGH + GAP),
            row.submission.municipality.name,
        )
        for place, row in enumerate(rows)
    )
    lines = (len(rows) - 1) // PER_LINE + 1
    return CoveragePicture(
        cells, words, min(len(rows), PER_LINE) * (CELL + GAP), lines * (HIGH + GAP)
    )


def _bars(counted: Sequence[tuple[str, int]], words: str) -> CoveragePicture:
    """One line with a bar per fill, in proportion; a small number stays visible."""
    by_fill: dict[str, int] = {}
    for fill, number in counted:
        by_fill[fill] = by_fill.get(fill, 0) + number
    room, total = PER_LINE * (CELL + GAP), sum(by_fill.values())
    bars, x = [], 1
    for fill, number in by_fill.items():
        if number:
            width = max(room * number // total - GAP, CELL // 2)
            bars.append(CoverageCell(fill, x, 1, "", width))
            x += width + GAP
    return CoveragePicture(tuple(bars), words, x, HIGH + GAP)


# Whose turn it is ---------------------------------------------------------------------------------


def now_for(asked: Round, coverage: Coverage) -> Now:
    """What the team can do with a round now; one primary act."""
    if asked.state == RoundState.DRAFT:
        return _draft(asked)
    if asked.state == RoundState.OPEN:
        return _open(asked, coverage)
    if asked.state == RoundState.CLOSED:
        return _closed(asked, coverage)
    day = long_date(asked.published_at)
    return Now("Er wacht niets", f"De uitkomsten zijn gepubliceerd op {day}.")


def _draft(asked: Round) -> Now:
    others = [Act("Wijzigen", url_of("round-edit", asked))]
    answer = rounds.STATES.answer(asked, "open")
    if isinstance(answer, Refusal):
        not_yet = [NotYet("Openen", answer.reason)]
        return Now("U bent aan zet", "Maak de ronde klaar", None, others, not_yet)
    what = f"De ronde begint op {long_date(asked.opens_on)}. Gemeenten zien haar als zij open is."
    return Now("U bent aan zet", what, Act("Ronde openen", url_of("round-open", asked)), others)


def _open(asked: Round, coverage: Coverage) -> Now:
    waiting = [row for row in coverage.taking_part if row.submission.state != "approved"]
    reminded = bool(reminded_since([asked], clock.today() - timedelta(days=QUIET)))
    change = Act("Wijzigen", url_of("round-edit", asked))
    close = Act("Ronde sluiten", url_of("round-close", asked))
    join = [Act("Gemeente toevoegen", url_of("round-join", asked))] if joiners(asked) else []
    if asks_for_reminder(asked, len(waiting), reminded):
        return Now(
            f"U bent aan zet tot {near_date(asked.closes_on)}",
            f"Herinner {_names([row.submission for row in waiting])}",
            Act("Herinnering sturen", url_of("round-remind", asked), posts=True),
            [change, *join, close],
        )
    if not waiting:
        what = "Alle gemeenten hebben vastgesteld. U kunt de ronde sluiten."
        return Now("U kunt verder", what, close, [change, *join])
    remind = Act("Herinnering sturen", url_of("round-remind", asked))
    what = f"{many(len(waiting)).capitalize()} {'is' if len(waiting) == 1 else 'zijn'} nog bezig."
    return Now("Op dit moment", what, None, [remind, change, *join, close])


def _closed(asked: Round, coverage: Coverage) -> Now:
    others = [
        Act("Heropenen voor één gemeente", url_of("round-reopen", asked)),
        Act("Ronde weer openen", url_of("round-open-again", asked)),
    ]
    if not_done(asked):
        others.insert(0, Act("Herinnering sturen", url_of("round-remind", asked)))
    answer = rounds.STATES.answer(asked, "publish")
    if isinstance(answer, Refusal):
        not_yet = [NotYet("Publiceren", answer.reason)]
        return Now("De ronde is gesloten", "", None, others, not_yet)
    missing = len(coverage.taking_part) - coverage.approved
    what = "Publiceer de uitkomsten"
    if missing:
        what += f", of wacht nog op {many(missing)}"
    publish = Act("Uitkomsten publiceren", url_of("round-publish", asked))
    return Now("U bent aan zet", what, publish, others)


def _names(rows: Sequence[Submission]) -> str:
    names = [row.municipality.name for row in rows]
    return many(len(names)) if len(names) > NAMED else in_a_row(names)


def in_a_row(names: Sequence[str]) -> str:
    """'Aardam', 'Aardam en Cotten', 'Aardam, Beekzicht en Cotten'."""
    return " en ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def joiners(asked: Round) -> list[Municipality]:
    """The municipalities that take part today and are not in the round."""
    inside = set(asked.submissions.values_list("municipality", flat=True))
    return [home for home in rounds.homes_of(asked.region, clock.today()) if home.pk not in inside]


# What is asked once more --------------------------------------------------------------------------


def opening(asked: Round) -> list[str]:
    """What opening does: who gets an invitation, and for whom there is nobody yet."""
    homes = rounds.homes_of(asked.region, max(asked.opens_on, clock.today()))
    people = news.people_of([home.pk for home in homes], news.CONTACT, news.EDITOR)
    invited = {person.pk for each in people.values() for person in each}
    alone = [home.name for home in homes if home.pk not in people]
    number = "1 persoon" if len(invited) == 1 else f"{len(invited)} personen"
    lines = [
        f"{many(len(homes)).capitalize()} {'krijgt' if len(homes) == 1 else 'krijgen'} een "
        f"uitnodiging: {number}, de contactpersonen en invullers.",
        f"Invullen kan van {long_date(asked.opens_on)} tot en met {long_date(asked.closes_on)}.",
        "Jaar, vragenlijst en eerste dag liggen daarna vast.",
    ]
    if alone:
        lines.append(
            f"Nog zonder contactpersoon en invuller: {', '.join(alone)}. De beheerder van de regio "
            "kan iemand uitnodigen, ook als de ronde al open is."
        )
    return lines


def publishing(asked: Round, coverage: Coverage) -> list[str]:
    """Who will see what after publication (design.md, 'Who may what')."""
    total = len(coverage.taking_part)
    missing = [
        row.submission.municipality.name
        for row in coverage.taking_part
        if row.submission.state != SubmissionState.APPROVED
    ]
    lines = [
        f"Iedereen binnen de regio ziet dan van {coverage.approved} van {many(total)} de scores, "
        "de ambitie en wat zij wilden delen.",
        "Toelichting en bewijs blijven bij de gemeente zelf en het programmateam.",
        "Voor iedereen openbaar worden alleen cijfers van de regio als geheel.",
        "Daarna gaat de ronde niet meer open, ook niet voor één gemeente.",
    ]
    if missing:
        lines.insert(1, f"Niet in de uitkomsten: {', '.join(missing)}.")
    return lines


def facts(asked: Round, region: Region) -> list[Fact]:
    """The days, the questions and what is beside it, for under the page."""
    found = [
        Fact("Eerste dag", long_date(asked.opens_on)),
        Fact("Laatste dag", long_date(asked.closes_on)),
        Fact(
            "Vragenlijst",
            str(asked.instrument),
            url=reverse("nulmeting:instrument", args=[region.slug, asked.instrument.version]),
        ),
    ]
    if asked.compared_with is not None:
        before = asked.compared_with
        url = reverse("nulmeting:round-detail", args=[region.slug, before.year])
        found.append(Fact("Vergeleken met", str(before), url=url))
    return found
