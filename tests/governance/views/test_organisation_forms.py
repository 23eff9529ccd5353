"""The forms of the organisation as the admin reads them: words in lists, long ones in groups."""

from itertools import chain

import pytest
from lxml import html

from governance.enums import RelationKind
from governance.models import BodyRelation, RouteTemplate
from governance.views.organisation_kinds import BODIES, KINDS, RULE_SETS

GUARD_FIELD = "personal_data_confirmed"


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.admin)
    return client


def add_page(admin, cast, kind):
    holders = {"body": cast.board, "source": cast.board}
    if kind.holder is None:
        return admin.get(kind.url("add", cast.region))
    holder = holders.get(kind.parent) or RouteTemplate.objects.create(
        region=cast.region, name="Regio"
    )
    return admin.get(kind.url("add-to", cast.region, holder.pk))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.slug)
def test_no_list_begins_with_dashes(admin, cast, kind):
    tree = html.fromstring(add_page(admin, cast, kind).content)
    options = [option.text_content() for option in tree.xpath("//main//option")]
    assert [text for text in options if not text.strip("-–")] == []


def test_an_empty_choice_that_means_something_keeps_its_words(admin, cast):
    tree = html.fromstring(add_page(admin, cast, RULE_SETS).content)
    (tie,) = tree.xpath("//select[@name='tie']/option[@value='']")
    assert tie.text_content() == "de vergadering kiest: aanhouden of verwerpen"


@pytest.mark.parametrize("kind", [RULE_SETS, BODIES], ids=lambda kind: kind.slug)
def test_a_long_form_has_every_field_under_one_heading(admin, cast, kind):
    response = add_page(admin, cast, kind)
    shown = [name for name in response.context["form"].fields if name != GUARD_FIELD]
    assert sorted(chain(*(names for _, names in kind.form.groups))) == sorted(shown)
    legends = html.fromstring(response.content).xpath("//main//legend/text()")
    assert legends == [legend for legend, _ in kind.form.groups]


def test_the_form_of_a_row_in_groups_still_knows_what_was_seen(admin, cast):
    response = admin.get(BODIES.url("change", cast.region, cast.board.pk))
    assert len(html.fromstring(response.content).xpath("//form//input[@name='seen']")) == 1


def test_a_long_form_asks_about_personal_data(admin, cast):
    data = {"name": "Bel 06-12345678", "basis": "own", "quorum": "none"}
    response = admin.post(RULE_SETS.url("add", cast.region), data)
    (box,) = html.fromstring(response.content).xpath(f"//input[@name='{GUARD_FIELD}']")
    assert box.get("type") == "checkbox"


def test_a_relation_is_shown_at_both_its_ends(admin, cast):
    relation = BodyRelation.objects.create(
        source=cast.steering, kind=RelationKind.RINGS, target=cast.board
    )
    for body in (cast.steering, cast.board):
        page = admin.get(BODIES.row_url(cast.region, body)).content.decode()
        assert "Stuurgroep staat om Bestuur heen" in page
        assert KINDS["verhoudingen"].row_url(cast.region, relation) in page
    other = admin.get(BODIES.row_url(cast.region, cast.core_group)).content.decode()
    assert "staat om" not in other
