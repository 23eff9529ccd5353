import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import richtext
from core.printed import printed_html

HOSTILE_TAGS = [
    *sorted(richtext.INLINE | richtext.BLOCKS | richtext.AS_PARAGRAPH | {"b", "i", "u"}),
    *["script", "style", "svg", "math", "iframe", "template", "select", "form"],
]
pieces = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in HOSTILE_TAGS]),
    st.sampled_from([f"</{tag}>" for tag in HOSTILE_TAGS]),
    st.sampled_from(
        [
            '<a href="javascript:x">',
            '<th colspan="2" onclick=x>',
            "<!--",
            "-->",
            "<![CDATA[",
            "&lt;",
        ]
    ),
    st.text(max_size=8),
)
hostile = st.lists(pieces, max_size=25).map("".join)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("hallo", "<p>hallo</p>"),
        ("<p>a <b>b</b> <i>c</i></p>", "<p>a <strong>b</strong> <em>c</em></p>"),
        ("<p>a</p><p> </p><p><br></p><p>&nbsp;</p>", "<p>a</p>"),
        ("<h2>Kop</h2><div>a</div><div>b</div>", "<p>Kop</p><p>a</p><p>b</p>"),
        ("<p class=x style='color:red'>a</p>", "<p>a</p>"),
        ("<p>a & b < c</p>", "<p>a &amp; b &lt; c</p>"),
        ("<ul><li>a</li><li></li>b</ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<div><p>a</p>b</div>", "<p>a</p><p>b</p>"),
        (
            '<a href="https://a.nl/?x=1&y=2">a</a>',
            '<p><a href="https://a.nl/?x=1&amp;y=2" rel="noopener noreferrer">a</a></p>',
        ),
        (
            '<a href="mailto:a@b.nl" target=_blank>a</a>',
            '<p><a href="mailto:a@b.nl" rel="noopener noreferrer">a</a></p>',
        ),
        (
            "<table><tr><th>a<th>b<tr><th>c<td>d</table>",
            '<table><tbody><tr><th scope="col">a</th><th scope="col">b</th></tr>'
            '<tr><th scope="row">c</th><td>d</td></tr></tbody></table>',
        ),
        (
            "<table><thead><tr><th scope=colgroup colspan=2 rowspan=x>a</th></tr></thead></table>",
            '<table><thead><tr><th colspan="2" scope="colgroup">a</th></tr></thead></table>',
        ),
        ("<script>alert(1)</script>a", "<p>a</p>"),
        ("<style>p{}</style>a", "<p>a</p>"),
        ("<svg onload=alert(1)><a href=x>a</a></svg>b", "<p>b</p>"),
        ("<img src=x onerror=alert(1)>a", "<p>a</p>"),
        ("<a href='javascript:alert(1)'>a</a>", "<p>a</p>"),
        ("<a href='java\nscript:alert(1)'>a</a>", "<p>a</p>"),
        ("<a href='data:text/html,x'>a</a>", "<p>a</p>"),
        ("<a href='file:///etc/passwd'>a</a>", "<p>a</p>"),
        ("<a href='/account/'>a</a>", "<p>a</p>"),
        ("<p onclick=x>a<iframe src=//x>", "<p>a</p>"),
        ("<link rel=attachment href=file:///etc/passwd>a", "<p>a</p>"),
    ],
)
def test_cleaning_keeps_the_words_and_drops_the_rest(html, expected):
    assert richtext.clean(html) == expected


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_cleaning_twice_is_cleaning_once_and_nothing_foreign_survives(html):
    cleaned = richtext.clean(html)
    assert richtext.clean(cleaned) == cleaned
    tags = set(re.findall(r"</?([a-z0-9]+)", cleaned))
    assert tags <= richtext.INLINE | richtext.BLOCKS
    assert "<script" not in cleaned
    assert "javascript:" not in "".join(re.findall(r"<[^>]*>", cleaned))


def test_deep_nesting_ends_without_failing():
    cleaned = richtext.clean("<blockquote>" * 5000 + "a")
    assert richtext.clean(cleaned) == cleaned
    assert richtext.to_plain_text(cleaned) == "a"


def test_endless_nesting_is_read_as_its_words_in_decent_time():
    began = time.perf_counter()
    assert richtext.clean("<div>" * 60_000 + "a") == "<p> a</p>"
    assert richtext.clean("<div" * 100_000) == ""
    assert time.perf_counter() - began < 5


PLAIN = (
    "Eerste alinea\nmet regel.\n\n- een\n- twee\n\n1. a\n2. b\n\n| Jaar | Bedrag |\n| 2021 | € 5 |"
)
RICH = (
    "<p>Eerste alinea<br>met regel.</p><ul><li>een</li><li>twee</li></ul>"
    "<ol><li>a</li><li>b</li></ol>"
    '<table><thead><tr><th scope="col">Jaar</th><th scope="col">Bedrag</th></tr></thead>'
    "<tbody><tr><td>2021</td><td>€ 5</td></tr></tbody></table>"
)


def test_plain_text_becomes_rich_text_and_back():
    assert richtext.from_plain_text(PLAIN) == RICH
    assert richtext.clean(RICH) == RICH
    assert richtext.to_plain_text(RICH) == PLAIN


def test_a_dashed_line_under_a_table_head_is_no_row():
    html = richtext.from_plain_text("| a | b |\n|---|---|\n| 1 | 2 |")
    assert richtext.to_plain_text(html) == "| a | b |\n| 1 | 2 |"


@given(st.text())
def test_any_plain_text_gives_clean_html(text):
    html = richtext.from_plain_text(text)
    assert richtext.clean(html) == html


@pytest.mark.parametrize(
    ("html", "count"),
    [("", 0), ("<p>Eén zin, drie.</p>", 3), ("<ul><li>a</li><li>b</li></ul>", 2), (RICH, 12)],
)
def test_words_are_counted_as_a_reader_meets_them(html, count):
    assert richtext.words(html) == count


@pytest.mark.parametrize(
    ("html", "cleaned", "plain"),
    [
        ('<ol start="3"><li>c<li>d</ol>', '<ol start="3"><li>c</li><li>d</li></ol>', "3. c\n4. d"),
        ('<ol start="1"><li>a</ol>', "<ol><li>a</li></ol>", "1. a"),
        ('<ol start="-2"><li>a</ol>', "<ol><li>a</li></ol>", "1. a"),
        ('<ol start="9999"><li>a</ol>', "<ol><li>a</li></ol>", "1. a"),
        ('<ul start="3"><li>a</ul>', "<ul><li>a</li></ul>", "- a"),
    ],
)
def test_a_numbered_list_goes_on_where_it_was(html, cleaned, plain):
    assert richtext.clean(html) == cleaned
    assert richtext.to_plain_text(cleaned) == plain
    assert richtext.from_plain_text(plain) == cleaned


def test_a_list_that_begins_anew_keeps_its_number_on_paper():
    text = richtext.from_plain_text("1. een\n\nTussendoor.\n\n2. twee")
    assert text == '<ol><li>een</li></ol><p>Tussendoor.</p><ol start="2"><li>twee</li></ol>'
    assert printed_html(text) == text
