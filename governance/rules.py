"""Who may do what. Rights come from four places only; here are the three of this room:
membership of a body, municipal role and region role.

Each act is a named predicate over one object. Lists use `visible_to`, and a test holds that the
two agree.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from rules.predicates import predicate

from accounts.models import User
from core.rights import may, must, register
from governance.enums import DecisionState, ProposalState
from governance.models import (
    Attachment,
    Body,
    Decision,
    Meeting,
    Proposal,
    ProposalVersion,
    Region,
    RouteStep,
    Secrecy,
)
from governance.standing import Person, Standing, standing_of

__all__ = ["can_write", "demand", "may", "must", "visible_to"]

M = TypeVar("M", bound=Model)


def demand(by: User | None, act: str, obj: object) -> None:
    """Raise PermissionDenied with the reason. `None` is the shell of the installation itself."""
    if by is not None:
        must(by, act, obj)


# Lists ------------------------------------------------------------------------------------------


def _outside_circle(user: Person, **target: Any) -> Exists:
    """Secrecy in force over the target whose circle this person is not in."""
    hidden = Secrecy.objects.filter(lifted_on__isnull=True, **target)
    return Exists(hidden.exclude(pk__in=standing_of(user).circles))


def _by_papers(user: Person, proposal: str) -> Q:
    """Proposals read by right of a role: as author, as member of a body that got the papers, or as
    secretary or chair of a body on the route. `proposal` is the path to it from the model at hand.
    """
    standing = standing_of(user)
    steps = RouteStep.objects.filter(proposal=OuterRef(proposal))
    got_papers = steps.filter(body__in=standing.reads_papers_of, version__isnull=False)
    on_route = steps.filter(body__in=standing.secretary_of | standing.chair_of).exclude(
        proposal__state=ProposalState.CONCEPT
    )
    return _writes(standing, proposal) | Q(Exists(got_papers)) | Q(Exists(on_route))


def _writes(standing: Standing, proposal: str) -> Q:
    prefix = "" if proposal == "pk" else f"{proposal}__"
    return Q(**{f"{prefix}region__in": standing.author_regions}) | Q(
        **{f"{proposal}__in": standing.coauthor_of}
    )


def _published(user: Person, **target: Any) -> Exists:
    """A decision in a region of this person that was published; replaced later, it stays so."""
    regions = standing_of(user).regions
    made_public = Decision.objects.filter(published_at__isnull=False, region__in=regions, **target)
    return Exists(made_public.exclude(_outside_circle(user, decision=OuterRef("pk"))))


def visible_proposals(user: Person) -> QuerySet[Proposal]:
    """Proposals this person may read: as author, as member of a body that got the papers, as its
    secretary from the start of the route, or once its decision is published."""
    return Proposal.objects.filter(
        _by_papers(user, "pk") | Q(_published(user, proposal=OuterRef("pk"))),
        ~_outside_circle(user, proposal=OuterRef("pk")),
    )


def visible_versions(user: Person) -> QuerySet[ProposalVersion]:
    """Versions of visible proposals. Authors read every one; a body what it got and what went
    before that; its secretary and chair all that was frozen; others what was published."""
    standing = standing_of(user)
    steps = RouteStep.objects.filter(proposal=OuterRef("proposal"))
    got = steps.filter(body__in=standing.reads_papers_of, version__number__gte=OuterRef("number"))
    keeps = steps.filter(body__in=standing.secretary_of | standing.chair_of)
    return ProposalVersion.objects.filter(
        _writes(standing, "proposal")
        | (
            Q(frozen_at__isnull=False)
            & (Q(Exists(got)) | Q(Exists(keeps)) | Q(_published(user, version=OuterRef("pk"))))
        ),
        proposal__in=visible_proposals(user),
    )


def visible_attachments(user: Person) -> QuerySet[Attachment]:
    """Attachments of visible versions. A secret file stays secret in every version it is in."""
    return Attachment.objects.filter(
        ~_outside_circle(user, attachment__file=OuterRef("file")),
        version__in=visible_versions(user),
    )


def visible_decisions(user: Person) -> QuerySet[Decision]:
    """Decisions on visible proposals: recorded, for who wrote or decided; final, for who got the
    papers; published, for everybody in the region."""
    standing = standing_of(user)
    return Decision.objects.filter(
        _writes(standing, "proposal")
        | Q(body__in=standing.reads_papers_of)
        | (~Q(state=DecisionState.RECORDED) & _by_papers(user, "proposal"))
        | Q(published_at__isnull=False),
        ~_outside_circle(user, decision=OuterRef("pk")),
        proposal__in=visible_proposals(user),
    )


def visible_meetings(user: Person) -> QuerySet[Meeting]:
    """Meetings of the bodies whose papers this person gets; authors see those of their region."""
    standing = standing_of(user)
    return Meeting.objects.filter(
        Q(body__in=standing.reads_papers_of) | Q(body__region__in=standing.author_regions)
    )


_VISIBLE: dict[type[Any], Callable[[Person], QuerySet[Any]]] = {
    Proposal: visible_proposals,
    ProposalVersion: visible_versions,
    Attachment: visible_attachments,
    Decision: visible_decisions,
    Meeting: visible_meetings,
}


def visible_to(user: Person, model: type[M]) -> QuerySet[M]:
    """The rows of a governed model this person may read; the one entrance for every list."""
    rows: QuerySet[Any] = _VISIBLE[model](user)
    return rows


# Acts -------------------------------------------------------------------------------------------


def _region(obj: Any) -> int | None:
    """The region that an object belongs to."""
    match obj:
        case Region():
            return obj.pk
        case Body() | Proposal() | Decision():
            return obj.region_id
        case Meeting():
            return obj.body.region_id
    return None


@predicate
def writes_in_region(user: Person, obj: Any) -> bool:
    """Sits in a body of the region that writes proposals (the programme team)."""
    return obj is not None and _region(obj) in standing_of(user).author_regions


@predicate
def writes_proposal(user: Person, proposal: Proposal | None) -> bool:
    """Author body or named co-author, and inside the circle when it is secret."""
    if proposal is None or not can_read(user, proposal):
        return False
    standing = standing_of(user)
    return proposal.region_id in standing.author_regions or proposal.pk in standing.coauthor_of


@predicate
def leads_proposal(user: Person, proposal: Proposal | None) -> bool:
    """Author body only: a co-author writes, but does not steer the route."""
    return (
        proposal is not None
        and proposal.region_id in standing_of(user).author_regions
        and can_read(user, proposal)
    )


@predicate
def keeps_body(user: Person, body: Body | None) -> bool:
    """Secretary of the body: keeps its agenda, records its advice and decisions."""
    return body is not None and body.pk in standing_of(user).secretary_of


@predicate
def plans_for_body(user: Person, body: Body | None) -> bool:
    """The secretary plans meetings; the author body plans the route along them."""
    return body is not None and (
        body.pk in standing_of(user).secretary_of
        or body.region_id in standing_of(user).author_regions
    )


@predicate
def plans_step(user: Person, step: RouteStep | None) -> bool:
    """The author body plans its route; the secretary of the body keeps her own agenda."""
    return step is not None and (
        leads_proposal(user, step.proposal)
        or (step.body_id in standing_of(user).secretary_of and can_read(user, step.proposal))
    )


@predicate
def administers(user: Person, region: Region | None) -> bool:
    """Keeps the organisation of the region. Gives no right to read papers."""
    return region is not None and region.pk in standing_of(user).admin_regions


@predicate
def belongs_to_region(user: Person, region: Region | None) -> bool:
    """Has any membership or role in the region."""
    return region is not None and region.pk in standing_of(user).regions


@predicate
def reads(user: Person, obj: Any) -> bool:
    """The row is among those that `visible_to` gives."""
    return obj is not None and can_read(user, obj)


def can_read(user: Person, obj: Any) -> bool:
    return visible_to(user, type(obj)).filter(pk=obj.pk).exists()


WRITES = "Dit kan alleen iemand van het programmateam van deze regio."
KEEPS = "Dit kan alleen de secretaris van dit gremium."

register("region.enter", belongs_to_region, "U heeft geen rol in deze regio.")
register("region.manage", administers, "Dit kan alleen de beheerder van deze regio.")
register("proposal.create", writes_in_region, WRITES)
register("proposal.read", reads, "U heeft geen toegang tot dit voorstel.")
register("proposal.write", writes_proposal, "Alleen het programmateam en medeauteurs schrijven.")
register("proposal.lead", leads_proposal, WRITES)
register("attachment.read", reads, "U heeft geen toegang tot deze bijlage.")
register("meeting.read", reads, "U heeft geen toegang tot deze vergadering.")
register("meeting.plan", plans_for_body, KEEPS)
register("step.plan", plans_step, "Dit kan het programmateam of de secretaris.")
register("body.keep", keeps_body, KEEPS)
register("decision.read", reads, "U heeft geen toegang tot dit besluit.")


def can_write(user: Person) -> bool:
    """Whether anything at all can be written: such accounts need a second factor (BIO2)."""
    standing = standing_of(user)
    return bool(
        standing.author_regions
        or standing.admin_regions
        or standing.secretary_of
        or standing.coauthor_of
        or standing.municipalities
        or getattr(user, "is_superuser", False)
    )
