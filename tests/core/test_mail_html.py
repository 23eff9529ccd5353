"""The look of a mail follows from its plain text: the same words, nothing that works by itself."""

import re

import pytest

from core.mail_html import as_html

LINK = "https://regio.example/rijnmond/vergaderingen/13/"
TEXT = f"""Goedendag,

Wanneer: maandag 14 december 2026, 9.30 uur
Waar: Raadhuis

Op de agenda:
1. Opening
2. Inkoop <b>2028</b>

Lees de agenda en de stukken:
{LINK}

Dit wacht op u:

- Geef uw standpunt voor Bestuur
  uiterlijk woensdag 4 november
  {LINK}7/

- Punt 2 is toegevoegd


Kies het hier: {LINK}."""


def inner(text=TEXT):
    """The body without styles, one part of it per line."""
    page = re.sub(r' style="[^"]*"', "", as_html("Agenda", text))
    return re.sub(r">\s+<", "><", page.partition("<body>")[2])


@pytest.mark.parametrize(
    "part",
    [
        "<p>Goedendag,</p>",
        "<strong>Wanneer:</strong> maandag 14 december 2026, 9.30 uur<br><strong>Waar:</strong>",
        "<p><strong>Op de agenda:</strong><br>1. Opening<br>",
        f'<p><a href="{LINK}">Lees de agenda en de stukken</a></p>',
        f'<li><a href="{LINK}7/">Geef uw standpunt voor Bestuur</a><br>uiterlijk woensdag',
        "<li>Punt 2 is toegevoegd</li>",
        f'<a href="{LINK}">{LINK}</a>.</p>',
    ],
)
def test_each_form_of_a_block(part):
    assert part in inner()


def test_what_somebody_typed_stays_text():
    assert "2. Inkoop &lt;b&gt;2028&lt;/b&gt;" in inner()
    assert "<script" not in inner("Reden: <script>alert(1)</script> https://x.example/<i>")
    assert "<i>" not in inner("Reden: https://x.example/<i>")


def test_nothing_is_fetched_and_the_language_is_told():
    page = as_html("Agenda", TEXT)
    assert '<html lang="nl">' in page
    assert not re.search(r"<(img|link|script|iframe)|url\(|@import", page)


def test_every_word_of_the_plain_text_is_in_it():
    words = re.sub(r"<[^>]+>|&\w+;", " ", inner()) + inner()
    assert [w for w in re.findall(r"[A-Za-z]+", TEXT) if w not in words] == []
