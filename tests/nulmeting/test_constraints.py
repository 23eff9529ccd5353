"""Every rule that the database holds is hit once, and says its sentence."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from core import clock
from nulmeting.domain import filling, instruments, invites
from nulmeting.models import Item, Level
from regioagenda.models import BlockLead, ProposalBlock
from tests import baseline
from tests import factories as make
from tests.governance.constraint_rows import EARLY, LATE, change, copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast, submission, editor, approver):
    items = list(submission.round.instrument.items.all())
    piece = filling.add_evidence(
        submission, title="Plan", dated_on=clock.today(), items=items[:1], by=editor
    )
    baseline.approved(submission, editor, approver, score=4)
    other = baseline.of(submission.round, "Beekzicht")
    handed_in = baseline.submitted(other, baseline.editor(other.municipality))
    invite, _, _ = invites.send_invite(
        handed_in, email="w@beekzicht.example", office="wethouder", by=None
    )
    block = submission.blocks.first()
    lead = BlockLead.objects.create(
        block=block.block, municipality=cast.municipality, valid_from=EARLY
    )
    open_lead = BlockLead.objects.create(block=block.block, municipality=other.municipality)
    paper = make.proposal(cast.author, cast.team)
    touched = ProposalBlock.objects.create(proposal=paper, block=block.block, order=1)
    return {
        **vars(cast),
        "submission": submission,
        "round": submission.round,
        "instrument": submission.round.instrument,
        "draft": instruments.draw_next(submission.round.instrument, by=cast.author),
        "item": items[0],
        "block": block,
        "answer": block.answers.first(),
        "piece": piece,
        "approval": submission.approvals.first(),
        "invite": invite,
        "lead": lead,
        "open_lead": open_lead,
        "touched": touched,
    }


def level(**fields):
    return lambda w: Level(instrument=w["instrument"], text="x", **_of(w, fields))


def _of(w, fields):
    return {name: w["item"].block if value == "block" else value for name, value in fields.items()}


CASES = {
    "nulmeting_instrument_version_once": change("draft", version=1),
    "nulmeting_one_draft_instrument": copy_of("draft", version=9),
    "nulmeting_level_once": level(block="block", score=1),
    "nulmeting_scale_level_once": level(score=1),
    "nulmeting_level_from_one_to_five": level(block="block", score=6),
    "nulmeting_item_number_once": lambda w: Item(
        instrument=w["instrument"], block=w["item"].block, number=1, text="x"
    ),
    "nulmeting_item_identity_once": lambda w: Item(
        instrument=w["instrument"],
        block=w["item"].block,
        number=9,
        text="x",
        identity=w["item"].identity,
    ),
    "nulmeting_item_number_in_range": change("item", number=21),
    "nulmeting_round_once_a_year": copy_of("round"),
    "nulmeting_round_days_in_order": change("round", opens_on=LATE, closes_on=EARLY),
    "nulmeting_round_year_in_range": change("round", year=1999),
    "nulmeting_round_published_when": change("round", state="published"),
    "nulmeting_round_compared_with_other": change("round", compared_with="round"),
    "nulmeting_submission_once": copy_of("submission"),
    "nulmeting_submission_submitted_when": change(
        "submission", state="submitted", submitted_at=None
    ),
    "nulmeting_submission_returned_why": change("submission", state="returned", remarks=""),
    "nulmeting_one_approval_holds": copy_of("approval"),
    "nulmeting_approval_says_who": change("approval", by=None),
    "nulmeting_only_paper_is_confirmed": change("approval", confirmed_at=clock.now()),
    "nulmeting_one_open_invite": copy_of("invite", token_sha256="0" * 64),
    "nulmeting_block_answer_once": copy_of("block"),
    "nulmeting_ambition_from_one_to_five": change("block", ambition=6),
    "nulmeting_ambition_year_in_range": change("block", ambition_year=1999),
    "nulmeting_shared_has_text": change("block", may_share=True, shared=""),
    "nulmeting_answer_once": copy_of("answer"),
    "nulmeting_score_from_one_to_five": change("answer", given="unknown"),
    "nulmeting_evidence_has_title": change("piece", title=""),
    "regioagenda_blocklead_dates_in_order": change("lead", valid_from=LATE, valid_until=EARLY),
    "regioagenda_lead_once": copy_of("lead"),
    "regioagenda_lead_open_once": copy_of("open_lead"),
    "regioagenda_proposal_block_once": copy_of("touched"),
}
ELSEWHERE = {"regioagenda_block_number_once", "regioagenda_block_number_from_one"}
HELD = {
    constraint.name: (model, constraint)
    for app in ("nulmeting", "regioagenda")
    for model in apps.get_app_config(app).get_models()
    if not model.__name__.startswith("Historical")
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint | UniqueConstraint)
}


def test_every_constraint_has_its_case():
    assert set(CASES) | ELSEWHERE == set(HELD)


@pytest.mark.parametrize("name", sorted(CASES))
def test_says_its_sentence_and_holds(world, name):
    model, constraint = HELD[name]
    row = CASES[name](world)
    assert isinstance(row, model)
    with pytest.raises(ValidationError) as error:
        constraint.validate(model, row)
    assert error.value.messages == [constraint.violation_error_message]
    assert constraint.violation_error_message[-1] == "."
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
