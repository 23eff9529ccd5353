"""Terms within which municipalities answer: what the law gives, and the first and last day of one.

The rules of law are rows (`LAW`), each with its article and the days between which it holds. Any
other question has a term of its own, with its source.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from core.calendar import end_of_term
from core.formats import long_date
from core.refusal import Refusal, Refused
from governance.enums import Addressee, LegalForm, LocalKind, TermSource, TermUnit

LONGEST = {TermUnit.DAYS: 730, TermUnit.WEEKS: 104}
WGR_2022 = date(2022, 7, 1)  # Stb. 2022, 18


@dataclass(frozen=True)
class LawTerm:
    """One rule: how many weeks who has, from the day it was sent up to and including the last day.

    `forms` are the legal forms that know what is asked about. `sender` is who sends it to the
    councils: the board its budget, each college the draft of the regeling to its own council.
    """

    source: TermSource
    weeks: int
    article: str
    sender: str
    forms: frozenset[LegalForm]
    addressee: Addressee = Addressee.COUNCIL
    valid_from: date = date.min
    valid_until: date = date.max


_BOARD, _COLLEGE = "het bestuur van de regio", "elk college, aan de eigen raad"
_ALL = frozenset(LegalForm)
_WITH_BUDGET = _ALL - {LegalForm.CENTRAL}  # the central municipality has the only budget
LAW = (
    LawTerm(
        *(TermSource.BUDGET, 8, "Wgr, artikel 35, derde lid (tot 1 juli 2022)", _BOARD),
        forms=_WITH_BUDGET,
        valid_until=WGR_2022 - timedelta(days=1),
    ),
    LawTerm(
        *(TermSource.BUDGET, 12, "Wgr, artikel 35, eerste en derde lid", _BOARD),
        forms=_WITH_BUDGET,
        valid_from=WGR_2022,
    ),
    LawTerm(
        *(TermSource.ARRANGEMENT, 8, "Wgr, artikel 1, derde lid", _COLLEGE),
        forms=_ALL,
        valid_from=WGR_2022,
    ),
)


def law_of(source: str, day: date) -> LawTerm | None:
    """The rule of law that holds for a question asked on this day; None for an own term."""
    return next(
        (row for row in LAW if row.source == source and row.valid_from <= day <= row.valid_until),
        None,
    )


@dataclass(frozen=True)
class Term:
    """So many days or weeks, and where that comes from. `note` is the source of an own term."""

    source: str
    length: int
    unit: str = TermUnit.WEEKS
    note: str = ""

    @property
    def span(self) -> timedelta:
        return timedelta(days=self.length * (7 if self.unit == TermUnit.WEEKS else 1))

    def last_day(self, asked_on: date) -> date:
        """The day on which the term really ends (Algemene termijnenwet art. 1)."""
        return end_of_term(asked_on + self.span)

    def send_by(self, day: date) -> date:
        """The last day to ask on, so that the term is over on `day`: 8 April for 12 weeks up to 1
        July. Counted back, so it does not move for a free day itself (Algemene termijnenwet art. 1
        lid 2)."""
        found = day - self.span
        while self.last_day(found) > day:
            found -= timedelta(days=1)
        return found

    def refusals(self, kind: str, addressee: str) -> list[Refusal]:
        """What is wrong with an own term; a legal term fits a zienswijze of the councils only."""
        if self.source not in TermSource.values:
            return [Refusal("Kies waar de termijn vandaan komt.", "term_source")]
        wrong = []
        if self.source != TermSource.OWN:
            if kind != LocalKind.ZIENSWIJZE or addressee != Addressee.COUNCIL:
                wrong.append(
                    Refusal(
                        "Deze wettelijke termijn geldt voor een zienswijze van de raad. Kies een "
                        "eigen termijn.",
                        "term_source",
                    )
                )
            return wrong
        if self.unit not in TermUnit.values:
            return [Refusal("Kies dagen of weken.", "term_unit")]
        longest = LONGEST[TermUnit(self.unit)]
        if not 1 <= self.length <= longest:
            label = TermUnit(self.unit).label
            wrong.append(
                Refusal(f"Vul een termijn in van 1 tot en met {longest} {label}.", "term_length")
            )
        if not self.note.strip():
            wrong.append(
                Refusal("Noem waar de termijn vandaan komt, zoals een afspraak.", "term_note")
            )
        return wrong


def legal_term(source: str, day: date, legal_form: str = "") -> Term:
    """The term that the law gives for a question asked on this day by a region of this form.

    Refuses a day on which there was no such rule, and a form that does not know it.
    """
    row = law_of(source, day)
    if row is None:
        raise Refused(
            Refusal(f"Deze wettelijke termijn gold op {long_date(day)} nog niet.", "term_source")
        )
    if legal_form and legal_form not in row.forms:
        form = LegalForm(legal_form).label
        raise Refused(
            Refusal(
                f"Een {form} heeft geen eigen begroting. Kies een eigen termijn.", "term_source"
            )
        )
    return Term(source, row.weeks, TermUnit.WEEKS)
