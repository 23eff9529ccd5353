"""Who can stand for the answers of a municipality, and what to do when nobody can.

Who handed in does not approve, so a municipality whose only approver did so has nobody either. The
ways out are a link with a code, approving on paper, and an approver whom the region's admin adds.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from core import clock
from core.models import StatusChange
from governance.enums import MunicipalRoleKind
from governance.models import MunicipalRole
from governance.models.dated import valid_on
from nulmeting import news
from nulmeting.enums import RoundState, SubmissionState
from nulmeting.models import ApprovalInvite, Submission

RUNS = (RoundState.OPEN, RoundState.CLOSED)


def other_than(person: User | None, submission: Submission) -> bool:
    """Whether somebody else than this person can approve here today."""
    rows = _approvers().filter(municipality=submission.municipality_id)
    return rows.exclude(user=person.pk if person else 0).exists()


def without(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """What was handed in and nobody can approve: no approver but who handed it in, and no link
    under way. Of rounds that run."""
    approvers = _approvers().filter(municipality=OuterRef("municipality"))
    links = ApprovalInvite.objects.filter(
        submission=OuterRef("pk"),
        used_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=clock.now(),
    )
    return rows.filter(
        ~Exists(approvers.exclude(user=Coalesce(OuterRef("submitted_by"), 0))),
        ~Exists(links),
        state=SubmissionState.SUBMITTED,
        round__state__in=RUNS,
    )


def nobody_for(submission: Submission) -> bool:
    """Whether this submission waits for an approver who is not there."""
    return without(Submission.objects.filter(pk=submission.pk)).exists()


def _approvers() -> QuerySet[MunicipalRole]:
    return MunicipalRole.objects.filter(
        valid_on(), role=MunicipalRoleKind.APPROVER, user__is_active=True
    )


def handed_in(submission: Submission, change: StatusChange) -> None:
    """Tell the approvers that it is their turn; when there is none, who can do something about it.

    `change` is the handing in: of one, everybody is told once, whenever this is called again.
    """
    news.handed_in(submission, change)
    if nobody_for(submission):
        news.no_approver(submission, change)


def look_again() -> int:
    """Tell who became approver after the handing in, and of a municipality that lost its last one.
    Returns how many submissions wait. Run by the beat, safe to run twice."""
    rows = Submission.objects.filter(
        state=SubmissionState.SUBMITTED, round__state__in=RUNS
    ).select_related("round__region", "municipality", "submitted_by")
    for row in rows:
        change = StatusChange.of(row).filter(act="submit").first()
        if change is not None:
            with transaction.atomic():
                handed_in(row, change)
    return len(rows)
