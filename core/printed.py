"""Which HTML may be printed: a few plain elements, made fit for PDF/UA."""

import re

import nh3

# No images, no links out of the file: a document is kept for years and is whole by itself.
ELEMENTS = {
    *("p", "br", "strong", "b", "em", "i", "sub", "sup", "ul", "ol", "li", "blockquote"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}


def printed_html(text: str) -> str:
    """The text of a section as it may be printed: a few elements, and `scope` on every th."""
    with_lines = re.sub(r"(?i)<(/?)h[1-6]\b[^>]*>", r"<\1p>", text)
    clean = nh3.clean(
        with_lines,
        tags=ELEMENTS,
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math"},
        attributes={"ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        link_rel=None,
    )
    clean = re.sub(r"<table>.*?</table>", lambda found: _with_heads(found[0]), clean, flags=re.S)
    return clean if nh3.clean(clean, tags=set()).strip() else ""


def _with_heads(table: str) -> str:
    """A table whose first row is its head, repeated over pages, and whose th say what they head."""
    first, end, rest = table.partition("</tr>")
    if "<th" not in first.replace("<thead", ""):
        table = first.replace("<td", "<th").replace("</td>", "</th>") + end + rest
    rows = re.split(r"(?=<tr>)", table)
    scoped = [
        re.sub(r"<th(?=[ >])", f'<th scope="{"row" if "<td" in row else "col"}"', row)
        for row in rows
    ]
    if "<thead>" in table or len(rows) < 3 or "<td" in rows[1]:
        return "".join(scoped)
    head = scoped[1].replace("<tbody>", "")
    return scoped[0].replace("<tbody>", "") + f"<thead>{head}</thead><tbody>" + "".join(scoped[2:])
