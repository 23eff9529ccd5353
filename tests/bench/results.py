"""(e) A nulmeting of the whole country: 342 municipalities, ten rounds of 36 questions (123,120
answers). Reads coverage, heat map and years of one region in it, and makes a report of 342 rows.

Databases beside each other, measured in turn as in `pages`: the same region with one round, and the
country. Year on year is held against the same region with as many rounds: with one it draws
nothing, and ten years are ten times as much to show, however small the country is. The report is
measured in turn with bare WeasyPrint, and in seconds of the processor: what a worker needs on a
machine with nothing else to do. Of all turns the least counts: whatever else runs on the machine
only adds, and to the long readings most.
"""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import weasyprint
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from core import pdf
from core.documents import content_sha256, freeze, get_kind, render_frozen
from governance.models import Municipality, Region, RegionMunicipality
from nulmeting import queries, region_figures
from nulmeting.models import Answer, BlockAnswer, Instrument, Item, Round, Submission
from nulmeting.reports.documents import REGION
from regioagenda.models import BuildingBlock
from tests import factories as make
from tests.bench.documents import DOOR_GOAL
from tests.bench.pages import SLACK, TIMES, copy_of_database, row, using
from tests.reports import region_report

REGIONS, MUNICIPALITIES, ROUNDS, BLOCKS, QUESTIONS = 42, 342, 10, 9, 4
NEWEST = 2026
SECONDS = 10.0
YEARS = "van jaar tot jaar"
_codes = count(1000)


@dataclass(frozen=True)
class Site:
    """A database, and what is read in it."""

    connection: Any
    answers: int
    readings: dict[str, Callable[[], Any]]


def rows(
    regions: int = REGIONS,
    municipalities: int = MUNICIPALITIES,
    rounds: int = ROUNDS,
    turns: int = 40,
) -> Iterator[dict[str, Any]]:
    """Builds both databases as copies of the one at hand, which must be empty; needs PostgreSQL."""
    size = municipalities // regions
    with (
        copy_of_database("few") as one,
        copy_of_database("region") as alone,
        copy_of_database("country") as other,
    ):
        few, country = _filled(one, 1, size, 1), _filled(other, regions, municipalities, rounds)
        years = _filled(alone, 1, size, rounds)
        yield row("antwoorden in de grote installatie", country.answers, "")
        for name in country.readings:
            small = years if name == YEARS else few
            yield from _measured(name, [small, country], turns)
    yield from _report(municipalities, rounds, turns=max(turns // 10, 1))


def _measured(name: str, sites: list[Site], turns: int) -> Iterator[dict[str, Any]]:
    few, many = (_queries(name, site) for site in sites)
    taken: list[list[float]] = [[], []]
    for turn in range(turns):
        for which in (0, 1) if turn % 2 else (1, 0):
            taken[which].append(_milliseconds(name, sites[which]))
    quick, slow = (min(times) for times in taken)
    yield row(f"{name}: zoekvragen, veel data", many, "", f"{few}, als bij weinig", many == few)
    yield row(f"{name}: tijd, weinig data", round(quick, 1), "ms")
    most = TIMES * quick + SLACK
    goal = f"hoogstens {most:.1f} ({TIMES} keer + {SLACK:.0f} ms)"
    yield row(f"{name}: tijd, veel data", round(slow, 1), "ms", goal, slow <= most)


def _queries(name: str, site: Site) -> int:
    with using(site.connection), CaptureQueriesContext(site.connection) as asked:
        site.readings[name]()
    return len(asked)


def _milliseconds(name: str, site: Site) -> float:
    with using(site.connection):
        began = time.perf_counter()
        site.readings[name]()
        return (time.perf_counter() - began) * 1000


def _report(municipalities: int, rounds: int, turns: int) -> Iterator[dict[str, Any]]:
    """From frozen content to a file, and the same page by WeasyPrint alone, in a warm worker."""
    kind = get_kind(REGION)
    frozen = freeze(region_report(municipalities, years=rounds, text="Preventie"))

    def ours() -> None:
        render_frozen(kind, frozen)

    def bare() -> None:
        context = {"sha256": content_sha256(frozen), **kind.build_context(frozen)}
        path = pdf._stylesheet_path(kind.stylesheet)
        weasyprint.HTML(string=render_to_string(kind.template, context)).write_pdf(
            io.BytesIO(),
            font_config=pdf._fonts(),
            stylesheets=[pdf._faces(), pdf._parsed(path, path.stat().st_mtime_ns)],
            pdf_variant="pdf/a-2a",
        )

    pdf.warm_up()
    taken: dict[Callable[[], None], list[float]] = {ours: [], bare: []}
    for turn in range(turns):
        for draw in (bare, ours) if turn % 2 else (ours, bare):
            began = time.process_time()
            draw()
            taken[draw].append(time.process_time() - began)
    took, other = (min(taken[draw]) for draw in (ours, bare))
    name = f"rapport van {municipalities} gemeenten"
    yield row(f"{name}: rekentijd", round(took, 1), "s", f"hoogstens {SECONDS} s", took <= SECONDS)
    yield row(
        f"{name}: tegen kaal WeasyPrint",
        round(took / other, 2),
        "keer",
        f"hoogstens {DOOR_GOAL}",
        took <= other * DOOR_GOAL,
    )


# The country, written at once: its history is of no matter here -----------------------------------


def _filled(copy: Any, regions: int, municipalities: int, rounds: int) -> Site:
    """The first region has as many municipalities in every database; what it read stays loaded."""
    with using(copy):
        left, asked = municipalities, None
        for number in range(1, regions + 1):
            size = left // (regions - number + 1)
            left -= size
            region = _region(number, size)
            for year in range(NEWEST - rounds + 1, NEWEST + 1):
                newest = _round(region, year)
            asked = asked or newest
        with copy.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        assert asked is not None
        return Site(copy, Answer.objects.count(), _readings(asked))


def _readings(asked: Round) -> dict[str, Callable[[], Any]]:
    approved = Submission.objects.filter(state="approved")

    def heat() -> queries.Results:
        return queries.results_by_block(asked, approved)

    columns = heat().columns
    return {
        "dekking": lambda: queries.coverage_of(asked),
        "kaart": heat,
        YEARS: lambda: region_figures.years_of(asked, columns),
    }


def _region(number: int, size: int) -> Region:
    region = make.region(f"Regio {number:02d}", slug=f"land-{number:02d}")
    homes = Municipality.objects.bulk_create(
        Municipality(name=f"Gemeente {code}", sort_name=f"gemeente {code}", cbs_code=f"{code:04d}")
        for code in (next(_codes) for _ in range(size))
    )
    RegionMunicipality.objects.bulk_create(
        RegionMunicipality(region=region, municipality=home) for home in homes
    )
    instrument = Instrument.objects.create(region=region, version=1, title="Vragen", state="fixed")
    for block in range(1, BLOCKS + 1):
        part = BuildingBlock.objects.create(region=region, number=block, title=f"Blok {block}")
        Item.objects.bulk_create(
            Item(instrument=instrument, block=part, number=n, text="Vraag?")
            for n in range(1, QUESTIONS + 1)
        )
    return region


def _round(region: Region, year: int) -> Round:
    """Published, with everybody's answers."""
    instrument = region.instruments.get()
    asked = Round.objects.create(
        region=region,
        year=year,
        instrument=instrument,
        opens_on=date(year, 1, 1),
        closes_on=date(year, 12, 31),
        state="published",
        published_at=make.moment(),
    )
    homes = region.participations.values_list("municipality", flat=True)
    submissions = Submission.objects.bulk_create(
        Submission(round=asked, municipality_id=home, state="approved", submitted_at=make.moment())
        for home in homes
    )
    items = list(instrument.items.all())
    blocks = BlockAnswer.objects.bulk_create(
        BlockAnswer(submission=row, block_id=block, ambition=4, ambition_year=year + 2)
        for row in submissions
        for block in sorted({item.block_id for item in items})
    )
    Answer.objects.bulk_create(
        (
            Answer(block=row, item=item, given="score", score=1 + (row.pk + item.pk) % 5)
            for row in blocks
            for item in items
            if item.block_id == row.block_id
        ),
        batch_size=2000,
    )
    return asked
