"""A picture on a sheet of A4, without what a camera wrote beside it (place, name, preview)."""

import io
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Matrix, Name
from PIL import Image, ImageOps

from core.converting import Unprintable, sheet

UNREADABLE = "Deze afbeelding is beschadigd. Sla haar opnieuw op en voeg haar opnieuw toe."
PIXELS = (2480, 3508)  # A4 at 300 dots an inch
DOTS = 150 / 72  # pixels a point: a small picture stays small


def picture(source: Path, target: Path) -> int:
    """Write a PDF of one page; raises Unprintable for what cannot be read."""
    try:
        with Image.open(source, formats=["PNG", "JPEG"]) as opened:
            photo = opened.format == "JPEG"
            opened.draft("RGB", (max(PIXELS), max(PIXELS)))  # reads a large photograph smaller
            shown = _upright(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Unprintable(UNREADABLE) from None
    with pikepdf.new() as new:
        image = _image(new, shown, photo)
        size = shown.width / DOTS, shown.height / DOTS
        sheet.draw(new, image, *size, Matrix(size[0], 0, 0, size[1], 0, 0))
        return sheet.save(new, target)


def _upright(opened: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(opened)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        layers = turned.convert("RGBA")
        turned = Image.new("RGBA", layers.size, "white")
        turned.alpha_composite(layers)
    shown = turned.convert("RGB")
    most = PIXELS if shown.height >= shown.width else PIXELS[::-1]
    shown.thumbnail(most)
    return shown


def _image(new: pikepdf.Pdf, shown: Image.Image, photo: bool) -> pikepdf.Stream:
    made = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=shown.width,
        Height=shown.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    if not photo:
        return new.make_stream(shown.tobytes(), made)
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=88)
    return new.make_stream(out.getvalue(), {**made, "/Filter": Name.DCTDecode})
