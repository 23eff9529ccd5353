"""`python -m core.converting.child pdf|picture|sheets SOURCE TARGET`: one file, in its own process.

Prints the number of pages (or sheets), or the reason for people with exit code SENTENCE.
"""

import sys
from pathlib import Path

from core.converting import Unprintable
from core.converting.sandbox import SENTENCE


def main(kind: str, source: str, target: str) -> int:
    try:
        if kind == "pdf":
            from core.converting.cleaning import clean

            pages = clean(Path(source), Path(target))
        elif kind == "sheets":
            from core.converting.sheets import fit

            pages = fit(Path(source), Path(target))
        else:
            from core.converting.pictures import picture

            pages = picture(Path(source), Path(target))
    except Unprintable as reason:
        sys.stdout.write(str(reason))
        return SENTENCE
    sys.stdout.write(str(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
