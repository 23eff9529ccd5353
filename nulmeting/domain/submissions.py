"""Handing in and approving. Who approves is another person than who handed in, and the approval
is bound to the exact answers: a later change makes it lapse, visibly."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import long_date
from core.models import StatusChange, StoredFile
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain.texts import refuse_personal_data
from governance.rules import demand
from governance.standing import standing_of
from nulmeting import news
from nulmeting.domain import approvers, content
from nulmeting.domain.rounds import can_fill_in
from nulmeting.enums import ApprovalWay, RoundState, SubmissionState
from nulmeting.models import Approval, Submission

OPEN_STATES = (RoundState.OPEN, RoundState.CLOSED)


def _may_submit(submission: Submission) -> Answer:
    missing = content.unanswered(submission)
    if missing:
        blocks = sorted({item.block.number for item in missing})
        where = ", ".join(map(str, blocks))
        questions = "1 vraag is" if len(missing) == 1 else f"{len(missing)} vragen zijn"
        return Refusal(f"{questions} nog niet beantwoord (bouwsteen {where}).")
    if lacking := content.without_ambition(submission):
        where = ", ".join(str(row.block.number) for row in lacking)
        return Refusal(f"Vul de ambitie met haar jaartal nog in bij bouwsteen {where}.")
    return True


def _may_approve(submission: Submission) -> Answer:
    if submission.round.state not in OPEN_STATES:
        return Refusal("De uitkomsten zijn al gepubliceerd; vaststellen kan niet meer.")
    return True


STATES: TransitionTable[Submission] = TransitionTable(
    [
        Transition("begin", ("not_started",), "in_progress", "Beginnen"),
        Transition("submit", ("in_progress", "returned"), "submitted", "Indienen", _may_submit),
        Transition("take_back", ("submitted",), "in_progress", "Indienen terugnemen"),
        Transition("return", ("submitted", "approved"), "returned", "Teruggeven"),
        Transition("approve", ("submitted",), "approved", "Vaststellen", _may_approve),
        Transition("change", ("submitted", "approved"), "in_progress", "Wijzigen"),
    ]
)


def can_submit(submission: Submission) -> Answer:
    """Whether it can be handed in now, or what is missing; also before the first answer."""
    if submission.state == SubmissionState.NOT_STARTED:
        return _may_submit(submission)
    return STATES.answer(submission, "submit")


@transaction.atomic
def submit(submission: Submission, *, by: User | None) -> Submission:
    """Hand in to the approver; when there is none, the region and the contact hear so.

    Refuses with what is not answered yet; evidence only warns.
    """
    current = _locked(submission)
    demand(by, "nulmeting.edit", current)
    require(can_fill_in(current))
    current.submitted_by, current.submitted_at = by, clock.now()
    current.remarks = ""
    approvers.handed_in(current, STATES.carry_out(current, "submit", by=by))
    return current


@transaction.atomic
def take_back(submission: Submission, *, by: User | None) -> Submission:
    """The editor goes on with what the approver had not decided about."""
    current = _locked(submission)
    demand(by, "nulmeting.edit", current)
    STATES.carry_out(current, "take_back", by=by)
    return current


@transaction.atomic
def give_back(submission: Submission, *, remarks: str, by: User | None) -> Submission:
    """Return it to the editor with remarks: the approver what is handed in, the team also what is
    approved (until publication)."""
    current = _locked(submission)
    if current.state == SubmissionState.APPROVED:
        demand(by, "nulmeting.lead", current)
        require(_may_approve(current))
    elif by is not None and current.municipality_id not in _approves_for(by):
        demand(by, "nulmeting.lead", current)
    return _give_back(current, remarks, by=by)


def _give_back(
    current: Submission, remarks: str, *, by: User | None, office: str = ""
) -> Submission:
    refuse_personal_data({"remarks": remarks})
    if not remarks.strip():
        raise Refused(Refusal("Schrijf op wat er anders moet.", "remarks"))
    lapse(current)
    current.remarks = remarks.strip()
    change = STATES.carry_out(current, "return", by=by, why=remarks.strip(), by_office=office)
    news.returned(current, change)
    return current


@transaction.atomic
def approve(submission: Submission, *, seen_sha256: str, by: User | None) -> Approval:
    """Stand for exactly the answers that were seen (`seen_sha256`, from the page).

    Refuses who handed it in herself, and answers that changed since the page was opened.
    """
    current = _locked(submission)
    demand(by, "nulmeting.approve", current)
    if by is not None and by.pk == current.submitted_by_id:
        raise Refused(
            Refusal(
                "U diende dit zelf in. Laat een andere vaststeller van uw gemeente vaststellen."
            )
        )
    return _approved(current, seen_sha256, way=ApprovalWay.PORTAL, by=by)


@transaction.atomic
def approve_by_link(submission: Submission, *, seen_sha256: str, office: str) -> Approval:
    """The same for an alderman without an account; link and code were checked (`invites`)."""
    return _approved(_locked(submission), seen_sha256, way=ApprovalWay.LINK, by=None, office=office)


@transaction.atomic
def give_back_by_link(submission: Submission, *, remarks: str, office: str) -> Submission:
    """Return it with remarks, for an alderman without an account."""
    return _give_back(_locked(submission), remarks, by=None, office=office)


@transaction.atomic
def approve_on_paper(
    submission: Submission, *, paper: StoredFile, paper_date: date, by: User | None
) -> Approval:
    """Write down that the college approved on paper; the region confirms it afterwards.

    For an editor or approver of the municipality. Refuses a day to come, and one before handing in.
    """
    current = _locked(submission)
    if by is not None and current.municipality_id not in _approves_for(by):
        demand(by, "nulmeting.edit", current)
    require(
        True
        if paper_date <= clock.today()
        else Refusal("Deze datum ligt in de toekomst.", "paper_date"),
    )
    return _approved(
        current,
        content.sha256_of(current),
        way=ApprovalWay.PAPER,
        by=by,
        paper=paper,
        paper_date=paper_date,
    )


@transaction.atomic
def confirm_paper(approval: Approval, *, by: User | None) -> Approval:
    """The region has seen the paper. Until then the approval is shown as not confirmed."""
    current = locked(Approval.objects.select_related("submission__round"), approval.pk)
    demand(by, "nulmeting.lead", current.submission)
    require(
        True
        if current.way == ApprovalWay.PAPER and current.lapsed_at is None
        else Refusal("Er is geen vaststelling op papier om te bevestigen."),
        True if current.confirmed_at is None else Refusal("Dit is al bevestigd."),
    )
    current.confirmed_by, current.confirmed_at = by, clock.now()
    current.save()
    StatusChange.log(current.submission, act="paper_confirmed", by=by)
    return current


def _approved(
    current: Submission,
    seen_sha256: str,
    *,
    way: str,
    by: User | None,
    office: str = "",
    **paper: Any,
) -> Approval:
    now = content.sha256_of(current)
    if seen_sha256 != now:
        raise Refused(
            Refusal("De antwoorden zijn veranderd sinds u ze las. Lees ze opnieuw; stel dan vast.")
        )
    how = _how(way, paper.get("paper_date"))
    STATES.carry_out(current, "approve", by=by, why=how, by_office=office)
    approval = Approval(
        submission=current, way=way, content_sha256=now, by=by, office=office, at=clock.now()
    )
    for name, value in paper.items():
        setattr(approval, name, value)
    approval.save()
    news.approved(current, approval)
    return approval


def _how(way: str, paper_date: date | None) -> str:
    label = str(ApprovalWay(way).label)
    return f"{label}, {long_date(paper_date)}" if paper_date else label


def changed(submission: Submission, *, by: User | None) -> None:
    """An answer changed: begin, or take back what was handed in or approved.

    For who holds the lock on the submission.
    """
    if submission.state == SubmissionState.NOT_STARTED:
        STATES.carry_out(submission, "begin", by=by)
    elif submission.state in (SubmissionState.SUBMITTED, SubmissionState.APPROVED):
        lapse(submission)
        STATES.carry_out(submission, "change", by=by, why="een antwoord is gewijzigd")


def lapse(submission: Submission) -> None:
    """The approval that holds, if any, holds no more; the row stays."""
    for approval in submission.approvals.filter(lapsed_at__isnull=True):
        approval.lapsed_at = clock.now()
        approval.save()


def _approves_for(by: User) -> frozenset[int]:
    return standing_of(by).approves_for


def _locked(submission: Submission) -> Submission:
    return locked(
        Submission.objects.select_related("round__instrument", "round__region", "municipality"),
        submission.pk,
    )
