"""Rich text: what an editor may keep, and the way to plain text and back.

`nh3` cleans; what it leaves is rebuilt here from a small tree, so that every tag and attribute of
the result was written by this module. Sections carry the headings, so a text has none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3

INLINE = {"strong", "em", "a", "br"}
LISTS = {"ul", "ol"}
TABLE = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
BLOCKS = {"p", "blockquote", "li"} | LISTS | TABLE
SAME_AS = {"b": "strong", "i": "em", "tfoot": "tbody"}
AS_PARAGRAPH = {"h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "article"} | {
    *("header", "footer", "pre", "address", "dd", "dt")
}
SCHEMES = {"http", "https", "mailto"}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
SCOPES = {"col", "row", "colgroup", "rowgroup"}
MAX_DEPTH = 30
MAX_ROUNDS = 4
MAX_OPEN = 500
CLOSED_BY_THE_NEXT = {"p", "li", "br", "hr", "img", "input", "td", "th", "tr"}

_HREF = re.compile(r"(https?://|mailto:)[^\s]+", re.I)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.I)
_SPAN = re.compile(r"[1-9][0-9]?")
_START = re.compile(r"[2-9]|[1-9][0-9]{1,2}")  # a list that begins at 1 needs no saying so


@dataclass
class Node:
    """An element; text is a child string. The root has an empty tag."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def elements(self) -> Iterator["Node"]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.elements()

    def text(self) -> str:
        return "".join(
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.text()
            for child in self.children
        )


class _TreeBuilder(HTMLParser):
    """Reads the well-formed output of nh3. Elements nested too deep lose their tag, not text."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("")
        self.open = [self.root]
        self.too_deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.open[-1].children.append(Node("br"))
        elif len(self.open) > MAX_DEPTH:
            self.too_deep += 1
        else:
            node = Node(SAME_AS.get(tag, tag), {name: value or "" for name, value in attrs})
            self.open[-1].children.append(node)
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            return
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def clean(html: str) -> str:
    """The text with only what a text may hold, as paragraphs, lists, quotations and tables.

    Cleaning a clean text changes nothing: what still changes after a few rounds (markup that
    browsers repair in several ways) is kept as its plain text.
    """
    for _ in range(MAX_ROUNDS):
        cleaned = _clean_once(html)
        if cleaned == html:
            return html
        html = cleaned
    return from_plain_text(to_plain_text(html))


def to_plain_text(html: str) -> str:
    """The words with blank lines between paragraphs, '- ' and '1. ' for lists, '| a |' for rows."""
    return "\n\n".join(_plain_blocks(_tree(html).children))


def words(html: str) -> int:
    """How many words a reader meets."""
    return len(re.findall(r"\w[\w'’.,-]*", " ".join(_texts(_tree(html)))))


def from_plain_text(text: str) -> str:
    """Paragraphs, lists ('- ' or '1. ') and tables ('| a | b |', the first row is the head)."""
    text = re.sub(r"[^\n\t -\uffff\U00010000-\U0010ffff]", "", text.replace("\r\n", "\n"))
    parts: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\u00a0", " ")):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        kinds = [_kind_of_line(line) for line in lines]
        start = 0
        for end in range(1, len(lines) + 1):
            if end == len(lines) or kinds[end] != kinds[start]:
                parts.append(_from_lines(kinds[start], lines[start:end]))
                start = end
    return "".join(parts)


def _nested_without_end(html: str) -> bool:
    """Thousands of open elements cost a parser minutes; no editor makes hundreds."""
    depth = 0
    for slash, tag in _TAG.findall(html):
        if tag.lower() not in CLOSED_BY_THE_NEXT:
            depth += -1 if slash else 1
            if depth > MAX_OPEN:
                return True
    return False


def _tree(html: str) -> Node:
    builder = _TreeBuilder()
    builder.feed(
        nh3.clean(
            re.sub(r"(\s|<[^<>]*>)+", " ", html) if _nested_without_end(html) else html,
            tags=INLINE | BLOCKS | AS_PARAGRAPH | set(SAME_AS),
            attributes=ATTRIBUTES,
            attribute_filter=_attribute,
            url_schemes=SCHEMES,
            link_rel=None,
        )
    )
    builder.close()
    return builder.root


def _attribute(_: str, name: str, value: str) -> str | None:
    allowed = {
        "href": lambda: bool(_HREF.fullmatch(value.strip())),
        "scope": lambda: value.lower() in SCOPES,
        "colspan": lambda: bool(_SPAN.fullmatch(value)),
        "rowspan": lambda: bool(_SPAN.fullmatch(value)),
        "start": lambda: bool(_START.fullmatch(value)),
    }
    return value.strip() if name in allowed and allowed[name]() else None


def _clean_once(html: str) -> str:
    root = _tree(html)
    root.children = _paragraphs(_settled(root.children))
    for node in root.elements():
        if node.tag == "table":
            _give_scope(node)
    return "".join(_serialise(child) for child in root.children)


def _settled(children: list[Node | str]) -> list[Node | str]:
    """Children with aliases resolved, empty elements dropped and misplaced wrappers taken off."""
    settled: list[Node | str] = []
    for child in children:
        if isinstance(child, str) or child.tag == "br":
            settled.append(child)
            continue
        child.children = _settled(child.children)
        has_block = any(e.tag in BLOCKS for e in child.elements())
        if child.tag in AS_PARAGRAPH:
            child.tag = "p"
        if _is_empty(child):
            continue
        if (child.tag in INLINE | {"p", "caption"} and has_block) or (
            child.tag == "a" and "href" not in child.attrs
        ):
            settled += _paragraphs(child.children) if child.tag == "p" else child.children
            continue
        _arrange(child, has_block)
        settled.append(child)
    return settled


def _arrange(node: Node, has_block: bool) -> None:
    """Give a container only the children that belong in it."""
    if node.tag in LISTS:
        node.children = [
            item if item.tag == "li" else Node("li", {}, [item])
            for item in node.children
            if isinstance(item, Node)
        ]
    elif node.tag == "blockquote" or (node.tag in {"li", "th", "td"} and has_block):
        node.children = _paragraphs(node.children)
    elif node.tag in {"table", "thead", "tbody", "tr"}:
        node.children = [child for child in node.children if isinstance(child, Node)]


def _is_empty(node: Node) -> bool:
    """Cells stay, because they hold their column in place."""
    if node.tag in {"td", "th"}:
        return False
    if node.tag in {"table", "thead", "tbody", "tr"}:
        return not any(e.tag in {"td", "th"} for e in node.elements())
    return not node.text().strip() and not any(e.tag in TABLE for e in node.elements())


def _paragraphs(children: list[Node | str]) -> list[Node | str]:
    """Loose words and inline elements between blocks become paragraphs of their own."""
    result: list[Node | str] = []
    run: list[Node | str] = []
    for child in [*children, Node("end")]:
        if isinstance(child, str) or child.tag in INLINE:
            run.append(child)
            continue
        paragraph = Node("p", {}, run)
        if not _is_empty(paragraph):
            result.append(paragraph)
        run = []
        if child.tag == "li":  # a list item outside a list
            result += _paragraphs(child.children)
        else:
            result.append(child)
    return result[:-1]


def _give_scope(table: Node) -> None:
    """Every header cell says what it heads: its column in the head and first row, else its row."""
    rows = [node for node in table.elements() if node.tag == "tr"]
    heads = {id(row) for part in table.elements() if part.tag == "thead" for row in part.elements()}
    for row in rows:
        for cell in row.children:
            if isinstance(cell, Node) and cell.tag == "th":
                in_head = id(row) in heads or row is rows[0]
                cell.attrs.setdefault("scope", "col" if in_head else "row")


def _serialise(node: Node | str) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    if node.tag == "br":
        return "<br>"
    attrs = {name: node.attrs[name] for name in sorted(node.attrs) if name != "rel"}
    if node.tag == "a":
        attrs["rel"] = "noopener noreferrer"
    shown = "".join(f' {name}="{escape(value)}"' for name, value in attrs.items())
    inside = "".join(_serialise(child) for child in node.children)
    return f"<{node.tag}{shown}>{inside}</{node.tag}>"


def _texts(node: Node) -> Iterator[str]:
    """Text per block, so that words of neighbouring cells stay apart."""
    if not any(e.tag in BLOCKS | AS_PARAGRAPH for e in node.elements()):
        yield node.text()
        return
    for child in node.children:
        yield from [child] if isinstance(child, str) else _texts(child)


def _plain_blocks(children: list[Node | str]) -> Iterator[str]:
    run = ""
    for child in [*children, Node("end")]:
        if isinstance(child, str) or child.tag in INLINE:
            run += _plain_line(child)
            continue
        if run.strip():
            yield run.strip()
        run = ""
        if child.tag != "end":
            yield from _plain_block(child)


def _plain_block(node: Node) -> Iterator[str]:
    if node.tag in LISTS:
        items = [_joined(item) for item in node.children if isinstance(item, Node)]
        first = int(node.attrs.get("start", 1))
        yield "\n".join(
            f"{n}. {item}" if node.tag == "ol" else f"- {item}"
            for n, item in enumerate(items, start=first)
        )
    elif node.tag == "table":
        caption = next((_joined(e) for e in node.elements() if e.tag == "caption"), "")
        if caption:
            yield caption
        rows = (e.children for e in node.elements() if e.tag == "tr")
        yield "\n".join(
            "| " + " | ".join(_joined(cell) for cell in row if isinstance(cell, Node)) + " |"
            for row in rows
        )
    else:
        yield from _plain_blocks(node.children)


def _plain_line(node: Node | str) -> str:
    if isinstance(node, str):
        return re.sub(r"\s+", " ", node)
    return "\n" if node.tag == "br" else "".join(_plain_line(child) for child in node.children)


def _joined(node: Node) -> str:
    return " ".join(" ".join(_plain_blocks(node.children)).split())


def _kind_of_line(line: str) -> str:
    if re.match(r"[-•*]\s", line):
        return "ul"
    if re.match(r"[0-9]{1,3}[.)]\s", line):
        return "ol"
    return "table" if len(line) > 2 and line[0] == line[-1] == "|" else "p"


def _from_lines(kind: str, lines: list[str]) -> str:
    if kind == "p":
        return "<p>" + "<br>".join(escape(line, quote=False) for line in lines) + "</p>"
    if kind == "table":
        return _from_rows([[cell.strip() for cell in line[1:-1].split("|")] for line in lines])
    items = (line.split(None, 1)[1] for line in lines)
    inside = "".join(f"<li>{escape(item, quote=False)}</li>" for item in items)
    number = lines[0].split(None, 1)[0].rstrip(".)")
    start = f' start="{number}"' if kind == "ol" and _START.fullmatch(number) else ""
    return f"<{kind}{start}>{inside}</{kind}>"


def _from_rows(rows: list[list[str]]) -> str:
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(cell, quote=False)}</th>' for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row) + "</tr>"
        for row in rows[1:]
    )
    tbody = f"<tbody>{body}</tbody>" if body else ""
    return f"<table><thead><tr>{head}</tr></thead>{tbody}</table>"
