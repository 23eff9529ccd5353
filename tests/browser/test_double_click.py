"""A slow line and an impatient hand: what is sent twice is there once."""

import time

import pytest
from django.urls import reverse

from tests import factories as make


@pytest.fixture
def slow(cast, page_of):
    """A page of the author on which every answer to a form takes a second."""
    page = page_of(cast.author)
    sent = []

    def wait(route):
        if route.request.method == "POST" and "concept" not in route.request.url:
            sent.append(route.request.url)
            time.sleep(1)
        route.continue_()

    page.route("**/*", wait)
    page.sent = sent
    return page


def press_twice(page, name):
    """Two clicks a third of a second apart; no script of the test waits for the first one."""
    page.evaluate(
        """(name) => {
            const all = [...document.querySelectorAll("button[type=submit]")];
            const found = all.find((button) => button.textContent.trim() === name);
            found.click();
            setTimeout(() => found.click(), 300);
        }""",
        name,
    )


def test_a_paragraph_is_added_once(cast, slow):
    proposal = make.proposal(cast.author, cast.team)
    before = proposal.working.sections.count()
    slow.goto(reverse("governance:section-add", args=[cast.region.slug, proposal.number]))
    slow.get_by_label("Kop").first.fill("Wat er al is")
    press_twice(slow, "Opslaan")
    slow.wait_for_url("**/schrijven/**paragraaf-*")
    assert len(slow.sent) == 1
    assert proposal.working.sections.count() == before + 1
