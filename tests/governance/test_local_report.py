"""What a municipality answered: by its own officials, or from paper by the author body."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import StatusChange, StoredFile
from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import local, local_reports, proposals
from tests import factories as make
from tests import local as walk


@pytest.fixture
def asked(cast):
    return walk.asked(walk.to_board(cast), cast.author)


@pytest.fixture
def step(asked):
    return walk.step_of(asked, "Aardam")


def test_an_official_reports_for_her_own_municipality(cast, asked, step):
    done = walk.reported(step, cast.adviser)
    assert (done.state, done.outcome, done.text) == ("reported", "remarks", "Let op de kosten.")
    assert done.wants_answer
    assert StatusChange.of(asked)[0].why == "Aardam: positief met opmerkingen"
    with pytest.raises(PermissionDenied, match="wie voor deze gemeente de uitkomst meldt"):
        walk.reported(walk.step_of(asked, "Beekzicht"), cast.adviser)


@pytest.mark.parametrize(
    ("role", "may"),
    [("contact", 1), ("editor", 1), ("adviser", 1), ("clerk", 1), ("approver", 0)],
)
def test_which_municipal_roles_report(asked, step, role, may):
    person = walk.official(step.municipality, role)
    if not may:
        with pytest.raises(PermissionDenied):
            walk.reported(step, person)
        return
    assert walk.reported(step, person).reported_by == person


def test_the_author_body_names_the_paper_it_takes_it_from(cast, step):
    with pytest.raises(Refused) as without:
        walk.reported(step, cast.author)
    assert without.value.as_errors() == {
        "source": ["Noem het stuk waaruit u dit overneemt, zoals een brief met datum."]
    }
    done = walk.reported(step, cast.author, source="Brief van de griffier")
    assert (done.source, done.reported_by) == ("Brief van de griffier", cast.author)


def test_every_fault_is_named_at_its_field(cast, step):
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Refused) as wrong:
        walk.reported(step, cast.adviser, outcome="agreed", decided_on=tomorrow)
    assert wrong.value.as_errors() == {
        "outcome": ["Kies de uitkomst van deze gemeente."],
        "decided_on": ["Deze datum ligt in de toekomst."],
    }
    with pytest.raises(Refused, match="een uitkomst komt daarna"):
        walk.reported(step, cast.adviser, decided_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="Vul de datum in waarop dit is besloten"):
        walk.reported(step, cast.adviser, decided_on=None)
    with pytest.raises(Refused, match="Schrijf op wat de gemeente opmerkt of waarom"):
        walk.reported(step, cast.adviser, outcome="negative", text=" ")
    with pytest.raises(Refused) as data:
        walk.reported(step, cast.adviser, text="Van bsn 123456782")
    assert list(data.value.as_errors()) == ["text"]


def test_a_paper_is_a_document_without_a_virus(cast, step):
    for paper, reason in [
        (make.stored_file("cijfers.xlsx", kind="xlsx"), "Kies een PDF"),
        (make.stored_file(scan=StoredFile.Scan.INFECTED), "een virus gevonden"),
    ]:
        with pytest.raises(Refused, match=reason):
            local_reports.report_outcome(step, walk.values(), by=cast.adviser, paper=paper)
    good = make.stored_file("raadsbesluit.pdf")
    done = local_reports.report_outcome(step, walk.values(), by=cast.adviser, paper=good)
    assert done.paper == good


def test_nothing_is_reported_before_the_question_or_after_its_end(cast, step):
    step.round.refresh_from_db()
    local.withdraw_round(step.round, why="Het plan verandert.", by=cast.author)
    with pytest.raises(Refused, match="Deze vraag is ingetrokken"):
        walk.reported(step, cast.adviser)


def test_a_withdrawn_proposal_asks_for_nothing_any_more(cast, step):
    proposals.change_state(step.round.proposal, "withdraw", by=cast.author, why="Van de baan.")
    with pytest.raises(
        Refused, match="Deze vraag is ingetrokken; een uitkomst melden kan niet meer"
    ):
        walk.reported(step, cast.adviser)


def test_two_officials_at_once_lose_nothing(cast, step):
    walk.reported(step, walk.official(step.municipality))
    with pytest.raises(Conflict) as both:
        walk.reported(step, cast.adviser, outcome="negative", text="Te duur.")
    assert [(c.field, c.mine, c.theirs) for c in both.value.clashes] == [
        ("outcome", "negative", "remarks"),
        ("text", "Te duur.", "Let op de kosten."),
    ]
    step.refresh_from_db()
    assert (step.outcome, step.text) == ("remarks", "Let op de kosten.")


def test_a_correction_has_a_reason_and_makes_the_answer_lapse(cast, step):
    done = walk.answered(walk.reported(step, cast.adviser), cast.author)
    base = {name: getattr(done, name) for name in local_reports.FIELDS}
    new = walk.values(outcome="negative", text="Te duur.")
    with pytest.raises(Refused, match="Geef de reden van de verbetering"):
        local_reports.correct_outcome(
            done, new, why=" ", by=cast.adviser, base=base, base_revision=done.revision
        )
    mended = local_reports.correct_outcome(
        done, new, why="Typefout.", by=cast.adviser, base=base, base_revision=done.revision
    )
    assert (mended.outcome, mended.answer, mended.reason) == ("negative", "", "Het geld is er.")
    assert mended.wants_answer
    with pytest.raises(Conflict):
        local_reports.correct_outcome(
            done,
            walk.values(outcome="negative", text="Veel te duur."),
            why="Nog eens.",
            by=cast.adviser,
            base=base,
            base_revision=done.revision,
        )


def test_taking_back_leaves_an_open_step_unless_the_region_answered(cast, step):
    walk.reported(step, cast.adviser)
    with pytest.raises(Refused, match="Geef de reden van het terugnemen"):
        local_reports.take_back_outcome(step, why="", by=cast.adviser)
    back = local_reports.take_back_outcome(step, why="Verkeerde brief.", by=cast.adviser)
    assert (back.state, back.outcome, back.decided_on, back.text) == ("open", "", None, "")
    walk.answered(walk.reported(back, cast.adviser), cast.author)
    with pytest.raises(Refused, match="Verbeter de uitkomst in plaats daarvan"):
        local_reports.take_back_outcome(step, why="Toch niet.", by=cast.adviser)


def test_a_local_decision_may_come_after_the_round_was_closed(cast):
    asked = walk.asked(walk.consented(cast), cast.author)
    with walk.days_later(60):
        local.close_round(asked, by=cast.author)
        step = walk.step_of(asked, "Aardam")
        assert step.state == "silent"
        assert walk.reported(step, cast.adviser, outcome="agreed", text="").state == "reported"
