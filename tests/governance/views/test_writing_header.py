from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from governance.domain import proposals
from governance.enums import ProposalKind
from tests import factories as make


@pytest.fixture
def proposal(cast):
    return make.proposal(cast.author, cast.team)


def opened(person, proposal):
    client = Client()
    client.force_login(person)
    address = reverse("governance:header-edit", args=[proposal.region.slug, proposal.number])
    form = client.get(address).context["form"]
    data = {name: form.as_text(name, form[name].value()) for name in form.based}
    if data.get("local_decisions") == "False":
        del data["local_decisions"]
    data |= dict(form.hidden()) | {"part": str(proposal.working_id)}
    return lambda **typed: client.post(address, data | typed)


def test_everything_in_the_header_is_saved_as_people_write_it(cast, proposal):
    opened(cast.author, proposal)(
        summary="Hulp in de buurt.",
        dated="14 juni 2021",
        cost="€ 33.000",
        cost_note="eenmalig",
        kind="spending",
        commissioned_by=str(cast.board.pk),
        local_decisions="on",
    )
    proposal.refresh_from_db()
    version = proposal.working
    assert (version.summary, version.dated, version.cost, version.cost_note) == (
        "Hulp in de buurt.",
        date(2021, 6, 14),
        Decimal("33000.00"),
        "eenmalig",
    )
    assert (proposal.kind, proposal.commissioned_by, proposal.local_decisions) == (
        ProposalKind.SPENDING,
        cast.board,
        True,
    )


def test_saving_without_a_change_makes_no_history(cast, proposal):
    before = proposal.working.history.count(), proposal.history.count()
    opened(cast.author, proposal)()
    assert (proposal.working.history.count(), proposal.history.count()) == before


def test_two_people_different_fields_merge_and_the_kind_of_the_other_stays(cast, proposal):
    mine, theirs = opened(cast.author, proposal), opened(cast.author, proposal)
    theirs(case_number="Z-12", kind="policy")
    mine(summary="Nieuwe samenvatting.", local_decisions="on")
    proposal.refresh_from_db()
    assert (proposal.working.case_number, proposal.working.summary) == (
        "Z-12",
        "Nieuwe samenvatting.",
    )
    assert (proposal.kind, proposal.local_decisions) == (ProposalKind.POLICY, True)


def test_the_same_field_shows_both_and_nothing_of_the_form_is_saved(cast, proposal):
    mine, theirs = opened(cast.author, proposal), opened(cast.author, proposal)
    theirs(dated="3 april 2024")
    response = mine(dated="5-4-2024", subject="Ander onderwerp")
    (both,) = response.context["form"].clashes()
    assert (both.name, both.mine, both.theirs) == ("dated", "5-4-2024", "3 april 2024")
    proposal.refresh_from_db()
    assert (proposal.working.dated, str(proposal)) == (date(2024, 4, 3), "Meer hulp dichtbij huis")
    mine(**dict(response.context["form"].hidden()), dated="5-4-2024", **{"keep-dated": "mine"})
    proposal.refresh_from_db()
    assert proposal.working.dated == date(2024, 4, 5)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("subject", " "),
        ("summary", "s" * 201),
        ("dated", "31 februari 2024"),
        ("cost", "veel"),
        ("cost", "-5"),
        ("cost", "9" * 30),
        ("drafted_by", "BSN 111222333"),
    ],
)
def test_bad_input_names_its_field_and_keeps_the_rest(cast, proposal, field, typed):
    response = opened(cast.author, proposal)(**{"case_number": "Z-99", field: typed})
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form["case_number"].value() == "Z-99"


def test_once_on_its_way_the_kind_is_no_longer_asked(client, cast):
    routed = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    proposals.texts.working_version(routed, by=cast.author)
    client.force_login(cast.author)
    page = client.get(reverse("governance:header-edit", args=[cast.region.slug, routed.number]))
    assert [
        name for name in page.context["form"].CONCEPT_ONLY if name in page.context["form"].fields
    ] == []
    assert "change_note" in page.context["form"].fields
