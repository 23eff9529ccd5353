"""The demo holds the facts of the papers, and every state in it was reached by an act."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from core.models import StatusChange, StoredFile
from governance.enums import LegalForm
from governance.models import (
    AdvicePoint,
    Attachment,
    Body,
    Decision,
    Meeting,
    Proposal,
    Region,
    RegionMunicipality,
    RouteStep,
    RouteTemplate,
    Seat,
    Secrecy,
)
from regioagenda.models import BuildingBlock, ProposalBlock
from regiovisie.demo.papers import ijsselland_past

pytestmark = [pytest.mark.embedded, pytest.mark.usefixtures("demo")]
JULY = date(2021, 7, 2)


def of_2021() -> list[Proposal]:
    return list(
        Proposal.objects.filter(region__slug="rijnmond", decisions__decided_on=JULY).order_by(
            "number"
        )
    )


@pytest.mark.parametrize(
    ("slug", "day", "count"),
    [
        ("rijnmond", date(2021, 7, 2), 15),
        ("rijnmond", date(2022, 12, 31), 15),
        ("rijnmond", date(2023, 1, 1), 13),
        ("ijsselland", date(2020, 1, 29), 11),
    ],
)
def test_so_many_municipalities_take_part(slug, day, count):
    rows = RegionMunicipality.objects.current(day).filter(region__slug=slug)
    assert rows.count() == count


def test_three_municipalities_went_up_in_one_which_has_its_seats():
    merged = Region.objects.get(slug="rijnmond").participations.filter(
        municipality__successor__name="Voorne aan Zee"
    )
    assert [str(row.municipality) for row in merged] == ["Brielle", "Hellevoetsluis", "Westvoorne"]
    seats = Seat.objects.filter(municipality__name="Voorne aan Zee")
    assert {(seat.body.slug, seat.votes) for seat in seats} == {("ab", 2), ("aoj", 1)}
    assert {seat.valid_from for seat in seats} == {date(2023, 1, 1)}
    assert Seat.objects.current().filter(body__slug="ab").count() == 13


def test_proposals_of_both_regions_touch_blocks_of_their_own():
    rows = ProposalBlock.objects.values_list("proposal__region__slug", "block__region__slug")
    assert set(rows.distinct()) == {("rijnmond", "rijnmond"), ("ijsselland", "ijsselland")}
    (local, participation) = of_2021()
    assert (local.touched_blocks.count(), participation.touched_blocks.get().block.number) == (9, 9)


def test_both_regions_are_data_alone():
    forms = {
        region.slug: [
            (form.legal_form, form.valid_from, form.host) for form in region.forms.order_by("pk")
        ]
        for region in Region.objects.all()
    }
    assert forms == {
        "rijnmond": [(LegalForm.PUBLIC_BODY, date(2015, 1, 1), "gemeente Rotterdam")],
        "ijsselland": [
            (LegalForm.OPERATIONS, None, ""),
            (LegalForm.OPERATIONS, date(2018, 1, 1), ""),
        ],
    }
    blocks = BuildingBlock.objects.values_list("region__slug", flat=True)
    assert sorted(blocks) == ["ijsselland"] * 4 + ["rijnmond"] * 9
    templates = {
        template.name: [f"{s.body.slug} {s.purpose}" for s in template.steps.all()]
        for template in RouteTemplate.objects.all()
    }
    assert templates == {
        "Regiovisie": [
            "programmateam discuss",
            "stuurgroep advise",
            "aoj advise",
            "ab decide",
        ],
        "Beleid": ["ao advise", "mo advise", "pho consent"],
        "GR-route": ["mo advise", "bo decide"],
    }
    organs = Body.objects.filter(legal_status="organ").values_list("slug", flat=True)
    assert sorted(organs) == ["ab", "bo"]


def test_the_route_of_2021_was_walked_on_its_days():
    days = [date(2021, 6, 14), date(2021, 6, 23), date(2021, 6, 24), JULY]
    for proposal in of_2021():
        steps = proposal.steps.select_related("meeting")
        assert [step.meeting.starts_at.date() for step in steps] == days
        assert {step.state for step in steps} == {"handled"}
        assert steps.last().version_final


def test_advice_of_2021_was_counted_and_answered():
    local, participation = of_2021()
    given = [
        [(p.given_on, p.answer, p.step is None) for p in proposal.advice.all()]
        for proposal in (local, participation)
    ]
    june, april = date(2021, 6, 23), date(2021, 4, 21)
    assert given == [
        [(june, "adopted", False), (june, "partly", False)],
        [(april, "adopted", True), (april, "adopted", True), (april, "partly", True)],
    ]
    before = AdvicePoint.objects.exclude(answer="").filter(proposal__in=of_2021())
    assert all(point.reason.startswith("Voorbeeld: ") for point in before)
    assert participation.working.cost == Decimal("33000")


def test_the_decisions_of_2021_hold_until_2022_and_are_marked_as_example():
    decisions = Decision.objects.filter(decided_on=JULY).order_by("sequence")
    assert [decision.number for decision in decisions] == ["2021-001", "2021-002"]
    for decision in decisions:
        assert decision.state == "published"
        assert decision.example
        assert (decision.valid_until, decision.extendable_until) == (
            date(2022, 12, 31),
            date(2025, 12, 31),
        )
        assert (decision.members_present, decision.members_total) == (13, 15)
        assert decision.points.count() == 2


def test_ijsselland_took_note_in_2017_and_consented_in_2020():
    note = Proposal.objects.get(working__subject=ijsselland_past.GOVERNANCE.subject)
    assert (note.state, note.working.points.count()) == ("noted", 0)
    assert note.working.case_number == "4028-2017"
    plan = Proposal.objects.get(working__subject=ijsselland_past.ACTION_PLAN.subject)
    assert (plan.state, plan.local_decisions) == ("adopted", True)
    assert plan.decisions.get().body.slug == "pho"


def test_there_is_one_of_each_special_case():
    assert Secrecy.objects.get().imposed_by.slug == "ab"
    assert Proposal.objects.filter(state="withdrawn").count() == 1
    assert Decision.objects.get(state="replaced").replaced_by.state == "published"
    assert RouteStep.objects.filter(items__result="held_over").count() == 1
    confidential = Attachment.objects.filter(confidential=True)
    assert {attachment.file.kind for attachment in confidential} == {"docx"}
    assert set(StoredFile.objects.values_list("kind", flat=True)) == {"csv", "docx", "pdf", "png"}


def test_every_state_was_reached_by_an_act():
    for model in (Proposal, RouteStep, Meeting, Decision):
        initial = model._meta.get_field("state").default
        for row in model.objects.exclude(state=initial):
            reached = StatusChange.of(row).exclude(after="").first()
            assert reached is not None, row
            assert reached.after == row.state


def test_no_row_breaks_a_rule():
    broken = []
    for model in apps.get_app_config("governance").get_models():
        if hasattr(model, "history_object"):
            continue
        for row in model._default_manager.all():
            try:
                row.full_clean()
            except ValidationError as error:
                broken.append((row, error.messages))
    assert broken == []
