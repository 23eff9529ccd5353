"""Words laid over finished pages: 'bladzijde 12 van 140', in our own typeface.

The pages are made by others, so the font goes along in the file: only the characters it needs.
"""

import io
from functools import cache
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from core.pdf import face

CHARACTERS = "abdeijlnvz 0123456789"
SIZE = 8.5
RIGHT, BOTTOM = 62.4, 21.0  # points from the edges of the sheet: 22 mm and 7,4 mm
GREY = b"0.337 0.4 0.412 rg"
FONT = "/Bladzijde"


def number_line(number: int, total: int, width: float) -> bytes:
    """The drawing of one page number, at the right of the foot of a sheet of this width."""
    text = f"bladzijde {number} van {total}"
    advances, units = _metrics()
    long = sum(advances[char] for char in text) / units * SIZE
    return (
        b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q %s BT %s %.2f Tf "
        b"%.2f %.2f Td (%s) Tj ET Q EMC"
        % (GREY, FONT.encode(), SIZE, width - RIGHT - long, BOTTOM, text.encode("ascii"))
    )


def add_font(pdf: pikepdf.Pdf) -> Any:
    """The typeface, with the characters above, as an object of this PDF."""
    data = _subset()
    advances, units = _metrics()
    font = TTFont(io.BytesIO(data))
    head, hhea = font["head"], font["hhea"]
    scale = 1000 / units
    name = Name("/AAAAAA+SourceSansPro-Regular")
    box = [round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,
        FontBBox=Array(box),
        ItalicAngle=0,
        Ascent=round(hhea.ascent * scale),
        Descent=round(hhea.descent * scale),
        CapHeight=660,
        StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )
    codes = range(32, 123)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=name,
            FirstChar=codes[0],
            LastChar=codes[-1],
            Widths=Array([round(advances.get(chr(code), 0) * scale) for code in codes]),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )


@cache
def _subset() -> bytes:
    options = subset.Options(recalc_timestamp=False, notdef_outline=True, hinting=False)
    with TTFont(face("Regular"), recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=CHARACTERS)
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


@cache
def _metrics() -> tuple[dict[str, int], int]:
    """The advance of each character, and how many units make an em."""
    with TTFont(io.BytesIO(_subset())) as font:
        names, widths = font.getBestCmap(), font["hmtx"]
        advances = {char: widths[names[ord(char)]][0] for char in CHARACTERS}
        return advances, font["head"].unitsPerEm
