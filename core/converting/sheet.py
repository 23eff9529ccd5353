"""The A4 sheet that a printable page is drawn on, with room for a title and a number."""

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Rectangle

SHORT, LONG = 595.276, 841.89  # A4, in points
HEAD, FOOT, SIDE = 45.0, 36.0, 20.0


def draw(new: pikepdf.Pdf, content: Any, width: float, height: float, before: Matrix) -> Matrix:
    """Add an A4 sheet with `content` (a form or image) as large as fits, never larger than it is.

    `width` and `height` are those of the content in points, after `before`. Gives the way from the
    content's own space to the sheet.
    """
    sheet = (LONG, SHORT) if width > height else (SHORT, LONG)
    room = (sheet[0] - 2 * SIDE, sheet[1] - HEAD - FOOT)
    scale = min(1.0, room[0] / width, room[1] / height)
    left = (sheet[0] - width * scale) / 2
    bottom = FOOT + room[1] - height * scale
    matrix = Matrix(scale, 0, 0, scale, left, bottom)
    draws = b"q %s cm /P Do Q" % (before @ matrix).encode()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, *sheet],
        Resources=Dictionary(XObject=Dictionary(P=content)),
        Contents=new.make_stream(draws),
    )
    new.pages.append(pikepdf.Page(new.make_indirect(page)))
    return before @ matrix


def moved(box: Any, matrix: Matrix) -> Rectangle:
    """The box around a box after a matrix."""
    return matrix.transform(Rectangle(*(float(side) for side in box)))


def save(new: pikepdf.Pdf, target: Path) -> int:
    """Write the same bytes for the same content; gives the number of pages."""
    new.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return len(new.pages)
