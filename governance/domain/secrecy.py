"""Secrecy: imposed by a body on a ground with a circle, lifted by a body; every reading logged."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from core import clock
from core.models import StatusChange
from core.refusal import Refusal, Refused, require
from core.transitions import locked
from governance.domain.texts import refuse_personal_data
from governance.models import (
    Attachment,
    Body,
    Decision,
    Proposal,
    ProposalVersion,
    ReadingLog,
    Secrecy,
)
from governance.rules import demand
from governance.standing import standing_of

Target = Proposal | Attachment | Decision
LISTED = "gezien in een lijst"


def secrecies_over(obj: Target | ProposalVersion) -> QuerySet[Secrecy]:
    """Every secrecy in force that an object has of itself or inherits from what it derives from."""
    over: Q
    match obj:
        case Proposal():
            over = Q(proposal=obj)
        case ProposalVersion():
            over = Q(proposal=obj.proposal_id)
        case Attachment():
            over = Q(attachment__file=obj.file_id) | Q(proposal=obj.version.proposal_id)
        case Decision():
            over = Q(decision=obj) | Q(proposal=obj.proposal_id)
    return Secrecy.objects.filter(over, lifted_on__isnull=True)


def secret_now(obj: Target | ProposalVersion) -> bool:
    """Whether secrecy rests on the object, of itself or inherited."""
    return secrecies_over(obj).exists()


def region_of(target: Target) -> int:
    return target.version.proposal.region_id if isinstance(target, Attachment) else target.region_id


@transaction.atomic
def impose_secrecy(
    target: Target,
    *,
    body: Body,
    ground: str,
    imposed_on: date,
    circle_bodies: Iterable[Body],
    circle_people: Iterable[User] = (),
    by: User | None,
) -> Secrecy:
    """Impose secrecy by a decision of `body`. Refuses an empty ground or circle, a second one in
    force, and a circle that leaves out who records it (she could not lift it any more).

    The circle takes readers away and adds none: rights come from roles only."""
    demand(by, "body.keep", body)
    refuse_personal_data({"ground": ground})
    target = locked(type(target)._default_manager.all(), target.pk)
    demand(by, f"{type(target)._meta.model_name}.read", target)
    bodies, people = list(circle_bodies), list(circle_people)
    region = region_of(target)
    require(
        True if ground.strip() else Refusal("Noem de grond van de geheimhouding.", "ground"),
        True if bodies or people else Refusal("Kies wie het stuk mag lezen.", "circle_bodies"),
        True
        if imposed_on <= clock.today()
        else Refusal("De datum ligt in de toekomst.", "imposed_on"),
        True
        if all(b.region_id == region for b in [body, *bodies])
        else Refusal("Kies gremia van deze regio.", "circle_bodies"),
    )
    if by is not None and by not in people:
        mine = standing_of(by).bodies
        if not any(b.pk in mine for b in bodies):
            raise Refused(
                Refusal("Neem uw eigen gremium of uzelf op in de kring.", "circle_bodies")
            )
    field = type(target)._meta.model_name or ""
    same = (
        {"attachment__file": target.file_id} if isinstance(target, Attachment) else {field: target}
    )
    if Secrecy.objects.filter(lifted_on__isnull=True, **same).exists():
        raise Refused(Refusal("Op dit stuk rust al geheimhouding."))
    secrecy = Secrecy.objects.create(
        region_id=region,
        imposed_by=body,
        imposed_on=imposed_on,
        ground=ground.strip(),
        recorded_by=by,
        **{field: target},
    )
    secrecy.circle_bodies.set(bodies)
    secrecy.circle_people.set(people)
    StatusChange.log(target, act="secrecy_imposed", by=by, why=ground.strip())
    if isinstance(target, Proposal):
        from governance.news import became_secret

        became_secret(target)
    return secrecy


@transaction.atomic
def lift_secrecy(
    secrecy: Secrecy, *, body: Body, reason: str, lifted_on: date, by: User | None
) -> Secrecy:
    """Lift secrecy, by the body that imposed it, with the reason."""
    current = locked(Secrecy.objects.select_related("imposed_by"), secrecy.pk)
    demand(by, "body.keep", body)
    refuse_personal_data({"reason": reason})
    if body.pk != current.imposed_by_id:
        raise Refused(
            Refusal(f"Alleen {current.imposed_by} kan deze geheimhouding opheffen.", "body")
        )
    if current.lifted_on:
        raise Refused(Refusal("Deze geheimhouding is al opgeheven."))
    if not reason.strip():
        raise Refused(Refusal("Geef de reden van het opheffen.", field="reason"))
    if lifted_on < current.imposed_on or lifted_on > clock.today():
        raise Refused(Refusal("Die datum kan niet.", field="lifted_on"))
    current.lifted_by = body
    current.lifted_on = lifted_on
    current.lift_reason = reason.strip()
    current.save()
    target = current.proposal or current.attachment or current.decision
    if target is not None:
        StatusChange.log(target, act="secrecy_lifted", by=by, why=reason.strip())
    return current


def log_listed(
    user: User, *, proposals: Iterable[int] = (), decisions: Iterable[int] = ()
) -> list[Secrecy]:
    """Write down that a list or home named something secret: once per person, paper and day.

    Takes the keys of what was shown and returns the secrecies over it, so that the list can mark
    them. One query when nothing is secret, three at most."""
    shown = list(decisions)
    over = (
        Q(proposal__in=list(proposals)) | Q(proposal__decisions__in=shown) | Q(decision__in=shown)
    )
    found = list(Secrecy.objects.filter(over, lifted_on__isnull=True).distinct())
    if not found:
        return []
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = ReadingLog.objects.filter(
        secrecy__in=found, user=user, what=LISTED, at__gte=midnight
    ).values_list("secrecy", flat=True)
    seen = set(today)
    ReadingLog.objects.bulk_create(
        ReadingLog(secrecy=secrecy, user=user, what=LISTED, at=clock.now())
        for secrecy in found
        if secrecy.pk not in seen
    )
    return found


def log_reading(obj: Target | ProposalVersion, user: User, what: str) -> None:
    """Write down that somebody read something secret; nothing when it is not secret."""
    for secrecy in secrecies_over(obj):
        ReadingLog.objects.create(secrecy=secrecy, user=user, what=what[:120], at=clock.now())
