"""The file as plain text, to lay beside what was read from it."""

from governance.importing.blocks import Kind, render
from governance.importing.package import is_package
from governance.importing.readers import read_docx
from governance.importing.text import read_text


def original_text(data: bytes) -> str:
    """The words of a file in their order, notes last. Refuses what the reader refuses."""
    blocks = (read_docx(data) if is_package(data) else read_text(data)).blocks
    beside = [block for block in blocks if block.kind in (Kind.NOTE, Kind.UNREAD)]
    running = [block for block in blocks if block not in beside]
    return "\n\n".join(part for part in (render(running), render(beside)) if part)
