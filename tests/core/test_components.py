"""Components take what they declare and nothing else, and write plain values as text."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from lxml import html

from core.components import Cell, Column, NotYet, Row, Stop

HOSTILE = "<script>alert(1)</script>"


def render(source, **context):
    context.setdefault("request", RequestFactory().get("/?q=a&page=2"))
    return html.fromstring(
        "<div>" + Template("{% load rv %}" + source).render(Context(context)) + "</div>"
    )


@pytest.mark.parametrize(
    "source",
    [
        "{% facts items=x colour='red' %}",
        "{% facts %}",
        "{% route stops=x %}",
        "{% now_box what='x' %}{% endnow_box %}",
        "{% empty 'Niets' %}",
    ],
)
def test_an_unknown_or_missing_prop_is_refused_when_the_template_is_read(source):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load rv %}" + source)


def test_a_page_head_with_a_now_box_and_a_refused_act():
    tree = render(
        "{% page_head title=title %}{% now_box head='Nu' not_yet=not_yet %}"
        "<a href='#'>Doe</a>{% endnow_box %}{% endpage_head %}",
        title=HOSTILE,
        not_yet=[NotYet("Vaststellen", HOSTILE)],
    )
    assert tree.xpath("//script") == []
    assert tree.xpath("string(//h1)") == HOSTILE
    assert tree.xpath("string(//section//a)") == "Doe"
    assert "kan nog niet" in tree.xpath("string(//p[@class='rv-now__not-yet'])")


def test_a_route_says_each_state_in_words():
    stops = [
        Stop("Team", "Bespreken", "done", "Afgerond"),
        Stop("AB", "Besluiten", "now", "Nu hier", end=True),
    ]
    tree = render("{% route stops=stops label='Route' variant='mini' %}", stops=stops)
    words = [" ".join(stop.text_content().split()) for stop in tree.xpath("//li")]
    assert words == ["Team: Afgerond", "AB: Nu hier"]
    assert tree.xpath("//li[@aria-current='step']/@class") == [
        "rv-route__stop rv-route__stop--now rv-route__stop--end"
    ]


def test_a_table_has_scopes_a_caption_and_its_own_scroll_region():
    tree = render(
        "{% data_table caption='Stand' columns=columns rows=rows %}",
        columns=[Column("Gemeente"), Column("Bedrag", number=True)],
        rows=[Row([Cell("Ommen", "/ommen/"), "€ 5"])],
    )
    assert tree.xpath("//th/@scope") == ["col", "col", "row"]
    assert tree.xpath("string(//caption)") == "Stand"
    assert tree.xpath("//div[@role='region']/@tabindex") == ["0"]
    assert tree.xpath("//td/@class") == ["utrecht-table__cell rv-number"]


def test_a_row_of_another_length_than_the_head_is_a_fault():
    with pytest.raises(ValueError, match="zip"):
        render(
            "{% data_table caption='x' columns=columns rows=rows %}",
            columns=[Column("A")],
            rows=[Row(["1", "2"])],
        )


def test_pages_keep_the_rest_of_the_query():
    from django.core.paginator import Paginator

    page = Paginator(range(60), 20).get_page(2)
    tree = render("{% pagination page=page label='Bladzijden' %}", page=page)
    assert tree.xpath("//a[@rel]/@href") == ["?q=a&page=1", "?q=a&page=3"]
    assert tree.xpath("string(//*[@aria-current])") == "Bladzijde 2"


def test_a_diff_says_what_was_taken_out_and_what_came():
    tree = render("{% diff before='voor 2021' after='na 2021' %}")
    assert tree.xpath("string(//del)") == "weg: voor"
    assert tree.xpath("string(//ins)") == "nieuw: na"
