"""Page components and Dutch formats for templates.

The signature of a tag declares its props: an unknown or missing prop is a TemplateSyntaxError when
the template is read. Props are plain values (see core/components.py), never models.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from js_asset import Media

from core import formats
from core.components import (
    Cell,
    Column,
    Crumb,
    Fact,
    Link,
    NotYet,
    Row,
    Stop,
    Task,
    Tone,
    TrailLine,
)
from core.diff import compare
from core.drafts import SAVED

register = template.Library()

register.filter("date_long", formats.long_date)
register.filter("date_short", formats.short_date)
register.filter("date_near", formats.near_date)
register.filter("clock_time", formats.clock_time)
register.filter("euro", formats.euro)
register.filter("percentage", formats.percentage)
register.filter("file_size", formats.file_size)


@register.inclusion_tag("components/saved_drafts.html", takes_context=True)
def saved_drafts(context: Context) -> dict[str, Any]:
    """Tells drafts.js, once, which texts were saved (see core.drafts.committed)."""
    request = context.get("request")
    if request is None:
        return {}
    return {"keys": request.session.pop(SAVED, []), "owner": request.user.pk}


@register.filter
def weekday_date(value: Any) -> str:
    """'donderdag 24 juni 2021'."""
    return formats.long_date(value, weekday=True)


@register.filter
def page_of(numbers: Mapping[str, int], anchor: str) -> str:
    """On which page of a book the element with this id begins; empty while nobody knows yet."""
    return str(numbers.get(anchor, ""))


@register.filter
def by_office(person: Any) -> str:
    """The office of a person, never the private name beside it; the portal when it was nobody."""
    if person is None:
        return "het portaal"
    return getattr(person, "office", "") or "functie niet ingevuld"


def _component(name: str, **props: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", props)


def _inside(content: str) -> SafeString:
    """What stands between the tags of a component: rendered, so escaped already."""
    return mark_safe(content.strip())


# Page ------------------------------------------------------------------------------------------


@register.simple_tag
def breadcrumbs(*, items: Sequence[Crumb]) -> SafeString:
    return _component("breadcrumbs", items=items)


@register.simple_block_tag
def page_head(
    content: str,
    *,
    title: str,
    pre: str = "",
    lead: str = "",
    badge: str = "",
    tone: Tone = "neutral",
    status: str = "",
) -> SafeString:
    """What it is and where it stands; the content is the now box, or nothing."""
    return _component(
        "page_head",
        now=_inside(content),
        title=title,
        pre=pre,
        lead=lead,
        badge=badge,
        tone=tone,
        status=status,
    )


@register.simple_block_tag
def now_box(
    content: str,
    *,
    head: str,
    what: str = "",
    not_yet: Sequence[NotYet] = (),
    quiet: bool = False,
) -> SafeString:
    """What you can do now; the content is the button or form. `quiet` when nothing waits."""
    return _component(
        "now_box", buttons=_inside(content), head=head, what=what, not_yet=not_yet, quiet=quiet
    )


@register.simple_tag
def status_badge(text: str, *, tone: Tone = "neutral") -> SafeString:
    return _component("status_badge", text=text, tone=tone)


@register.simple_block_tag
def message(content: str, *, tone: Tone = "neutral", live: bool = False) -> SafeString:
    """A note in the page. `live` is read aloud at once: only for what just happened."""
    return _component("message", content=_inside(content), tone=tone, live=live)


@register.simple_tag
def tabs(*, items: Sequence[Link], label: str) -> SafeString:
    return _component("tabs", items=items, label=label)


@register.simple_tag
def empty(*, text: str, label: str = "", url: str = "") -> SafeString:
    """Nothing here yet: says so, and what to do about it."""
    return _component("empty", text=text, label=label, url=url)


# Lists -----------------------------------------------------------------------------------------


@register.simple_tag
def facts(*, items: Sequence[Fact]) -> SafeString:
    return _component("facts", items=items)


@register.simple_tag
def key_figures(*, items: Sequence[Fact]) -> SafeString:
    return _component("key_figures", items=items)


@register.simple_tag
def route(*, stops: Sequence[Stop], label: str, variant: str = "full") -> SafeString:
    """The metro line: 'full' across the page, 'down' in a column, 'mini' as dots with names."""
    if variant not in ("full", "down", "mini"):
        raise template.TemplateSyntaxError(f"route: unknown variant '{variant}'")
    return _component("route", stops=stops, label=label, variant=variant)


@register.simple_tag
def tasks(*, items: Sequence[Task], label: str) -> SafeString:
    return _component("tasks", items=items, label=label)


@register.simple_tag
def papers(*, items: Sequence[Link]) -> SafeString:
    return _component("papers", items=items)


@register.simple_tag
def trail(*, items: Sequence[TrailLine]) -> SafeString:
    return _component("trail", items=items)


@register.simple_tag
def diff(*, before: str, after: str) -> SafeString:
    return _component("diff", parts=compare(before, after))


@register.simple_tag
def both_texts(*, mine: str, theirs: str, mine_label: str, theirs_label: str) -> SafeString:
    """Two texts of one field side by side, for who has to choose."""
    return _component(
        "both_texts", mine=mine, theirs=theirs, mine_label=mine_label, theirs_label=theirs_label
    )


# Tables ----------------------------------------------------------------------------------------


@register.simple_block_tag
def scroll_table(
    content: str, *, caption: str, hide_caption: bool = False, look: str = ""
) -> SafeString:
    """A table of which the page writes thead and tbody itself; scrolls in its own region.

    `look` is the class of a table that is drawn in its own way, such as 'rv-heat'.
    """
    return _component(
        "table", body=_inside(content), caption=caption, hide_caption=hide_caption, look=look
    )


@register.simple_tag
def data_table(
    *, caption: str, columns: Sequence[Column], rows: Sequence[Row], hide_caption: bool = False
) -> SafeString:
    """A table from plain values. The first cell of a row is its head."""
    drawn = [
        (
            row.kind,
            [
                (column, cell if isinstance(cell, Cell) else Cell(cell))
                for column, cell in zip(columns, row.cells, strict=True)
            ],
        )
        for row in rows
    ]
    return _component(
        "table", columns=columns, rows=drawn, caption=caption, hide_caption=hide_caption
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, *, page: Page[Any], label: str) -> SafeString:
    """The pages of a long list; keeps the rest of the query string."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(n, address(n) if isinstance(n, int) else "") for n in numbers]
    return _component(
        "pagination",
        label=label,
        page=page,
        links=links if page.paginator.num_pages > 1 else [],
        previous=address(page.number - 1) if page.has_previous() else "",
        next=address(page.number + 1) if page.has_next() else "",
    )


# Forms -----------------------------------------------------------------------------------------


@register.simple_tag
def order_buttons(*, key: object, label: str, first: bool, last: bool) -> SafeString:
    """Up and down for one line of an ordered list; posts `move` as 'KEY:up' or 'KEY:down'."""
    return _component("order_buttons", key=key, label=label, first=first, last=last)


@register.simple_tag
def draft_status() -> SafeString:
    """Where drafts.js says whether what was typed is kept."""
    return _component("draft_status")


@register.simple_tag(takes_context=True)
def editor_media(context: Context, form: BaseForm) -> SafeString:
    """Scripts and styles of the rich-text editor, for block `head` of a page that has one.

    Asks for the nonce, so that only such a page has one in its policy. The empty style
    element keeps the editor from writing its own; its rules are in css/editor.css.
    """
    nonce = str(context["request"].csp_nonce)
    return format_html(
        '<style data-tiptap-style nonce="{}"></style>{}',
        nonce,
        Media.from_media(form.media, nonce=nonce),
    )
