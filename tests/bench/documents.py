"""Speed of documents: our door against bare WeasyPrint, and a worker with one and two processes.

`door()` needs Django only; `worker(folder)` needs a database that a worker process can reach.
"""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils.dateparse import parse_datetime

from accounts.models import User
from core import documents, pdf
from core.models import Document
from governance.documents import MEMO, DecisionMemo, MemoSection
from tests.memos import LOREM, example_memo
from tests.worker import Broker, Worker, use_broker, wait_until

DOOR_GOAL = 1.10
WORKER_GOAL = 1.8


@dataclass(frozen=True)
class Row:
    name: str
    value: float
    unit: str
    goal: str
    holds: bool | None


def rows() -> list[dict[str, Any]]:
    """Both measurements, on the database at hand."""
    with tempfile.TemporaryDirectory() as folder:
        return [asdict(row) for row in [*door(), *worker(Path(folder))]]


def three_pages() -> DecisionMemo:
    memo = example_memo()
    text = "".join(f"<p>{LOREM}</p>" for _ in range(5))
    sections = [MemoSection(1, f"Onderdeel {n}", text) for n in range(1, 4)]
    return replace(memo, sections=sections)


def door(rounds: int = 15) -> list[Row]:
    """(a) A 3-page memo through our door against bare WeasyPrint: same HTML, alternating.

    Bare means: WeasyPrint as one would call it with care (its fonts loaded once, the stylesheet
    parsed once, the same variant), without our fetcher, characters, identifier and list bodies.
    """
    kind, frozen = documents.get_kind(MEMO), documents.freeze(three_pages())
    context = {"sha256": documents.content_sha256(frozen), **kind.build_context(frozen)}
    page = render_to_string(kind.template, context)
    created = parse_datetime(frozen["created"])
    assert created is not None
    path = pdf._stylesheet_path(kind.stylesheet)
    sheets = [pdf._faces(), pdf._parsed(path, path.stat().st_mtime_ns)]

    def bare() -> None:
        source = weasyprint.HTML(string=page)
        source.write_pdf(
            io.BytesIO(), font_config=pdf._fonts(), stylesheets=sheets, pdf_variant="pdf/a-2a"
        )

    def ours() -> None:
        assert pdf.render_pdf(page, stylesheet=kind.stylesheet, created=created).pages == 3

    times: dict[Callable[[], None], list[float]] = {bare: [], ours: []}
    bare()
    ours()
    for turn in range(rounds):
        for make in (bare, ours) if turn % 2 else (ours, bare):
            start = time.perf_counter()
            make()
            times[make].append(time.perf_counter() - start)
    one, other = (statistics.median(times[make]) for make in (bare, ours))
    ratio = other / one
    return [
        Row("memo van 3 pagina's, kaal WeasyPrint", round(one * 1000, 1), "ms", "", None),
        Row("memo van 3 pagina's, door onze deur", round(other * 1000, 1), "ms", "", None),
        Row(
            "onze deur tegen kaal WeasyPrint",
            round(ratio, 3),
            "keer",
            f"hoogstens {DOOR_GOAL:.2f}",
            ratio <= DOOR_GOAL,
        ),
    ]


def worker(folder: Path, memos: int = 40) -> list[Row]:
    """(b) Memos per minute of a real worker with one and with two processes.

    Adds rows to the database at hand and takes them away again; files go to `folder`.
    """
    broker = Broker(folder).start()
    try:
        with use_broker(broker.url), override_settings(MEDIA_ROOT=str(folder)):
            pace = {n: _pace(broker, folder, processes=n, memos=memos) for n in (1, 2)}
    finally:
        broker.stop()
    ratio = pace[2] / pace[1]
    return [
        Row("memo's per minuut, 1 proces", round(pace[1]), "per minuut", "", None),
        Row("memo's per minuut, 2 processen", round(pace[2]), "per minuut", "", None),
        Row(
            "2 processen tegen 1",
            round(ratio, 2),
            "keer",
            f"ten minste {WORKER_GOAL}",
            ratio >= WORKER_GOAL,
        ),
    ]


def _pace(broker: Broker, folder: Path, *, processes: int, memos: int) -> float:
    """Memos per minute, from the moment that the worker is warm."""
    lease = str(settings.DOCUMENT_TIME_LIMIT + 60)
    source = User.objects.get_or_create(email="meting@example.invalid")[0]
    rows: list[int] = []

    def ask(number: int) -> None:
        memo = replace(three_pages(), number=f"{processes}-{number:03d}", example=False)
        rows.append(documents.request_document(MEMO, source, memo, by=None).pk)

    def made() -> bool:
        ready = Document.objects.filter(pk__in=rows, status=Document.Status.READY)
        return ready.count() == len(rows)

    try:
        with Worker(broker.url, folder, processes=processes, DOCUMENT_LEASE_SECONDS=lease):
            for number in range(4 * processes):
                ask(number)
            wait_until(made, 60, "a warm worker")
            start = time.perf_counter()
            for number in range(100, 100 + memos):
                ask(number)
            wait_until(made, 300, "the memos")
            return memos / (time.perf_counter() - start) * 60
    finally:
        Document.objects.filter(pk__in=rows).delete()
        source.delete()
