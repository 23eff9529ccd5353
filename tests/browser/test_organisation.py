"""The organisation of a region in a browser: accessible at two widths, kept without a script."""

import pytest
from django.urls import reverse

from governance.models import Recess
from governance.views.organisation_kinds import KINDS
from tests import factories as make
from tests.browser.conftest import WIDTHS, assert_accessible
from tests.cast import make_cast


@pytest.fixture
def cast(transactional_db):
    cast = make_cast()
    make.member(cast.core_group, make.user("jongere"), shielded=True)
    return cast


def addresses(cast):
    slug = cast.region.slug
    pages = ["organisation", "organisation-region", "organisation-merge", "organisation-people"]
    pages += ["organisation-invite", "organisation-rights", "organisation-trail"]
    yield from (reverse(f"governance:{name}", args=[slug]) for name in pages)
    yield reverse("governance:organisation-body", args=[slug, cast.board.pk])
    yield reverse("governance:organisation-person", args=[slug, cast.reader.pk])
    yield KINDS["gremia"].url("list", cast.region)
    yield KINDS["leden"].url("add-to", cast.region, cast.board.pk)
    yield KINDS["gremia"].url("change", cast.region, cast.board.pk)
    yield KINDS["gremia"].url("remove", cast.region, cast.board.pk)


@pytest.mark.parametrize("width", ["laptop", "narrow"])
def test_every_page_is_accessible(new_page, sign_in, cast, shot, width):
    page = new_page(WIDTHS[width])
    sign_in(page, cast.admin)
    for number, address in enumerate(addresses(cast)):
        page.goto(address)
        shot(page, f"{number}-{width}")
        assert_accessible(page)


def test_a_recess_is_added_without_a_script(new_page, sign_in, cast):
    page = new_page(WIDTHS["phone"], java_script_enabled=False)
    sign_in(page, cast.admin)
    page.goto(KINDS["recessen"].url("list", cast.region))
    page.get_by_role("link", name="Reces toevoegen").click()
    page.get_by_label("Naam").fill("Kerst")
    page.get_by_label("Eerste dag").fill("21 december 2026")
    page.get_by_label("Laatste dag").fill("1 december 2026")
    page.get_by_role("button", name="Toevoegen").click()
    assert page.get_by_label("Naam").input_value() == "Kerst"
    page.get_by_label("Laatste dag").fill("3 januari 2027")
    page.get_by_role("button", name="Toevoegen").click()
    page.get_by_role("link", name="Kerst").wait_for()
    assert Recess.objects.count() == 1
