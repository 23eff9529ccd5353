"""What the pages about questions to municipalities show, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst

from core import clock
from core.components import Cell, Column, Fact, NotYet, Row, Tone
from core.formats import local_day, long_date, near_date, short_date
from core.refusal import Refusal
from governance.domain import local, local_reports
from governance.domain.local_terms import Term, law_of
from governance.enums import (
    LocalOutcome,
    LocalRoundState,
    LocalStepState,
    TermSource,
    TermUnit,
)
from governance.local_queries import (
    BY_NAME,
    BY_NUMBER,
    name_of,
    progress_of,
    who,
)
from governance.models import LocalRound, LocalStep, Meeting, RouteStep
from governance.models.local import GONE, WITH_TEXT
from governance.presenting import Act, Now
from governance.rules import may
from governance.standing import Person, standing_of
from governance.waiting import delivery_day

ROUND_TONES: dict[str, Tone] = {
    LocalRoundState.CONCEPT: "inactive",
    LocalRoundState.ASKED: "neutral",
    LocalRoundState.CLOSED: "success",
    LocalRoundState.WITHDRAWN: "inactive",
}
OUTCOME_TONES: dict[str, Tone] = {
    LocalOutcome.NONE: "inactive",
    LocalOutcome.POSITIVE: "success",
    LocalOutcome.REMARKS: "success",
    LocalOutcome.NEGATIVE: "error",
    LocalOutcome.AGREED: "success",
    LocalOutcome.AMENDED: "success",
    LocalOutcome.REFUSED: "error",
    LocalOutcome.NOT_TREATED: "inactive",
}


def url_of(name: str, asked: LocalRound, *args: int) -> str:
    return reverse(f"governance:local-{name}", args=[asked.region.slug, asked.pk, *args])


# One step ---------------------------------------------------------------------------------------


def stands(step: LocalStep) -> Cell:
    """Where a municipality stands, in words and in a tone."""
    if step.outcome:
        return Cell(step.get_outcome_display().capitalize(), tone=OUTCOME_TONES[step.outcome])
    if step.successor_step is not None:
        return Cell(f"Gaat over naar {step.successor_step.municipality}")
    if step.state == LocalStepState.LEFT:
        return Cell("Doet niet meer mee")
    if step.state == LocalStepState.SILENT or step.round.term_over():
        return Cell("Geen reactie binnen de termijn", tone="warning")
    return Cell("Wacht op reactie", tone="neutral")


def is_late(step: LocalStep) -> bool:
    """Whether the outcome came in after the last day of the term."""
    due = step.round.due_on
    return bool(step.reported_at and due and local_day(step.reported_at) > due)


def decided_text(step: LocalStep) -> str:
    day = near_date(step.decided_on)
    return f"{day}, na de termijn gemeld" if day and is_late(step) else day


def can_report_for(user: Person, step: LocalStep) -> bool:
    """The same as the right 'local.report', from the round at hand: one query less per row."""
    standing = standing_of(user)
    mine = step.municipality_id in standing.reports_for
    return (mine or step.round.region_id in standing.author_regions) and bool(
        local_reports.can_report(step)
    )


# One round --------------------------------------------------------------------------------------


def round_columns(order: str, *, papers: bool, acts: bool) -> list[Column]:
    """On a phone the first columns are in sight: who it is, where it stands, what to do."""
    name, number = sort_columns(order)
    return [
        name,
        Column("Uitkomst"),
        *([Column("Melden")] if acts else []),
        Column("Besloten op"),
        *([Column("Stuk")] if papers else []),
        number,
    ]


def sort_columns(order: str) -> list[Column]:
    """Name and number: the only two orders there are."""
    return [
        Column(label, sort=f"op={key}", sorted="ascending" if order == key else "")
        for label, key in (("Gemeente", BY_NAME), ("Nummer", BY_NUMBER))
    ]


def round_rows(user: Person, steps: Sequence[LocalStep], *, papers: bool, acts: bool) -> list[Row]:
    """The cells in the order of `round_columns`."""
    return [
        Row(
            [
                Cell(name_of(step.municipality)),
                stands(step),
                *([_act(user, step)] if acts else []),
                decided_text(step),
                *([_paper(step)] if papers else []),
                step.municipality.cbs_code,
            ]
        )
        for step in steps
    ]


def _paper(step: LocalStep) -> Cell:
    if step.paper is None:
        return Cell("")
    return Cell(step.paper.name, url=url_of("paper-download", step.round, step.pk))


def _act(user: Person, step: LocalStep) -> Cell:
    if not can_report_for(user, step):
        return Cell("")
    word = "Verbeteren" if step.outcome else "Melden"
    return Cell(word, url=url_of("report", step.round, step.pk))


@dataclass(frozen=True)
class Said:
    """What a municipality wrote, and what the region says to that, side by side."""

    step: LocalStep
    name: str
    how: str
    tone: Tone
    when: str
    wants_answer: bool
    answer_url: str


def said(steps: Sequence[LocalStep], *, leads: bool) -> list[Said]:
    """Every outcome with a text, in the order of the table."""
    return [
        Said(
            step=step,
            name=name_of(step.municipality),
            how=step.get_outcome_display().capitalize(),
            tone=OUTCOME_TONES[step.outcome],
            when=_reported_line(step),
            wants_answer=step.wants_answer,
            answer_url=url_of("answer", step.round, step.pk)
            if leads and step.outcome in WITH_TEXT
            else "",
        )
        for step in steps
        if step.outcome and step.text
    ]


def _reported_line(step: LocalStep) -> str:
    text = f"{who(step.round).capitalize()} op {long_date(step.decided_on)}"
    return f"{text}; overgenomen uit: {step.source}" if step.source else text


def summary_of(steps: Sequence[LocalStep]) -> str:
    """'2 positief met opmerkingen, 1 negatief; 4 reageerden nog niet': what came in, in words."""
    here = [step for step in steps if step.state not in GONE]
    counts = [
        (sum(1 for step in here if step.outcome == outcome), label)
        for outcome, label in LocalOutcome.choices
    ]
    parts = [f"{count} {label}" for count, label in counts if count]
    silent = [step for step in here if not step.outcome]
    if silent:
        word = "reageerde" if len(silent) == 1 else "reageerden"
        over = all(step.state == LocalStepState.SILENT or step.round.term_over() for step in silent)
        parts.append(f"{len(silent)} {word} {'niet' if over else 'nog niet'}")
    return f"{', '.join(parts)}." if parts else ""


def term_words(term: Term) -> str:
    """'12 weken, begroting (Wgr, artikel 35, derde lid)'."""
    unit = str(TermUnit(term.unit).label)
    if term.length == 1:
        unit = {"dagen": "dag", "weken": "week"}[unit]
    source = term.note if term.source == TermSource.OWN else str(TermSource(term.source).label)
    return f"{term.length} {unit}: {source}"


def round_facts(asked: LocalRound) -> list[Fact]:
    """Who is asked, since when, until when and by what rule, and when the board meets."""
    law = law_of(asked.term_source, asked.asked_on or clock.today())
    facts = [
        Fact("Gevraagd aan", capfirst(asked.get_addressee_display())),
        Fact("Wie stuurt het stuk", law.sender if law else ""),
        Fact("Termijn", term_words(local.term_of(asked))),
        Fact("Gevraagd op", long_date(asked.asked_on)),
        Fact("Reageren tot en met", long_date(asked.due_on), note=asked.extended_because),
    ]
    if asked.step is not None and asked.step.meeting is not None:
        meeting = asked.step.meeting
        meeting.body = asked.step.body
        facts += [
            *([] if asked.asked_on else _send_by(asked, meeting)),
            Fact("Stukken naar het overleg", long_date(delivery_day(meeting))),
            Fact("Vergadering", f"{asked.step.body}, {long_date(meeting.starts_at)}"),
        ]
    if asked.decision is not None:
        facts.append(Fact("Volgt op", f"Besluit {asked.decision.number}"))
    return [fact for fact in facts if fact.value]


def _send_by(asked: LocalRound, meeting: Meeting) -> list[Fact]:
    """Both dates: the law counts to the day the papers go to the board, people to the meeting."""
    term = local.term_of(asked)
    papers, day = delivery_day(meeting), local_day(meeting.starts_at)
    return [
        Fact(
            "Uiterlijk versturen",
            long_date(term.send_by(papers)),
            note="(geteld tot de stukken gaan)",
        ),
        Fact("Geteld tot de vergadering", long_date(term.send_by(day))),
    ]


def days_before(step: RouteStep) -> tuple[str, date | None]:
    """A sentence with both dates, of the papers and of the meeting; and the day of the papers."""
    if step.meeting is None:
        return f"{step.body} heeft nog geen vergadering voor dit stuk.", None
    step.meeting.body = step.body
    papers = delivery_day(step.meeting)
    sentence = (
        f"{step.body} vergadert op {long_date(step.meeting.starts_at)} en krijgt de stukken op "
        f"{long_date(papers)}. Voor de wet telt de dag van de stukken: dan is de termijn voorbij."
    )
    return sentence, papers


def too_late(asked: LocalRound) -> str:
    """A warning when the term ends after the papers go to the board: both dates count."""
    if asked.step is None or asked.step.meeting is None:
        return ""
    day, meeting_day = delivery_day(asked.step.meeting), local_day(asked.step.meeting.starts_at)
    due = asked.due_on or last_day(asked)
    if due <= day:
        return ""
    own = asked.term_source == TermSource.OWN and asked.asked_on is None
    way_out = " of een kortere termijn" if own else ""
    when = (
        f"de vergadering van {asked.step.body} is al op {long_date(meeting_day)}"
        if due > meeting_day
        else f"de stukken gaan op {long_date(day)} al naar {asked.step.body}"
    )
    return (
        f"De termijn loopt tot en met {long_date(due)}, maar {when}. Kies een latere vergadering"
        f"{way_out}."
    )


def last_day(asked: LocalRound) -> date:
    """The last day of the term when it is asked today."""
    return local.term_of(asked).last_day(clock.today())


def now_for_round(user: Person, asked: LocalRound, steps: Sequence[LocalStep]) -> Now:
    """What this reader can do: report for her own municipality, or lead the round."""
    mine = [
        step
        for step in steps
        if step.municipality_id in standing_of(user).reports_for
        and not step.outcome
        and local_reports.can_report(step)
    ]
    if mine:
        return _report(mine)
    if may(user, "local.lead", asked):
        return _lead(asked, steps)
    return Now("Er wacht niets op u", stands_at(asked))


def stands_at(asked: LocalRound) -> str:
    """How far a round is, in one line; nobody was asked anything in concept."""
    return progress_of(asked).capitalize() if asked.asked_on else "Nog niet verstuurd"


def _report(mine: list[LocalStep]) -> Now:
    first, *others = mine
    asked = first.round
    return Now(
        "U bent aan zet",
        f"Meld de uitkomst uiterlijk {short_date(asked.due_on)}" if not asked.term_over() else "",
        Act(f"Uitkomst melden voor {first.municipality}", url_of("report", asked, first.pk)),
        [Act(f"Voor {step.municipality}", url_of("report", asked, step.pk)) for step in others],
    )


def _lead(asked: LocalRound, steps: Sequence[LocalStep]) -> Now:
    withdraw = Act("Intrekken", url_of("withdraw", asked))
    if asked.state == LocalRoundState.CONCEPT:
        what = f"Versturen kan nu. Reageren kan dan tot en met {long_date(last_day(asked))}."
        others = [Act("Wijzigen", url_of("edit", asked)), withdraw]
        return Now("U bent aan zet", what, Act("Vraag versturen", url_of("ask", asked)), others)
    running = asked.state == LocalRoundState.ASKED
    extend = Act("Termijn verlengen", url_of("extend", asked))
    owed = [step for step in steps if step.wants_answer]
    if owed and (running or asked.state == LocalRoundState.CLOSED):
        first = owed[0]
        many = "1 gemeente" if len(owed) == 1 else f"{len(owed)} gemeenten"
        answer = Act(f"Antwoord op {first.municipality}", url_of("answer", asked, first.pk))
        others = [extend, withdraw] if running else []
        return Now("U bent aan zet", f"Geef antwoord aan {many}", answer, others)
    if not running:
        return Now("Er wacht niets", stands_at(asked))
    refusal = local.STATES.answer(asked, "close")
    if isinstance(refusal, Refusal):
        not_yet = [NotYet("Sluiten", refusal.reason)]
        return Now("Wacht op de gemeenten", "", None, [extend, withdraw], not_yet)
    close = Act("Sluiten", url_of("close", asked))
    return Now("U kunt verder", "Alles is binnen en beantwoord", close, [extend, withdraw])
