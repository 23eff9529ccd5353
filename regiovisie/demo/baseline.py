"""The nulmeting of Rijnmond: a round of 2021 that was published, and one that runs now.

No document tells the scores: they are drawn by lot with a fixed seed, and both rounds say that they
are an example. What people filled in passes through the domain, on days of its own.
"""

import random
from datetime import date, timedelta
from pathlib import Path

from core import clock
from governance.enums import MunicipalRoleKind
from governance.models import Municipality, MunicipalRole
from nulmeting import instrument_file
from nulmeting.domain import filling, instruments, rounds, submissions
from nulmeting.domain.content import sha256_of
from nulmeting.models import Instrument, Item, Round, Submission
from regiovisie.demo.walk import Walker, at

QUESTIONS = Path(__file__).parent / "data" / "nulmeting_instrument.yaml"
OPENED, CLOSED = date(2021, 3, 1), date(2021, 5, 28)
GUIDANCE = (
    "Vul samen met collega's in waar uw gemeente nu staat. Er zijn geen goede of foute antwoorden: "
    "een eerlijk beeld helpt om samen te kiezen wat eerst komt."
)
EXPLANATIONS = (
    "We hebben dit jaar afspraken gemaakt; de uitvoering begint.",
    "Wijkteam en scholen werken hier samen aan. Meten doen we nog niet.",
    "Er is een plan. Geld en mensen zijn voor volgend jaar gevraagd.",
    "",
)


def walk(walker: Walker) -> None:
    """Both rounds of Rijnmond."""
    luck = random.Random(2021)
    instrument = _instrument(walker)
    before = _round(walker, instrument, 2021, OPENED, CLOSED)
    with clock.at(at(OPENED + timedelta(days=30))):
        for each in before.submissions.select_related("municipality"):
            _approved(_whole(each, before), luck, low=1, high=3)
    with clock.at(at(CLOSED + timedelta(days=1))):
        before = rounds.close_round(before, by=walker.lead)
    with clock.at(at(date(2021, 6, 10))):
        before = rounds.publish_round(before, by=walker.lead)
    _now(walker, instrument, before, luck)


def _instrument(walker: Walker) -> Instrument:
    with clock.at(at(OPENED - timedelta(days=20))):
        contents = instrument_file.read(QUESTIONS.read_bytes())
        title = "Nulmeting lokale bouwstenen"
        region = walker.cast.region
        drawn = instrument_file.bring_in(region, contents, title=title, by=walker.lead)
        return instruments.fix_instrument(drawn, by=walker.lead)


def _round(
    walker: Walker,
    instrument: Instrument,
    year: int,
    opens_on: date,
    closes_on: date,
    before: Round | None = None,
) -> Round:
    with clock.at(at(opens_on)):
        asked = rounds.prepare_round(
            walker.cast.region,
            year=year,
            instrument=instrument,
            opens_on=opens_on,
            closes_on=closes_on,
            guidance=GUIDANCE,
            compared_with=before,
            by=walker.lead,
        )
        asked.example = True
        asked.save()
        return rounds.open_round(asked, by=walker.lead)


def _now(walker: Walker, instrument: Instrument, before: Round, luck: random.Random) -> None:
    """The running round: most are done; one waits for its approver, one is busy, one is idle."""
    today = clock.today()
    asked = _round(
        walker,
        instrument,
        today.year,
        today - timedelta(days=40),
        today + timedelta(days=16),
        before,
    )
    rows = {
        each.municipality.name: each for each in asked.submissions.select_related("municipality")
    }
    busy, waits, idle = "Schiedam", "Vlaardingen", "Goeree-Overflakkee"
    with clock.at(at(today - timedelta(days=10))):
        for name, each in rows.items():
            if name not in (busy, waits, idle):
                _approved(_whole(each, asked), luck, low=2, high=4)
    with clock.at(at(today - timedelta(days=1))):
        if waits in rows:
            _filled(_whole(rows[waits], asked), luck, low=2, high=4)
            submissions.submit(rows[waits], by=_editor(rows[waits].municipality))
        if busy in rows:
            _filled(_whole(rows[busy], asked), luck, low=2, high=4, blocks=5)


def _whole(row: Submission, asked: Round) -> Submission:
    row.round = asked
    return row


def _approved(row: Submission, luck: random.Random, *, low: int, high: int) -> None:
    _filled(row, luck, low=low, high=high)
    handed_in = submissions.submit(row, by=_editor(row.municipality))
    office = f"wethouder jeugd {row.municipality}"
    submissions.approve_by_link(handed_in, seen_sha256=sha256_of(handed_in), office=office)


def _editor(home: Municipality) -> object:
    role = MunicipalRole.objects.current().filter(municipality=home, role=MunicipalRoleKind.EDITOR)
    found = role.select_related("user").first()
    return found.user if found else None


def _filled(
    row: Submission, luck: random.Random, *, low: int, high: int, blocks: int | None = None
) -> None:
    by = _editor(row.municipality)
    items: dict[int, list[Item]] = {}
    for item in row.round.instrument.items.select_related("block"):
        items.setdefault(item.block.number, []).append(item)
    for number in sorted(items)[:blocks]:
        part = items[number]
        base = luck.randint(low, high)
        scores = [max(1, min(5, base + luck.choice((-1, 0, 0, 1)))) for _ in part]
        values: dict[str, object] = {
            filling.name_of(item): str(score) for item, score in zip(part, scores, strict=True)
        }
        if luck.random() < 0.08:
            values[filling.name_of(part[-1])] = "unknown"
        values |= {
            "ambition": min(5, base + 1),
            "ambition_year": row.round.year + luck.choice((1, 2, 3)),
            "explanation": luck.choice(EXPLANATIONS),
        }
        start, revision = filling.values_of(row, part[0].block)
        filling.save_block(row, part[0].block, values, base=start, base_revision=revision, by=by)
        high_items = [item for item, score in zip(part, scores, strict=True) if score >= 3]
        if high_items:
            filling.add_evidence(
                row,
                title=f"Uitvoeringsplan jeugd {row.municipality}",
                dated_on=clock.today() - timedelta(days=luck.randint(30, 300)),
                items=high_items,
                by=by,
            )
