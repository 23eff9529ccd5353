"""Making, publishing and adopting a decision list, and concluding the meeting."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.documents import document_of
from core.models import StatusChange
from core.refusal import Refused
from governance.domain import decision_lists as acts
from governance.domain import meetings, minutes
from governance.domain.secrecy import impose_secrecy
from governance.list_document import LIST, document_for, shown_to
from governance.models import DecisionList
from governance.rules import visible_to
from tests import factories as make


@pytest.fixture
def decided(cast):
    """A board that decided on one paper and has a point of its own; an hour after its start."""
    routed = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(routed.steps.get(), cast.author, make.meeting(cast.board, 1))
    make.point(step.meeting, "Rondvraag")
    decision = make.decided(step, cast.secretary)
    with clock.at(decision.meeting.starts_at + timedelta(hours=2)):
        yield decision


def test_the_list_waits_for_an_outcome_of_every_item(cast, decided):
    meeting = decided.meeting
    with pytest.raises(Refused) as refused:
        acts.make_list(meeting, by=cast.secretary)
    assert str(refused.value) == (
        "1 agendapunt heeft nog geen uitkomst. Leg die vast, of houd het punt aan."
    )
    with pytest.raises(Refused, match="1 agendapunt heeft nog geen uitkomst"):
        minutes.conclude_meeting(meeting, by=cast.secretary)
    minutes.settle_item(meeting.items.last(), "handled", by=cast.secretary)
    with pytest.raises(Refused, match=r"Maak eerst de besluitenlijst\."):
        minutes.conclude_meeting(meeting, by=cast.secretary)
    acts.make_list(meeting, by=cast.secretary)
    assert minutes.conclude_meeting(meeting, by=cast.secretary).state == "concluded"
    with pytest.raises(Refused, match="De vergadering is afgerond; de lijst ligt vast"):
        acts.make_list(meeting, by=cast.secretary)


def test_a_meeting_without_attendance_has_no_list(cast):
    meeting = make.meeting(cast.steering, 0, starts_at=clock.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="Leg eerst vast wie er waren"):
        acts.make_list(meeting, by=cast.steering_secretary)
    with pytest.raises(PermissionDenied, match="alleen de secretaris"):
        acts.make_list(meeting, by=cast.reader)


def test_the_list_says_what_was_decided_promised_and_concluded(cast, decided):
    meeting = decided.meeting
    paper, own = meeting.items.order_by("order")
    minutes.write_record(
        own,
        {"discussed": "Lang verhaal.", "conclusion": "Volgende keer verder."},
        base={"discussed": "", "conclusion": ""},
        by=cast.secretary,
    )
    make.action(cast.board, cast.secretary, item=own)
    row = make.listed(meeting, cast.secretary)
    assert row.frozen["present"] == [
        "wethouder Aardam",
        *(f"{m.seat}, {m.shown_as}" for m in cast.board_members[1:]),
    ]
    first, second = row.frozen["items"]
    assert (first["title"], first["outcome"]) == (
        str(paper.version.subject),
        f"Besluit {decided.number}",
    )
    assert first["points"][0]["sentence"] == "Aangenomen zonder stemming."
    assert (second["conclusion"], [a["text"] for a in second["actions"]]) == (
        "Volgende keer verder.",
        ["De scholen bellen."],
    )
    assert "Lang verhaal." not in str(row.frozen)


def test_published_in_time_it_waits_for_adoption_on_the_next_agenda(cast, decided):
    row = acts.publish_list(make.listed(decided.meeting, cast.secretary), by=cast.secretary)
    assert (row.state, acts.days_late(row)) == ("published", 0)
    assert document_of(LIST, row).frozen["state"] == "Concept"
    later = meetings.plan_meeting(cast.board, starts_at=make.moment(30), by=cast.secretary)
    (point,) = later.items.all()
    assert (
        point.title
        == f"Besluitenlijst van {decided.meeting.starts_at:%-d} "
        + (point.title.rpartition(" van ")[2].split(" ", 1)[1])
    )
    assert (point.kind, point.treatment) == ("fixed", "formality")
    with pytest.raises(Refused, match="De vergadering is nog niet begonnen"):
        acts.adopt_list(row, later, by=cast.secretary)
    with clock.at(later.starts_at + timedelta(hours=1)):
        adopted = acts.adopt_list(
            row, later, by=cast.secretary, corrections="Punt 2: lees 'mei' voor 'april'."
        )
    assert (adopted.state, adopted.adopted_in) == ("adopted", later)
    point.refresh_from_db()
    assert (point.result, point.note) == ("handled", "Vastgesteld")
    assert document_of(LIST, row).frozen["corrections"] == "Punt 2: lees 'mei' voor 'april'."


def test_after_two_weeks_it_may_be_published_and_says_how_late(cast, decided):
    row = make.listed(decided.meeting, cast.secretary)
    with clock.at(decided.meeting.starts_at + timedelta(days=17)):
        late = acts.publish_list(row, by=cast.secretary)
        assert acts.days_late(late) == 3
    trail = StatusChange.of(decided.meeting).filter(act="list_published").get()
    assert trail.why == "3 dagen na de termijn van twee weken"


def test_adopting_waits_for_publication_and_for_a_later_meeting_of_the_body(cast, decided):
    row = make.listed(decided.meeting, cast.secretary)
    later = make.meeting(cast.board, 9)
    with pytest.raises(Refused) as refused:
        acts.adopt_list(row, later, by=cast.secretary)
    assert str(refused.value) == "Vaststellen kan niet: de stand is 'in voorbereiding'."
    row = acts.publish_list(row, by=cast.secretary)
    with pytest.raises(Refused, match=r"De lijst is gepubliceerd\. Geef verbeteringen op"):
        acts.make_list(decided.meeting, by=cast.secretary)
    for wrong in (decided.meeting, make.meeting(cast.steering, 9)):
        with pytest.raises(Refused, match="Kies een vergadering van Bestuur na "):
            acts.adopt_list(row, wrong, by=cast.secretary)


def secret(cast, proposal):
    return impose_secrecy(
        proposal,
        body=cast.team,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team, cast.board],
        by=cast.author,
    )


def test_a_secret_item_leaves_no_trace_and_no_gap(cast, decided):
    secret(cast, decided.proposal)
    make.member(cast.team, cast.secretary, role="member")
    row = make.listed(decided.meeting, cast.secretary)
    assert [item["title"] for item in row.frozen["items"]] == ["Rondvraag"]
    assert decided.version.subject not in str(row.frozen)
    assert decided.number not in str(row.frozen)


def test_what_becomes_secret_later_is_withheld_from_who_is_outside(cast, decided):
    row = acts.publish_list(make.listed(decided.meeting, cast.secretary), by=cast.secretary)
    assert row in visible_to(cast.official, DecisionList)
    assert document_for(row, cast.official) is not None
    secret(cast, decided.proposal)
    assert [item["title"] for item in shown_to(row, cast.official)["items"]] == ["Rondvraag"]
    assert document_for(row, cast.official) is None
    assert len(shown_to(row, cast.alderman)["items"]) == 2


def test_a_shielded_member_is_named_by_role_only(cast, decided):
    member = cast.board_members[1]
    member.shielded = True
    member.save()
    row = make.listed(decided.meeting, cast.secretary)
    assert "lid" in row.frozen["present"]
    assert str(member.user) not in str(row.frozen)
    assert "afgeschermd" not in str(row.frozen)


def test_a_concept_is_for_who_keeps_it(cast, decided):
    row = make.listed(decided.meeting, cast.secretary)
    for person, sees in [(cast.secretary, True), (cast.alderman, False), (cast.author, False)]:
        assert visible_to(person, DecisionList).filter(pk=row.pk).exists() is sees
