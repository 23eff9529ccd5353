"""A round: prepared, opened to every municipality that takes part, closed, published."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from core.versioning import merge
from governance.domain.texts import refuse_personal_data
from governance.models import Municipality, Region, RegionMunicipality
from governance.rules import demand
from nulmeting import news
from nulmeting.enums import InstrumentState, RoundState, SubmissionState
from nulmeting.models import Instrument, Round, Submission

DONE = (SubmissionState.SUBMITTED, SubmissionState.APPROVED)
FIELDS = ("year", "instrument", "opens_on", "closes_on", "guidance", "compared_with")


def _may_open(asked: Round) -> Answer:
    if asked.instrument.state != InstrumentState.FIXED:
        return Refusal("Stel eerst de vragenlijst vast; daarna kan de ronde open.")
    if asked.closes_on < clock.today():
        return Refusal(f"De laatste dag was {long_date(asked.closes_on)}. Kies een latere dag.")
    if not homes_of(asked.region, max(asked.opens_on, clock.today())):
        return Refusal("Aan deze regio doet op die dag geen gemeente mee.")
    return True


def _may_publish(asked: Round) -> Answer:
    approved = asked.submissions.filter(state=SubmissionState.APPROVED).exists()
    return approved or Refusal("Nog geen gemeente heeft vastgesteld; er is niets te publiceren.")


STATES: TransitionTable[Round] = TransitionTable(
    [
        Transition("open", ("draft",), "open", "Ronde openen", _may_open),
        Transition("close", ("open",), "closed", "Ronde sluiten"),
        Transition("open_again", ("closed",), "open", "Ronde weer openen", _may_open),
        Transition("publish", ("closed",), "published", "Uitkomsten publiceren", _may_publish),
    ]
)


def homes_of(region: Region, day: date) -> list[Municipality]:
    """The municipalities that take part in a region on a day, by name."""
    taking_part = RegionMunicipality.objects.current(day).filter(region=region)
    return list(Municipality.objects.filter(pk__in=taking_part.values("municipality")))


@transaction.atomic
def prepare_round(
    region: Region,
    *,
    year: int,
    instrument: Instrument,
    opens_on: date,
    closes_on: date,
    guidance: str = "",
    compared_with: Round | None = None,
    by: User | None,
) -> Round:
    """Write down a round in concept; no municipality sees it yet. Refuses a second in one year."""
    locked(Region.objects.all(), region.pk)
    demand(by, "nulmeting.prepare", region)
    fresh = Round(region=region)
    _write(fresh, year, instrument, opens_on, closes_on, guidance, compared_with)
    StatusChange.log(fresh, act="round_prepared", by=by, after=fresh.state)
    return fresh


@transaction.atomic
def edit_round(
    asked: Round,
    *,
    year: int,
    instrument: Instrument,
    opens_on: date,
    closes_on: date,
    guidance: str = "",
    compared_with: Round | None = None,
    seen: Mapping[str, Any] | None = None,
    by: User | None,
) -> Round:
    """Change a round. Once it is open only its last day and its explanation change.

    `seen` is what stood there when the writer began; what somebody else changed since stays, and
    what both changed raises Conflict (core.versioning.merge).
    """
    current = _led(asked, by)
    if current.state not in (RoundState.DRAFT, RoundState.OPEN):
        raise Refused(Refusal("Deze ronde is gesloten en verandert niet meer."))
    values = (year, instrument, opens_on, closes_on, guidance.strip(), compared_with)
    now = fields_of(current)
    found = merge(now, dict(zip(FIELDS, values, strict=True)), seen)
    if current.state == RoundState.OPEN:
        if any(found[name] != now[name] for name in ("year", "instrument", "opens_on")):
            raise Refused(Refusal("Jaar, vragenlijst en eerste dag liggen vast nu de ronde loopt."))
        if found["closes_on"] < clock.today():
            raise Refused(Refusal("Kies vandaag of een latere dag.", "closes_on"))
    _write(current, **found)
    return current


def fields_of(asked: Round) -> dict[str, Any]:
    """What the team writes down of a round, by field."""
    return {name: getattr(asked, name) for name in FIELDS}


def _write(
    current: Round,
    year: int,
    instrument: Instrument,
    opens_on: date,
    closes_on: date,
    guidance: str,
    compared_with: Round | None,
) -> None:
    refuse_personal_data({"guidance": guidance})
    region = current.region_id
    same_year = Round.objects.filter(region=region, year=year).exclude(pk=current.pk)
    require(
        True if 2000 <= year <= 2100 else Refusal("Kies een jaar tussen 2000 en 2100.", "year"),
        Refusal("Dit jaar heeft al een nulmeting.", "year") if same_year.exists() else True,
        True
        if closes_on >= opens_on
        else Refusal("De laatste dag ligt voor de eerste dag.", "closes_on"),
        True
        if instrument.region_id == region
        else Refusal("Deze vragenlijst hoort bij een andere regio.", "instrument"),
        True
        if compared_with is None
        or (compared_with.region_id == region and compared_with.year < year)
        else Refusal("Vergelijk met een eerdere ronde van deze regio.", "compared_with"),
    )
    current.year, current.instrument = year, instrument
    current.opens_on, current.closes_on = opens_on, closes_on
    current.guidance, current.compared_with = guidance.strip(), compared_with
    current.save()


@transaction.atomic
def open_round(asked: Round, *, by: User | None) -> Round:
    """Open it to every municipality that takes part on that day; each gets a submission, and its
    contact and editors an invitation."""
    current = _led(asked, by)
    STATES.carry_out(current, "open", by=by)
    homes = homes_of(current.region, max(current.opens_on, clock.today()))
    rows = [Submission.objects.create(round=current, municipality=home) for home in homes]
    news.invited(current, rows)
    return current


@transaction.atomic
def add_municipality(asked: Round, municipality: Municipality, *, by: User | None) -> Submission:
    """Let a municipality that began to take part while the round is open fill in as well."""
    current = _led(asked, by)
    require(
        True
        if current.state == RoundState.OPEN
        else Refusal("Toevoegen kan zolang de ronde open is."),
        True
        if municipality in homes_of(current.region, clock.today())
        else Refusal("Deze gemeente doet vandaag niet mee in deze regio.", "municipality"),
        Refusal("Deze gemeente doet al mee in deze ronde.", "municipality")
        if current.submissions.filter(municipality=municipality).exists()
        else True,
    )
    row = Submission.objects.create(round=current, municipality=municipality)
    StatusChange.log(current, act="municipality_added", by=by, why=str(municipality))
    news.invited(current, [row])
    return row


@transaction.atomic
def open_again(asked: Round, *, closes_on: date, why: str, by: User | None) -> Round:
    """Open a closed round again for everybody, until another last day, with the reason."""
    current = _led(asked, by)
    refuse_personal_data({"why": why})
    if not why.strip():
        raise Refused(Refusal("Geef de reden.", "why"))
    if closes_on < clock.today():
        raise Refused(Refusal("Kies vandaag of een latere dag.", "closes_on"))
    current.closes_on = closes_on
    STATES.carry_out(current, "open_again", by=by, why=why.strip())
    waiting = current.submissions.exclude(state__in=DONE).select_related("municipality")
    news.opened_again(current, waiting.order_by("municipality__sort_name"))
    return current


@transaction.atomic
def close_round(asked: Round, *, by: User | None) -> Round:
    """Nobody fills in any more; what was not approved can still be approved or reopened."""
    current = _led(asked, by)
    STATES.carry_out(current, "close", by=by)
    return current


def close_ended() -> int:
    """Close every open round whose last day lies behind us; returns how many. Run by the beat."""
    over = Round.objects.filter(state=RoundState.OPEN, closes_on__lt=clock.today())
    ended = list(over)
    for asked in ended:
        close_round(asked, by=None)
    return len(ended)


@transaction.atomic
def publish_round(asked: Round, *, by: User | None) -> Round:
    """Show the results to everybody inside the region, and region figures to the public."""
    current = _led(asked, by)
    current.published_at = clock.now()
    STATES.carry_out(current, "publish", by=by)
    return current


@transaction.atomic
def reopen_for(submission: Submission, *, until: date, why: str, by: User | None) -> Submission:
    """Let one municipality go on after the round closed, up to and including a day.

    A submission in the hands of its approver comes back to the editor; an approval holds until an
    answer really changes. Refuses a round that is open anyway, or published: figures that were
    shown do not move afterwards.
    """
    current = locked(
        Submission.objects.select_related("round__region", "municipality"), submission.pk
    )
    demand(by, "nulmeting.lead", current)
    refuse_personal_data({"why": why})
    state = current.round.state
    require(
        True
        if state == RoundState.CLOSED
        else Refusal(f"Heropenen kan als de ronde gesloten is; zij is {RoundState(state).label}."),
        True if until >= clock.today() else Refusal("Kies vandaag of een latere dag.", "until"),
        True if why.strip() else Refusal("Geef de reden; de gemeente leest die.", "why"),
    )
    current.reopened_until = until
    current.save()
    change = StatusChange.log(
        current, act="reopen", by=by, why=f"{why.strip()} (tot en met {long_date(until)})"
    )
    news.reopened(current, change)
    return current


def takes_part(submission: Submission) -> bool:
    """Whether this municipality takes part in the region of the round today."""
    rows = RegionMunicipality.objects.current().filter(region=submission.round.region_id)
    return rows.filter(municipality=submission.municipality_id).exists()


def can_fill_in(submission: Submission) -> Answer:
    """Whether answers can change now: the round is open, or reopened for this municipality, and it
    did not leave the region meanwhile."""
    asked = submission.round
    reopened = submission.reopened_until
    if not takes_part(submission):
        return Refusal(
            f"{submission.municipality} doet niet meer mee aan deze regio. Wat is ingevuld, blijft "
            "bewaard; wijzigen kan niet meer."
        )
    if asked.state == RoundState.CLOSED and reopened and reopened >= clock.today():
        return True
    if asked.state == RoundState.OPEN:
        if asked.opens_on > clock.today():
            return Refusal("Deze nulmeting is nog niet begonnen.")
        return True
    return Refusal(
        "Deze nulmeting is gesloten. Vraag het programmateam haar voor uw gemeente te heropenen."
    )


def _led(asked: Round, by: User | None) -> Round:
    current = locked(Round.objects.select_related("region", "instrument"), asked.pk)
    demand(by, "nulmeting.lead", current)
    return current
