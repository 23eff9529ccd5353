"""Reports of a nulmeting as plain content, for the layout: as many rows as one likes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from governance.printing import Fact
from nulmeting.figures import Spread, shown, spread_of
from nulmeting.method import METHOD
from nulmeting.reports.own import OwnBlock, OwnEvidence, OwnQuestion, OwnReport
from nulmeting.reports.region import (
    BlockPart,
    CoverageLine,
    HeatCell,
    HeatRow,
    QuestionLine,
    RegionReport,
    SharedLine,
    YearLine,
)
from tests.memos import LOREM

CREATED = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCALE = [Fact(str(n), name) for n, name in enumerate(("Los", "In aanbouw", "Ingericht"), start=1)]


def _score(row: int, column: int) -> float:
    """Some score between 1 and 5 in quarters."""
    return 1 + (row * 7 + column * 5) % 17 / 4


def region_report(
    municipalities: int = 13, blocks: int = 9, years: int = 2, text: str = LOREM, **changes: Any
) -> RegionReport:
    """A published report. Every seventh municipality did not approve."""
    approved = [row for row in range(municipalities) if row % 7 != 6]
    columns = [spread_of([_score(row, column) for row in approved]) for column in range(blocks)]
    report = RegionReport(
        created=CREATED,
        basis="x",
        title=f"Nulmeting 2026, {text[:60]}",
        year=2026,
        region="Waterland",
        legal_name="Regio Waterland",
        address=["Postbus 1", "1000 AA Aardam"],
        block_label="bouwsteen",
        example=True,
        published=True,
        stands="Gepubliceerd op 22 november 2026.",
        facts=[Fact("Vastgesteld", f"{len(approved)} van {municipalities} gemeenten")],
        in_short=[text],
        scale=SCALE,
        coverage=[CoverageLine("Vastgesteld", [f"Gemeente {row}" for row in approved])],
        rows=[_row(row, blocks, row in approved) for row in range(municipalities)],
        blocks=[_part(column, spread, years, text) for column, spread in enumerate(columns)],
        merged=["In 2021 deden Brielle en Westvoorne apart mee; zij zijn nu Voorne aan Zee."],
        method=METHOD,
    )
    return replace(report, **changes)


def _row(row: int, blocks: int, approved: bool) -> HeatRow:
    name = f"Krimpen aan den Vlaardingerbrug {row}"
    if not approved:
        return HeatRow(name, "", "Heeft niet vastgesteld", [])
    cells = [_score(row, column) for column in range(blocks)]
    return HeatRow(name, "", "", [HeatCell(shown(cell), round(cell)) for cell in cells])


def _part(column: int, spread: Spread, years: int, text: str) -> BlockPart:
    number = str(column + 1)
    return BlockPart(
        number,
        f"Betrokkenheid jongeren en vraagverheldering {text[:40]}",
        text[:24],
        spread,
        spread_of([4, 5]),
        [YearLine(2027 - years + n, spread, 4 - n % 2, 4) for n in range(years)],
        [QuestionLine(f"{number}.{n}", text[:150], spread) for n in range(1, 5)],
        [SharedLine("Aardam", text)],
    )


def own_report(blocks: int = 9, text: str = LOREM, **changes: Any) -> OwnReport:
    """A report of a municipality beside its region, with last round and evidence."""
    report = OwnReport(
        created=CREATED,
        basis="x",
        title=f"Nulmeting 2026, {text[:60]}",
        year=2026,
        municipality="Aardam",
        region="Waterland",
        legal_name="Regio Waterland",
        address=["Postbus 1"],
        block_label="bouwsteen",
        example=True,
        compares=True,
        last_year=2025,
        facts=[Fact("Vragenlijst", text)],
        blocks=[_own_block(number, text) for number in range(1, blocks + 1)],
        evidence=[OwnEvidence(text[:100], "1 mei 2026", "1.1, 2.2", f"{'lang' * 30}.pdf")] * 3,
        method=METHOD,
    )
    return replace(report, **changes)


def _own_block(number: int, text: str) -> OwnBlock:
    return OwnBlock(
        number=number,
        title=text[:80],
        score=2.5,
        ambition=4,
        ambition_year=2028,
        before=["Beekzicht 2,0 (op 3 van 4 vragen)", "Cotten 3,0"],
        region=spread_of([1, 2, 3, 4]),
        questions=[
            OwnQuestion(f"{number}.{n}", text[:150], "2, in aanbouw", ["2"], "2,5")
            for n in range(1, 5)
        ],
        explanation=f"{text}\n\n{text}",
        support=text,
        shared=text,
        may_share=False,
    )
