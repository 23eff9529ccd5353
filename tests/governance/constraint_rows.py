"""What the cases of test_constraints are made of: one row of each kind, and how to break it."""

from datetime import UTC, date, datetime

from governance.models import (
    AgendaTemplateItem,
    AgendaVersion,
    Annotation,
    DecisionList,
    LocalRound,
    LocalStep,
    Position,
    PrivateNote,
    Proxy,
    Question,
    Recusal,
    RoundAnswer,
    Vote,
    VoteOption,
    VoteRound,
    WrittenRound,
)
from tests import factories as make

EARLY, LATE = date(2027, 1, 1), date(2027, 12, 31)
MOMENT = datetime(2027, 1, 1, 12, tzinfo=UTC)


def change(name, /, **values):
    """The row with other values; a value that is a name in the world stands for that row."""

    def build(w):
        row = w[name]
        for key, value in values.items():
            setattr(row, key, w.get(value, value) if isinstance(value, str) else value)
        return row

    return build


def copy_of(name, /, **values):
    """The row a second time, not saved yet."""

    def build(w):
        row = type(w[name]).objects.get(pk=w[name].pk)
        row.pk, row._state.adding = None, True
        for key, value in values.items():
            setattr(row, key, value)
        return row

    return build


def meeting_rows(w):
    """Round a meeting: what prepares it, its votes, what it leaves behind, a written round."""
    meeting, step, member = w["meeting"], w["step"], w["member"]
    colleague = w["board_members"][1]
    paper = step.items.get()
    vote_round = VoteRound.objects.create(
        meeting=meeting,
        step=step,
        point=w["point"].point,
        kind="roll_call",
        text="x",
        entitled=3,
        weighted=False,
    )
    written_round = WrittenRound.objects.create(
        meeting=make.meeting(w["board"], days=30, form="written"),
        step=step,
        reason="x",
        right="x",
        closes_on=LATE,
    )
    return {
        "rules": w["board"].rules,
        "colleague": colleague,
        "own_item": make.point(meeting),
        "fixed_item": AgendaTemplateItem.objects.create(body=w["board"], title="Opening"),
        "agenda_version": AgendaVersion.objects.create(meeting=meeting, number=1, frozen={}),
        "position": Position.objects.create(
            item=paper, membership=member, choice="agree", given_by=member.user
        ),
        "annotation": Annotation.objects.create(
            item=paper, municipality=w["municipality"], line="x", changed_by=w["official"]
        ),
        "question": Question.objects.create(item=paper, asked_by=member.user, text="x"),
        "note": PrivateNote.objects.create(item=paper, membership=member, text="x"),
        "vote_round": vote_round,
        "vote": Vote.objects.create(
            round=vote_round, member=member, membership=member, person=member.user, weight=1
        ),
        "option": VoteOption.objects.create(round=vote_round, order=1, label="x"),
        "proxy": Proxy.objects.create(meeting=meeting, giver=member, holder=colleague),
        "recusal": Recusal.objects.create(step=step, membership=member, reason="x"),
        "action": make.action(w["board"], w["secretary"]),
        "decision_list": DecisionList.objects.create(meeting=meeting),
        "written_round": written_round,
        "round_answer": RoundAnswer.objects.create(
            round=written_round, membership=member, answer="agree"
        ),
    }


def local_rows(w):
    """A question to the municipalities of each kind, in concept, and a step of one of them."""
    question = {
        "region": w["region"],
        "proposal": w["proposal"],
        "version": w["version"],
        "addressee": "college",
        "question": "x",
        "term_source": "budget",
        "term_length": 12,
        "term_unit": "weeks",
    }
    before = LocalRound.objects.create(**question, kind="zienswijze", step=w["step"])
    return {
        "asked_before": before,
        "asked_after": LocalRound.objects.create(
            **question, kind="decision", decision=w["decision"]
        ),
        "local_step": LocalStep.objects.create(round=before, municipality=w["municipality"]),
    }
