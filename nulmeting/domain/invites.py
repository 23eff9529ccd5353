"""Approving without an account: a link by mail to the alderman, and a code by telephone.

Who holds only the mail or only the code gets nowhere. The link leads to the answers as they are
when it is opened; approving binds to exactly those.
"""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.notices import absolute
from accounts.tokens import new_token, sha256_of
from core import clock
from core.formats import long_date
from core.models import StatusChange
from core.outbox import enqueue_mail
from core.refusal import Answer, Refusal, require
from core.transitions import locked
from governance.domain.texts import refuse_personal_data
from governance.rules import demand
from nulmeting.domain import submissions
from nulmeting.enums import SubmissionState
from nulmeting.models import Approval, ApprovalInvite, Submission

VALID = timedelta(days=14)
MAX_ATTEMPTS = 5
CODE_DIGITS = 6
ASK = "Vraag de invuller van uw gemeente om een nieuwe link."


@transaction.atomic
def send_invite(
    submission: Submission, *, email: str, office: str, by: User | None
) -> tuple[ApprovalInvite, str, str]:
    """Ask an alderman to approve; returns the invite, its token and its code.

    The code is shown once, to the editor, who gives it by telephone. A former link stops working.
    Refuses what is not handed in, and an address of who handed it in.
    """
    current = locked(
        Submission.objects.select_related("round__region", "municipality", "submitted_by"),
        submission.pk,
    )
    demand(by, "nulmeting.edit", current)
    email, office = email.strip().lower(), office.strip()
    refuse_personal_data({"office": office})
    handed_in_by = current.submitted_by.email.lower() if current.submitted_by else ""
    require(
        True
        if current.state == SubmissionState.SUBMITTED
        else Refusal("Dien de nulmeting eerst in; daarna kan zij worden vastgesteld."),
        _address(email),
        Refusal("Wie indient, stelt niet vast. Kies iemand anders.", "email")
        if email == handed_in_by
        else True,
        True if office else Refusal("Vul de functie in, bijvoorbeeld: wethouder jeugd.", "office"),
        True if len(office) <= 120 else Refusal("De functie telt hoogstens 120 tekens.", "office"),
    )
    now = clock.now()
    for former in _open(current):
        former.withdrawn_at = now
        former.save()
    token, code = new_token(), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    invite = ApprovalInvite.objects.create(
        submission=current,
        email=email,
        office=office,
        token_sha256=sha256_of(token),
        code_hash=make_password(code),
        sent_by=by,
        sent_at=now,
        expires_at=now + VALID,
    )
    StatusChange.log(current, act="invite_sent", by=by, why=office)
    _mail(invite, current, token)
    return invite, token, code


def _mail(invite: ApprovalInvite, submission: Submission, token: str) -> None:
    path = reverse("nulmeting:by-link", args=[submission.round.region.slug, token])
    context = {
        "submission": submission,
        "office": invite.office,
        "link": absolute(path),
        "until": long_date(invite.expires_at),
        "by": invite.sent_by,
    }
    enqueue_mail(
        key=f"nulmeting-invite:{invite.pk}",
        to=invite.email,
        subject=f"Nulmeting {submission.round.year} van {submission.municipality}: stelt u vast?",
        text=render_to_string("nulmeting/mail/invite.txt", context).strip(),
    )


def invite_of(token: str) -> ApprovalInvite | None:
    """The invite behind a link, whatever its state; None for a link that never was."""
    rows = ApprovalInvite.objects.select_related(
        "submission__round__region", "submission__round__instrument", "submission__municipality"
    )
    return rows.filter(token_sha256=sha256_of(token)).first()


def can_use(invite: ApprovalInvite) -> Answer:
    """Whether the link still works, or why not and what to do."""
    if invite.used_at:
        return Refusal("Met deze link is al vastgesteld of teruggegeven.")
    if invite.withdrawn_at:
        return Refusal(f"Deze link werkt niet meer. {ASK}")
    if clock.now() >= invite.expires_at:
        return Refusal(f"Deze link was geldig tot {long_date(invite.expires_at)}. {ASK}")
    if invite.submission.state != SubmissionState.SUBMITTED:
        return Refusal(
            "De gemeente werkt weer aan de antwoorden. U krijgt een nieuwe link als ze klaar zijn."
        )
    return True


def try_code(invite: ApprovalInvite, code: str) -> bool:
    """Whether this is the code; after five wrong ones the link stops working.

    Each try is counted before it is looked at, so that tries at once do not slip through.
    """
    with transaction.atomic():
        current = locked(ApprovalInvite.objects.select_related("submission"), invite.pk)
        require(can_use(current))
        current.attempts += 1
        if current.attempts >= MAX_ATTEMPTS:
            current.withdrawn_at = clock.now()
        current.save()
        right = check_password("".join(code.split()), current.code_hash)
        if right:
            current.attempts, current.withdrawn_at = 0, None
            current.save()
    return right


@transaction.atomic
def approve(invite: ApprovalInvite, *, seen_sha256: str) -> Approval:
    """The alderman stands for exactly what she saw; the link is used up."""
    current = _use(invite)
    return submissions.approve_by_link(
        current.submission, seen_sha256=seen_sha256, office=current.office
    )


@transaction.atomic
def give_back(invite: ApprovalInvite, *, remarks: str) -> Submission:
    """The alderman returns it with remarks; the link is used up."""
    current = _use(invite)
    return submissions.give_back_by_link(current.submission, remarks=remarks, office=current.office)


def _use(invite: ApprovalInvite) -> ApprovalInvite:
    current = locked(ApprovalInvite.objects.select_related("submission"), invite.pk)
    require(can_use(current))
    current.used_at = clock.now()
    current.save()
    return current


@transaction.atomic
def withdraw(submission: Submission, *, by: User | None) -> int:
    """Take the open link back; returns how many."""
    demand(by, "nulmeting.edit", submission)
    former = _open(submission)
    for each in former:
        each.withdrawn_at = clock.now()
        each.save()
    return len(former)


def _open(submission: Submission) -> list[ApprovalInvite]:
    return list(submission.invites.filter(used_at__isnull=True, withdrawn_at__isnull=True))


def open_invite(submission: Submission) -> ApprovalInvite | None:
    """The link that works now, if any."""
    return next((each for each in _open(submission) if clock.now() < each.expires_at), None)


def _address(email: str) -> Answer:
    try:
        validate_email(email)
    except ValidationError:
        return Refusal("Vul een geldig e-mailadres in, zoals naam@gemeente.nl.", "email")
    return True
