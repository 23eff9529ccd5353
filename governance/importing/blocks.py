"""The neutral form that both readers give: a list of blocks in the order of the file."""

import re
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    NOTE = "note"
    UNREAD = "unread"


class NoteKind(StrEnum):
    """What a note is; the values are shown to nobody, so they are English."""

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    LETTERHEAD = "letterhead"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    TEXT_BOX = "text_box"
    TITLE = "title"
    SIGNATURE = "signature"
    ATTACHMENTS = "attachments"


@dataclass
class Block:
    """One paragraph, heading, list item, table or note.

    `level` is that of a heading (1 is highest) or the depth of a list item (0 is outermost).
    `marker` is the list marker as written, so that it can be written back. `alone` says that the
    line has white space above and below it; `follows` that it comes right under another line.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    marker: str = ""
    rows: list[list[str]] = field(default_factory=list)
    note: str = ""
    alone: bool = True
    follows: bool = False
    bold: bool = False

    def all_text(self) -> str:
        """Every word of the block, the list marker and the table cells included."""
        cells = [cell for row in self.rows for cell in row]
        return "\n".join([f"{self.marker} {self.text}".strip(), *cells])


@dataclass
class Source:
    """What a reader got out of a file, before anything is made of it.

    `file_year` is the year in which the file says it was last saved.
    """

    blocks: list[Block] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    file_year: int | None = None


ITEM = re.compile(
    r"^(?P<indent>[ \t]*)(?P<marker>[-*•–▪◦·]|\d{1,3}[.)]|[a-z][.)])[ \t]+(?P<text>\S.*)$",
    re.DOTALL,
)
NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<dot>[.)]?)\s+(?P<text>\S.*)$")


def table_text(rows: list[list[str]]) -> str:
    """A table as markdown rows, one a line: '| post | 2021 |'. A pipe in a cell is escaped."""
    lines = []
    for row in rows:
        cells = [" ".join(cell.split()).replace("|", "\\|") for cell in row]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def render(blocks: list[Block]) -> str:
    """The text of a section: paragraphs apart, list items one a line, tables as rows."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if block.kind is Kind.TABLE:
            text = table_text(block.rows)
        elif block.kind is Kind.ITEM:
            text = f"{'  ' * block.level}{block.marker or '-'} {block.text}"
        else:
            text = block.text
        if previous is not None:
            tight = previous.kind is block.kind and block.kind in (Kind.ITEM, Kind.TABLE)
            parts.append("\n" if tight else "\n\n")
        parts.append(text)
        previous = block
    return "".join(parts)
