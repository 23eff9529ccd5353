"""Who may do what. Rights come from four places only; here are the three of this room:
membership of a body, municipal role and region role.

Each act is a named predicate over one object. Lists use `visible_to` (`governance/visible.py`), and
a test holds that the two agree.
"""

from typing import Any

from rules.predicates import predicate

from accounts.models import User
from core.rights import may, must, register
from governance.models import (
    ActionPoint,
    Body,
    Decision,
    LocalRound,
    LocalStep,
    Meeting,
    Proposal,
    Region,
    RouteStep,
)
from governance.standing import Person, standing_of
from governance.visible import visible_to

__all__ = ["can_write", "demand", "may", "must", "visible_to"]


def demand(by: User | None, act: str, obj: object) -> None:
    """Raise PermissionDenied with the reason. `None` is the shell of the installation itself."""
    if by is not None:
        must(by, act, obj)


def _region(obj: Any) -> int | None:
    """The region that an object belongs to."""
    match obj:
        case Region():
            return obj.pk
        case Body() | Proposal() | Decision() | LocalRound():
            return obj.region_id
        case Meeting() | ActionPoint():
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
def votes_in_body(user: Person, body: Body | None) -> bool:
    """Has a vote in the body today, as a member or as a deputy; a secretary never has."""
    return body is not None and body.pk in standing_of(user).votes_in


@predicate
def minutes_body(user: Person, body: Body | None) -> bool:
    """Secretary or chair: writes along in the meeting."""
    standing = standing_of(user)
    return body is not None and body.pk in standing.secretary_of | standing.chair_of


@predicate
def closes_action(user: Person, action: ActionPoint | None) -> bool:
    """Who promised it, or who keeps the minutes of the body; inside the circle of the paper."""
    if action is None or not can_read(user, action):
        return False
    return minutes_body(user, action.body) or (
        action.owner is not None and action.owner.user_id == user.pk
    )


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
def leads_round(user: Person, asked: LocalRound | None) -> bool:
    """Author body of the region, inside the circle: asks the municipalities and answers them."""
    return (
        asked is not None
        and asked.region_id in standing_of(user).author_regions
        and can_read(user, asked)
    )


@predicate
def reports_step(user: Person, step: LocalStep | None) -> bool:
    """Serves this municipality and tells what it decided, or writes it down as author body."""
    return step is not None and (
        (step.municipality_id in standing_of(user).reports_for and can_read(user, step))
        or leads_round(user, step.round)
    )


@predicate
def reads_local_papers(user: Person, asked: LocalRound | None) -> bool:
    """Texts, papers and answers of a round are for who may read the proposal itself."""
    return asked is not None and can_read(user, asked) and can_read(user, asked.proposal)


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
MINUTES = "Dit kan alleen de secretaris of de voorzitter van dit gremium."

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
register("body.minute", minutes_body, MINUTES)
register("action.read", reads, "U heeft geen toegang tot dit actiepunt.")
register("action.close", closes_action, "Dit kan wie het toezegde, of de secretaris.")
register("list.read", reads, "U heeft geen toegang tot deze besluitenlijst.")
register("body.vote", votes_in_body, "Alleen leden met stemrecht stemmen.")
register("local.read", reads, "U heeft geen toegang tot deze vraag.")
register("local.lead", leads_round, WRITES)
register(
    "local.report",
    reports_step,
    "Dit kan alleen wie voor deze gemeente de uitkomst meldt, of het programmateam.",
)
register("local.papers", reads_local_papers, "Deze stukken leest u als u het voorstel mag lezen.")
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
