"""(d) The meeting book: 100 attachments of 10 pages, converted before, as one PDF.

Measured in a process of its own, as the worker does it, so that the peak of memory is its own.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

ATTACHMENTS, SHEETS, ITEMS = 100, 10, 20
SECONDS, MEGABYTES = 60, 500


def rows() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        _convert(Path(folder))
        converted = time.perf_counter() - began
        command = [sys.executable, "-m", "tests.bench.book", folder]
        done = subprocess.run(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    name = f"bundel van {ATTACHMENTS} bijlagen van {SHEETS} bladzijden"
    return [
        _row(f"{name}: tijd", round(found["seconds"], 1), "s", SECONDS),
        _row(f"{name}: geheugen, hoogste", round(found["megabytes"]), "MB", MEGABYTES),
        _row(f"{name}: bladzijden", found["pages"], ""),
        _row(f"{name}: grootte", round(found["size"], 1), "MB"),
        _row("bijlage van 10 bladzijden opschonen", round(converted / 10, 2), "s"),
    ]


def _row(name: str, value: float, unit: str, most: float | None = None) -> dict[str, Any]:
    goal = "" if most is None else f"hoogstens {most} {unit}"
    holds = None if most is None else value <= most
    return {"name": name, "value": value, "unit": unit, "goal": goal, "holds": holds}


def _convert(folder: Path) -> None:
    """Ten different attachments of ten pages of text with a picture; each stands in ten times."""
    from core.converting.cleaning import clean
    from core.documents import freeze, get_kind, render_frozen
    from governance.documents import MEMO
    from tests.memos import long_memo

    memo = render_frozen(get_kind(MEMO), freeze(long_memo()))
    for number in range(10):
        with pikepdf.open(io.BytesIO(memo.content)) as text, pikepdf.new() as made:
            while len(made.pages) < SHEETS:
                made.add_pages_from(text, range(min(len(text.pages), SHEETS - len(made.pages))))
            _picture(made, number)
            made.save(folder / "source.pdf")
        clean(folder / "source.pdf", folder / f"{number}.pdf")
    for number in range(10, ATTACHMENTS):
        (folder / f"{number}.pdf").write_bytes((folder / f"{number % 10}.pdf").read_bytes())


def _picture(made: pikepdf.Pdf, number: int) -> None:
    """A drawing of 600 kB on the first page: attachments are seldom text alone."""
    import random

    noise = random.Random(number).randbytes(600_000)
    image = made.make_stream(
        noise,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=1000,
        Height=600,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )
    name = made.pages[0].add_resource(image, pikepdf.Name.XObject)
    made.pages[0].contents_add(b"q 300 0 0 180 72 72 cm %s Do Q" % str(name).encode())


def _make(folder: Path) -> dict[str, float]:
    import django

    django.setup()
    from datetime import UTC, datetime

    from core.book import Insert, write_book

    inserts = [Insert(f"b{n}", folder / f"{n}.pdf", SHEETS) for n in range(ATTACHMENTS)]
    began = time.perf_counter()
    with (folder / "book.pdf").open("w+b") as file:
        pages = write_book(
            file,
            _html,
            inserts,
            stylesheet="css/book.css",
            created=datetime(2026, 11, 22, tzinfo=UTC),
        )
    return {
        "seconds": time.perf_counter() - began,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pages": pages,
        "size": (folder / "book.pdf").stat().st_size / 1e6,
    }


def _html(numbers: Any) -> str:
    """Twenty items of about two pages of text, each with five attachments."""
    from tests.memos import LOREM

    lines, parts = [], []
    for item in range(ITEMS):
        names = [f"b{n}" for n in range(item * 5, item * 5 + 5)]
        parts.append(f'<section class="item" id="i{item}"><h2>Punt {item}</h2>')
        parts += [f"<p>{LOREM}</p>"] * 6
        parts += [f'<section class="slot" id="{n}"><h3>Bijlage {n}</h3></section>' for n in names]
        parts.append("</section>")
        for name in [f"i{item}", *names]:
            page = f'<span class="contents__page">{numbers.get(name, 0)}</span>'
            lines.append(f'<li><a href="#{name}">{name}</a>{page}</li>')
    return (
        '<!doctype html><html lang="nl"><head><title>Vergaderbundel</title></head><body><main>'
        f'<h1>Inhoud</h1><ol class="contents">{"".join(lines)}</ol>{"".join(parts)}</main></body>'
        "</html>"
    )


if __name__ == "__main__":
    json.dump(_make(Path(sys.argv[1])), sys.stdout)
