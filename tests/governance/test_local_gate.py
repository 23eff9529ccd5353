"""The board waits for zienswijzen within their term, and for the region's answer to each."""

import pytest
from django.core.exceptions import PermissionDenied

from core.formats import long_date
from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import decisions, local, local_reports, route, texts
from governance.models import LocalStep
from governance.waiting import jobs_for
from tests import factories as make
from tests import local as walk


@pytest.fixture
def stop(cast):
    return walk.to_board(cast, 30)


def reasons(step):
    step.refresh_from_db()
    return [refusal.reason for refusal in local.waits_for(step)]


def all_but_one(cast, asked):
    walk.reported(walk.step_of(asked, "Aardam"), cast.adviser, outcome="positive", text="")
    walk.reported(walk.step_of(asked, "Beekzicht"), None, outcome="none", text="")


def test_a_concept_holds_nobody_up(cast, stop):
    walk.prepared(stop, cast.author)
    assert reasons(stop) == []


def test_the_board_waits_while_somebody_may_still_react(cast, stop):
    asked = walk.asked(stop, cast.author)
    all_but_one(cast, asked)
    until = long_date(asked.due_on)
    sentence = (
        f"1 van de raden kan nog tot en met {until} een zienswijze geven. Wacht daarop, of trek de "
        "vraag in."
    )
    assert reasons(stop) == [sentence]
    assert sentence in [refusal.reason for refusal in decisions.can_decide(stop)]
    walk.reported(walk.step_of(asked, "Cotten"), None, outcome="none", text="")
    assert reasons(stop) == []


def test_a_remark_without_answer_holds_the_decision(cast, stop):
    asked = walk.asked(stop, cast.author)
    all_but_one(cast, asked)
    step = walk.reported(walk.step_of(asked, "Cotten"), None)
    assert reasons(stop) == ["Beantwoord eerst elke zienswijze: Cotten wacht nog."]
    with pytest.raises(Refused, match="Beantwoord eerst elke zienswijze"):
        make.decided(stop, cast.secretary)
    walk.answered(step, cast.author)
    assert reasons(stop) == []


def test_after_the_term_who_was_silent_is_marked_when_the_board_decides(cast):
    stop = walk.to_board(cast, 60)
    asked = walk.asked(stop, cast.author)
    all_but_one(cast, asked)
    decision = make.decided(stop, cast.secretary)
    asked.refresh_from_db()
    assert asked.state == "closed"
    assert [str(step) for step in asked.steps.all()] == [
        "Aardam: positief",
        "Beekzicht: geen zienswijze",
        "Cotten: geen reactie binnen de termijn",
    ]
    assert decision.number.endswith("-001")


def test_a_round_of_an_earlier_stop_holds_a_later_one_too(cast):
    paper = make.routed(
        cast.author, cast.team, (cast.steering, make.Purpose.CONSENT), (cast.board, make.DECIDE)
    )
    first, last = paper.steps.all()
    walk.asked(first, cast.author)
    assert len(local.waits_for(last)) == 1
    walk.asked(last, cast.author)
    assert len(local.waits_for(first)) == 1


def test_an_answer_has_a_kind_and_a_reason_and_comes_from_the_author_body(cast, stop):
    step = walk.step_of(walk.asked(stop, cast.author), "Aardam")
    with pytest.raises(Refused, match="niets opgemerkt waarop een antwoord past"):
        walk.answered(step, cast.author)
    walk.reported(step, cast.adviser)
    with pytest.raises(Refused) as empty:
        local_reports.answer_step(step, answer="", reason="", by=cast.author)
    assert empty.value.as_errors() == {
        "answer": ["Kies overgenomen, deels of niet overgenomen."],
        "reason": ["Geef de reden bij het antwoord."],
    }
    with pytest.raises(PermissionDenied):
        walk.answered(step, cast.adviser)
    done = walk.answered(step, cast.author)
    assert (done.answer, done.answered_by) == ("not", cast.author)
    with pytest.raises(Conflict):
        local_reports.answer_step(
            step, answer="partly", reason="Toch.", by=cast.author, base_revision=step.revision
        )


def test_what_is_taken_over_opens_the_final_version_again(cast, stop):
    step = walk.step_of(walk.asked(stop, cast.author), "Aardam")
    walk.reported(step, cast.adviser)
    assert stop.version_final
    walk.answered(step, cast.author, "adopted")
    stop.refresh_from_db()
    assert not stop.version_final
    texts.working_version(stop.proposal, by=cast.author)
    assert route.finalise_version(stop, by=cast.author).version.number == 2


def test_closing_by_hand_waits_for_the_same(cast, stop):
    asked = walk.asked(stop, cast.author)
    with pytest.raises(Refused, match="3 gemeenten hebben nog niet gereageerd"):
        local.close_round(asked, by=cast.author)
    walk.reported(walk.step_of(asked, "Aardam"), cast.adviser)
    with walk.days_later(50):
        with pytest.raises(Refused, match="Beantwoord eerst elke zienswijze: Aardam wacht nog"):
            local.close_round(asked, by=cast.author)
        walk.answered(walk.step_of(asked, "Aardam"), cast.author)
        local.close_round(asked, by=cast.author)
    assert LocalStep.objects.filter(state="silent").count() == 2


def test_what_comes_in_after_the_close_counts_until_the_board_decides(cast):
    stop = walk.to_board(cast, 60)
    asked = walk.asked(stop, cast.author)
    for name in ("Aardam", "Beekzicht", "Cotten"):
        walk.reported(walk.step_of(asked, name), None, outcome="none", text="", source="Brief")
    local.close_round(asked, by=cast.author)
    late = walk.step_of(asked, "Aardam")
    local_reports.correct_outcome(
        late,
        walk.values(),
        why="De raad besloot alsnog anders.",
        base={name: getattr(late, name) for name in local_reports.FIELDS},
        base_revision=late.revision,
        by=cast.adviser,
    )
    assert reasons(stop) == ["Beantwoord eerst elke zienswijze: Aardam wacht nog."]
    assert "Beantwoord 1 gemeente" in [job.title for job in jobs_for(cast.author, [cast.region])]
    walk.answered(walk.step_of(asked, "Aardam"), cast.author)
    local_reports.take_back_outcome(
        walk.step_of(asked, "Cotten"), why="Verkeerd gemeld.", by=cast.author
    )
    make.decided(stop, cast.secretary)
    assert walk.step_of(asked, "Cotten").state == "silent"
    with pytest.raises(Refused, match="Het besluit is al genomen; een uitkomst melden kan niet"):
        walk.reported(walk.step_of(asked, "Cotten"), None)


def test_a_withdrawn_question_holds_nobody_up(cast, stop):
    asked = walk.asked(stop, cast.author)
    with pytest.raises(Refused, match="Geef de reden van het intrekken"):
        local.withdraw_round(asked, why="", by=cast.author)
    local.withdraw_round(asked, why="Het plan verandert.", by=cast.author)
    assert reasons(stop) == []


def test_the_answer_is_fixed_once_decided(cast):
    stop = walk.to_board(cast, 60)
    asked = walk.asked(stop, cast.author)
    step = walk.answered(walk.reported(walk.step_of(asked, "Aardam"), cast.adviser), cast.author)
    make.decided(stop, cast.secretary)
    with pytest.raises(Refused, match="Het besluit is al genomen"):
        walk.answered(step, cast.author)
