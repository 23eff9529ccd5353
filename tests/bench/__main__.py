"""`python -m tests.bench [--json] [NAME ...]`: measures, and says whether each goal holds.

Each module in this folder offers `rows()`, a list of dicts with name, value, unit, goal and holds.
They run on a test database with all migrations that is gone afterwards.
"""

import argparse
import json
import os
import pkgutil
import sys
import time
from importlib import import_module
from typing import Any

import tests.bench
import tests.environment

KEYS = ["name", "value", "unit", "goal", "holds"]


def measure(names: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in names:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        began = time.monotonic()
        for row in import_module(f"tests.bench.{name}").rows():
            found.append({key: row[key] for key in KEYS})
        print(f"  {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return found


def table(rows: list[dict[str, Any]]) -> str:
    shown = [
        [row["name"], f"{row['value']:.4g}", row["unit"], str(row["goal"]), says(row["holds"])]
        for row in rows
    ]
    head = ["what", "value", "unit", "goal", "holds"]
    widths = [max(len(line[column]) for line in [head, *shown]) for column in range(5)]
    lines = [head, ["-" * width for width in widths], *shown]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def says(holds: bool | None) -> str:
    return "" if holds is None else "yes" if holds else "NO"


def modules() -> list[str]:
    return sorted(
        module.name
        for module in pkgutil.iter_modules(tests.bench.__path__)
        if not module.name.startswith(("_", "test_"))
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("--json", action="store_true", help="print a list of rows as JSON")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(modules())}")
    options = parser.parse_args()
    if unknown := set(options.names) - set(modules()):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regiovisie.settings")
    import django
    from django.test.utils import setup_databases, teardown_databases

    django.setup()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        rows = measure(options.names or modules())
    finally:
        teardown_databases(databases, verbosity=0)
        tests.environment.pytest_unconfigure()
    print(json.dumps(rows, indent=2, ensure_ascii=False) if options.json else table(rows))
    return int(any(row["holds"] is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
