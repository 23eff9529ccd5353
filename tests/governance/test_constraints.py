"""Every rule that the database holds is hit once, and says its sentence."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from governance.models import (
    AdvicePoint,
    AgendaItem,
    Attendance,
    BodyAlias,
    BodyRelation,
    CoAuthor,
    ProposalVersion,
    Recess,
    RegionForm,
    RegionMunicipality,
    RouteTemplate,
    RuleSet,
    Secrecy,
    Section,
)
from tests import factories as make
from tests.governance.constraint_cases_meetings import MEETING_CASES
from tests.governance.constraint_rows import (
    EARLY,
    LATE,
    change,
    copy_of,
    local_rows,
    meeting_rows,
)

BACKWARDS = {"valid_from": LATE, "valid_until": EARLY}


@pytest.fixture
def world(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(proposal.steps.get(), cast.author)
    decision = make.decided(step, cast.secretary)
    step.refresh_from_db()
    advice = AdvicePoint.objects.create(
        proposal=proposal, body=cast.aoj, given_on=EARLY, number=1, text="Een."
    )
    secrecy = Secrecy.objects.create(
        region=cast.region, proposal=proposal, imposed_by=cast.team, imposed_on=EARLY, ground="x"
    )
    coauthor = CoAuthor.objects.create(proposal=proposal, user=cast.reader, granted_by=cast.author)
    rows = {
        **vars(cast),
        "proposal": proposal,
        "step": step,
        "decision": decision,
        "version": step.version,
        "meeting": step.meeting,
        "advice": advice,
        "secrecy": secrecy,
        "coauthor": coauthor,
        "point": decision.points.first(),
        "seat": cast.board_members[0].seat,
        "member": cast.board_members[0],
        "role": cast.admin.regionroles.get(),
        "municipal": cast.adviser.municipalroles.get(),
    }
    return rows | meeting_rows(rows) | local_rows(rows)


def secrecy_of(name):
    def build(w):
        proposal = w["proposal"]
        version = w["version"]
        attachment = version.attachments.create(order=1, title="x", file=make.stored_file())
        target = {"attachment": attachment, "decision": w["decision"], "proposal": proposal}[name]
        base = {"region": w["region"], "imposed_by": w["team"], "imposed_on": EARLY, "ground": "x"}
        if name != "proposal":
            Secrecy.objects.create(**base, **{name: target})
        return Secrecy(**base, **{name: target})

    return build


CASES = {
    "governance_regionform_dates_in_order": lambda w: RegionForm(
        region=w["region"], legal_form="hosted", legal_name="x", **BACKWARDS
    ),
    "governance_municipality_dates_in_order": change("municipality", **BACKWARDS),
    "governance_successor_after_end": change("municipality", successor="municipality"),
    "governance_regionmunicipality_dates_in_order": lambda w: RegionMunicipality(
        region=w["region"], municipality=make.municipality(), **BACKWARDS
    ),
    "governance_participation_open_once": lambda w: RegionMunicipality(
        region=w["region"], municipality=w["municipality"]
    ),
    "governance_participation_once": lambda w: RegionMunicipality(
        region=w["region"],
        municipality=RegionMunicipality.objects.create(
            region=w["region"], municipality=make.municipality(), valid_from=EARLY
        ).municipality,
        valid_from=EARLY,
    ),
    "governance_regionrole_dates_in_order": change("role", **BACKWARDS),
    "governance_municipalrole_dates_in_order": change("municipal", **BACKWARDS),
    "governance_recess_days_in_order": lambda w: Recess(
        region=w["region"], name="x", first_day=LATE, last_day=EARLY
    ),
    "governance_ruleset_name_once": lambda w: RuleSet(
        region=w["region"], name=w["board"].rules.name, basis="own"
    ),
    "governance_law_has_quorum": lambda w: RuleSet(region=w["region"], name="x", basis="law"),
    "governance_body_dates_in_order": change("board", **BACKWARDS),
    "governance_body_slug_once": copy_of("board"),
    "governance_closed_has_ground": change("board", publication="closed"),
    "governance_alias_once": lambda w: BodyAlias(
        body=BodyAlias.objects.create(body=w["board"], name="Pfo").body, name="PFÖ"
    ),
    "governance_relation_once": lambda w: BodyRelation(
        source=BodyRelation.objects.create(source=w["team"], kind="steers", target=w["aoj"]).source,
        kind="steers",
        target=w["aoj"],
    ),
    "governance_relation_not_itself": lambda w: BodyRelation(
        source=w["team"], kind="steers", target=w["team"]
    ),
    "governance_seat_dates_in_order": change("seat", **BACKWARDS),
    "governance_seat_of_one": change("seat", organisation="Een aanbieder"),
    "governance_seat_has_a_vote": change("seat", votes=0),
    "governance_membership_dates_in_order": change("member", **BACKWARDS),
    "governance_secretary_never_votes": copy_of("member", role="secretary"),
    "governance_deputy_of_somebody": change("member", role="deputy"),
    "governance_only_deputies_replace": change("member", deputy_of="member"),
    "governance_deputy_of_another": change("member", role="deputy", deputy_of="member"),
    "governance_meeting_once": copy_of("meeting"),
    "governance_attendance_once": lambda w: Attendance(
        meeting=w["meeting"], membership=w["member"]
    ),
    "governance_proposal_number_once": copy_of("proposal", working=None),
    "governance_coauthor_dates_in_order": change("coauthor", **BACKWARDS),
    "governance_coauthor_once": copy_of("coauthor"),
    "governance_version_number_once": copy_of("version"),
    "governance_one_working_version": lambda w: ProposalVersion(
        proposal=ProposalVersion.objects.create(
            proposal=w["proposal"], number=8, subject="x"
        ).proposal,
        number=9,
        subject="x",
    ),
    "governance_cost_not_negative": change("version", cost=-1),
    "governance_section_level": lambda w: Section(version=w["version"], order=1, level=5),
    "governance_template_name_once": lambda w: RouteTemplate(
        region=RouteTemplate.objects.create(region=w["region"], name="x").region, name="x"
    ),
    "governance_skip_has_reason": change("step", state="skipped"),
    "governance_on_agenda_has_meeting": change("step", meeting=None),
    "governance_step_once_per_meeting": lambda w: AgendaItem(
        step=w["step"], meeting=w["meeting"], version=w["version"]
    ),
    "governance_advice_number_once": copy_of("advice"),
    "governance_answer_has_reason": change("advice", answer="not"),
    "governance_adopted_names_version": change("advice", answer="adopted", reason="Ja."),
    "governance_decision_number_once": copy_of("decision", step_id=None),
    "governance_decision_dates_in_order": change("decision", valid_from=LATE, valid_until=EARLY),
    "governance_extension_after_end": change("decision", extendable_until=LATE),
    "governance_present_within_total": change("decision", members_present=9),
    "governance_replaced_by_what": change("decision", state="replaced"),
    "governance_published_when": change("decision", state="published"),
    "governance_point_decided_once": copy_of("point"),
    "governance_amended_has_text": change("point", outcome="amended"),
    "governance_count_has_numbers": change("point", method="count"),
    "governance_secrecy_of_one": change("secrecy", decision="decision"),
    "governance_secrecy_has_ground": change("secrecy", ground=""),
    "governance_lifted_by_whom": change("secrecy", lifted_on=LATE),
    "governance_one_secrecy_proposal": secrecy_of("proposal"),
    "governance_one_secrecy_attachment": secrecy_of("attachment"),
    "governance_one_secrecy_decision": secrecy_of("decision"),
    **MEETING_CASES,
}
HELD = {
    constraint.name: (model, constraint)
    for model in apps.get_app_config("governance").get_models()
    if not model.__name__.startswith("Historical")
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint | UniqueConstraint)
}


def test_every_constraint_has_its_case():
    assert set(CASES) == set(HELD)


@pytest.mark.parametrize("name", sorted(CASES))
def test_says_its_sentence_and_holds(world, name):
    model, constraint = HELD[name]
    row = CASES[name](world)
    assert isinstance(row, model)
    if hasattr(row, "clean"):
        row.clean()
    with pytest.raises(ValidationError) as error:
        constraint.validate(model, row)
    assert error.value.messages == [constraint.violation_error_message]
    assert constraint.violation_error_message[-1] == "."
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
