"""The header of a proposal: to, from, date, subject ... and the bodies it passes.

It stands as lines ('Aan: het AB'), as a table, or as a mixture, in any order.
"""

from dataclasses import dataclass, field

from governance.importing.blocks import NUMBERED, Block, Kind, NoteKind
from governance.importing.dates import mentions
from governance.importing.labels import BODY_HEADS, UNKNOWN, key_of, split_bare, split_label
from governance.importing.stops import stops_in

SEARCH_DEPTH = 25
SHORT = 120


@dataclass
class Header:
    """What was read: texts per key, raw stops (body, date) and what is left of the blocks.

    `structure` holds the labels, which are words of the file that reach no key.
    """

    fields: dict[str, str] = field(default_factory=dict)
    stops: list[tuple[str, str]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    structure: list[str] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    key: str = ""

    def put(self, key: str, label: str, value: str) -> None:
        """A value of a key; a second one for the same key is kept as unread."""
        self.structure.append(label)
        self.key = key
        if key == "route":
            self.stops += stops_in(value)
        elif key == "attachments":
            self.rest.append(Block(Kind.NOTE, value, note=NoteKind.ATTACHMENTS))
        elif self.fields.get(key):
            self.unknown.append(value)
        else:
            self.fields[key] = value

    def more(self, value: str) -> None:
        """A further line of the value that was read last."""
        if not value:
            return
        if self.key == "route":
            self.stops += stops_in(value)
        elif self.key in self.fields:
            self.fields[self.key] = f"{self.fields[self.key]} {value}".strip()
        else:
            self.unknown.append(value)


def read_header(blocks: list[Block]) -> Header:
    """Take the header off the blocks; without one only a title is taken."""
    header = Header()
    first = next((n for n, b in enumerate(blocks[:SEARCH_DEPTH]) if is_header(b)), None)
    if first is None:
        titles = [b for b in blocks[:1] if b.kind is Kind.TITLE or _stands_above(blocks)]
        header.titles = [b.text for b in titles]
        header.rest = blocks[len(titles) :]
        return header
    for block in blocks[:first]:
        bare = split_bare(block.text) if block.kind is Kind.PARAGRAPH else None
        if bare:
            header.put(*bare)
        elif block.kind in (Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH) and len(block.text) <= SHORT:
            header.titles.append(block.text)
        else:
            header.rest.append(block)
    at = first
    while at < len(blocks) and _take(header, blocks, at):
        at += 1
    header.rest += blocks[at:]
    return header


def _stands_above(blocks: list[Block]) -> bool:
    """Whether the first line is a title: short, and the next one already a chapter."""
    if len(blocks) < 2 or blocks[0].kind is not Kind.PARAGRAPH or len(blocks[0].text) > SHORT:
        return False
    text = blocks[1].text
    numbered = blocks[1].kind is Kind.PARAGRAPH and NUMBERED.match(text) is not None
    return blocks[1].kind is Kind.HEADING or numbered or text.isupper()


def is_header(block: Block) -> bool:
    """Whether a block is a line or a table with a known label."""
    if block.kind is Kind.TABLE:
        return _is_header_table(block.rows)
    return block.kind is Kind.PARAGRAPH and any(
        split_label(line) for line in block.text.split("\n")
    )


def labels_in(block: Block) -> set[str]:
    """The keys that a block has labels for; used to find the header of a second document."""
    if block.kind is Kind.TABLE:
        return {key for row in block.rows if row and (key := key_of(row[0]))}
    if block.kind is not Kind.PARAGRAPH:
        return set()
    found = (split_label(line) for line in block.text.split("\n"))
    return {label[0] for label in found if label}


def _take(header: Header, blocks: list[Block], at: int) -> bool:
    """Read one block into the header; False when the header has ended before it."""
    block = blocks[at]
    if block.kind is Kind.NOTE:
        header.rest.append(block)
        return True
    if block.kind is Kind.TABLE:
        if _is_header_table(block.rows) or (header.key == "route" and not header.stops):
            _take_table(header, block.rows)
            return True
        return False
    if block.kind is Kind.ITEM:
        if header.key == "route" and (mentions(block.text) or not header.stops):
            header.more(block.text)
            return True
        return False
    if block.kind in (Kind.TITLE, Kind.HEADING):
        return _take_headline(header, blocks, at)
    if block.kind is Kind.PARAGRAPH:
        return _take_lines(header, blocks, at)
    return False


def _take_headline(header: Header, blocks: list[Block], at: int) -> bool:
    """A line in a heading style within the header: the subject, or a title above what follows."""
    text = blocks[at].text
    if header.key == "subject" and not header.fields.get("subject"):
        header.more(text)
        return True
    if len(text) <= SHORT and any(is_header(other) for other in blocks[at + 1 : at + 3]):
        header.titles.append(text)
        return True
    return False


def _take_lines(header: Header, blocks: list[Block], at: int) -> bool:
    block = blocks[at]
    lines = block.text.split("\n")
    if any(split_label(line) for line in lines):
        for line in lines:
            label = split_label(line) or split_bare(line)
            if label:
                header.put(*label)
            else:
                header.more(line.strip())
        return True
    ahead = [other for other in blocks[at + 1 : at + 5] if is_header(other)]
    empty = header.key and header.key != "route" and not header.fields.get(header.key)
    if empty and len(block.text) <= 2 * SHORT and (header.key == "subject" or ahead):
        header.more(block.text)
        return True
    if header.key == "route" and len(block.text) <= SHORT and mentions(block.text):
        header.more(block.text)
        return True
    bare = split_bare(block.text) if ahead or block.follows else None
    if bare:
        header.put(*bare)
        return True
    if UNKNOWN.match(block.text) and (ahead or block.follows):
        header.unknown.append(block.text)
        header.key = ""
        return True
    if block.follows and header.key and len(block.text) <= SHORT:
        header.more(block.text)
        return True
    if ahead and len(block.text) <= SHORT:
        header.titles.append(block.text)
        return True
    return False


def _is_header_table(rows: list[list[str]]) -> bool:
    if _is_upright(rows) or _is_route_table(rows):
        return True
    firsts = [row[0] for row in rows if row and key_of(row[0])]
    lines = [line for row in rows for cell in row[:1] for line in cell.split("\n")]
    labelled = [line for line in lines if ":" in line and split_label(line)]
    return len(firsts) + len(labelled) >= 2 or any(":" in cell for cell in firsts)


def _is_upright(rows: list[list[str]]) -> bool:
    """Labels in the first row, values below: Datum | Status over 14 juni | Concept."""
    return len(rows) == 2 and len(rows[0]) > 1 and all(key_of(cell) for cell in rows[0])


def _is_route_table(rows: list[list[str]]) -> bool:
    """A table of its own with the columns body and date."""
    heads = [cell.casefold().strip(" :") for cell in rows[0]] if rows else []
    return len(rows) > 1 and len(heads) >= 2 and heads[0] in BODY_HEADS and heads[1] == "datum"


def _take_table(header: Header, rows: list[list[str]]) -> None:
    if _is_upright(rows):
        for label, value in zip(rows[0], rows[1], strict=False):
            header.put(key_of(label) or "", label, value)
        header.unknown += [cell for cell in rows[1][len(rows[0]) :] if cell]
        return
    if _is_route_table(rows):
        header.structure += rows[0][:2]
        header.unknown += [cell for cell in rows[0][2:] if cell]
        header.key = "route"
        rows = [["", *row] for row in rows[1:]]
    for row in rows:
        _take_row(header, row)


def _take_row(header: Header, row: list[str]) -> None:
    cells = [cell.strip() for cell in row]
    filled = [cell for cell in cells if cell]
    if not filled:
        return
    key = key_of(cells[0])
    if key and len(cells) == 4 and key_of(cells[2]) and cells[2]:
        header.put(key, cells[0], cells[1])
        header.put(key_of(cells[2]) or "", cells[2], cells[3])
    elif key == "route" or (not cells[0] and header.key == "route"):
        header.structure.append(cells[0])
        header.key = "route"
        _take_stop(header, [cell for cell in cells[1:] if cell])
    elif key:
        header.put(key, cells[0], " ".join(cell for cell in cells[1:] if cell))
    elif not cells[0]:
        header.more(" ".join(filled))
    elif header.key == "route" and not header.stops:
        _take_stop(header, filled)
    elif split_label(cells[0]):
        for line in "\n".join(filled).split("\n"):
            label = split_label(line)
            header.put(*label) if label else header.more(line.strip())
    else:
        header.unknown.append(" ".join(filled))
        header.key = ""


def _take_stop(header: Header, cells: list[str]) -> None:
    """A row of the route: the body, the day, and perhaps more, which is kept as unread."""
    if not cells:
        return
    if len(cells) == 1:
        header.stops += stops_in(cells[0])
        return
    bodies, days = cells[0].split("\n"), cells[1].split("\n")
    if len(bodies) == len(days):
        header.stops += [(b.strip(), d.strip()) for b, d in zip(bodies, days, strict=True)]
    else:
        header.stops.append((" ".join(bodies), " ".join(days)))
    header.unknown += cells[2:]
