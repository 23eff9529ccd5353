"""A route of seven stops with long names: no word is cut in two, at no width."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.browser.conftest import WIDTHS, sideways

NAMES = ["Directeurenoverleg", "Portefeuillehoudersoverleg Jeugd", "Zorglandschapstafel"]


@pytest.mark.parametrize("width", [*WIDTHS.values(), 1000])
def test_the_names_keep_their_words_whole(cast, page_of, shot, width):
    proposal = make.proposal(cast.author, cast.team)
    for number in range(6):
        body = cast.aoj if number == 5 else make.body(cast.region, f"{NAMES[number % 3]} {number}")
        make.layout.add_step(proposal, body=body, purpose=make.ADVISE, by=cast.author)
    make.layout.add_step(proposal, body=cast.board, purpose=make.DECIDE, by=cast.author)
    page = page_of(cast.author, width)
    page.goto(reverse("governance:proposal-detail", args=[cast.region.slug, proposal.number]))
    names = page.locator(".rv-route__body")
    assert names.count() == 7
    # A word that does not fit would be cut by `overflow-wrap`; without it, it would stick out.
    cut = names.evaluate_all(
        """(all) => all.filter((name) => {
            name.style.overflowWrap = "normal";
            return name.scrollWidth > name.clientWidth;
        }).length"""
    )
    shot(page, f"route-{width}")
    assert (cut, sideways(page)) == (0, 0)
