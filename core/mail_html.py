"""The look of a mail, made from its plain text: one text, so that the two can never differ.

The text of a mail is blocks with an empty line between them. In a block:

- two lines, one that ends with a colon and an address alone, are one button
- lines that begin with '- ' are a list; what is indented below one belongs to it
- 'Wanneer: donderdag' has its first words in bold, and so has a line that ends with a colon

Two empty lines divide the news in the mail of the day, and the foot from the rest.
"""

import re
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_ADDRESS = re.compile(r"https?://\S+")
_NAMED = re.compile(r"([A-Z][\w ]{1,24}): (.+)")
_LINK = "color:#0b555c"
_BUTTON = (
    "display:inline-block;padding:12px 20px;border-radius:4px;background:#0b555c;"
    "color:#ffffff;font-weight:600;text-decoration:none"
)


def as_html(subject: str, text: str) -> str:
    """A whole page in the look of the portal; nothing in it is fetched from anywhere."""
    parts = [list(_blocks(part)) for part in re.split(r"\n{3,}", text.strip())]
    return render_to_string("core/mail.html", {"subject": subject, "parts": parts})


def _blocks(part: str) -> Iterator[SafeString]:
    for block in re.split(r"\n\n", part.strip("\n")):
        lines = block.split("\n")
        if any(line.startswith("- ") for line in lines):
            yield _list(lines)
        elif len(lines) == 2 and lines[0].endswith(":") and _ADDRESS.fullmatch(lines[1].strip()):
            words = lines[0].removesuffix(":")
            yield format_html('<p><a href="{}" style="{}">{}</a></p>', lines[1], _BUTTON, words)
        else:
            yield format_html("<p>{}</p>", _lines(lines))


def _list(lines: list[str]) -> SafeString:
    """What stands before the first dash, and each item with what is indented below it."""
    before: list[str] = []
    items: list[list[str]] = []
    for line in lines:
        if line.startswith("- "):
            items.append([line.removeprefix("- ")])
        elif items:
            items[-1].append(line.strip())
        elif line.strip():
            before.append(line)
    shown = format_html_join(
        "", '<li style="margin-bottom:8px">{}</li>', ((_item(i),) for i in items)
    )
    head = format_html("<p>{}</p>", _lines(before)) if before else ""
    return format_html('{}<ul style="padding-left:20px">{}</ul>', head, shown)


def _item(lines: list[str]) -> SafeString:
    """An item that ends with an address is itself the link."""
    *words, last = lines
    if not words or not _ADDRESS.fullmatch(last):
        return _lines(lines)
    link = format_html('<a href="{}" style="{}">{}</a>', last, _LINK, words[0])
    return mark_safe("<br>".join([link, *(_line(line) for line in words[1:])]))


def _lines(lines: list[str]) -> SafeString:
    return mark_safe("<br>".join(_line(line) for line in lines))


def _line(line: str) -> SafeString:
    if found := _NAMED.fullmatch(line):
        return format_html("<strong>{}:</strong> {}", found[1], _with_links(found[2]))
    if line.endswith(":"):
        return format_html("<strong>{}</strong>", line)
    return _with_links(line)


def _with_links(line: str) -> SafeString:
    """Addresses inside a sentence; a full stop after one does not belong to it."""
    shown = SafeString("")
    end = 0
    for found in _ADDRESS.finditer(line):
        address = found[0].rstrip(".,)")
        shown += format_html("{}", line[end : found.start()])
        shown += format_html('<a href="{0}" style="{1}">{0}</a>', address, _LINK)
        end = found.start() + len(address)
    return shown + format_html("{}", line[end:])
