"""What a person may see: one queryset per model, by the way of `visible_to`.

Secrecy takes rows away and adds none. A single row is asked about in `governance/rules.py`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, Value, When

from governance.enums import (
    DECIDED,
    DecisionState,
    ListState,
    ProposalState,
    PublicationRegime,
)
from governance.models import (
    ActionPoint,
    Attachment,
    Decision,
    DecisionList,
    LocalRound,
    LocalStep,
    Meeting,
    Proposal,
    ProposalVersion,
    RouteStep,
    Secrecy,
    WrittenRound,
)
from governance.standing import Person, Standing, standing_of

M = TypeVar("M", bound=Model)


def _outside_circle(user: Person, **target: Any) -> Exists:
    """Secrecy in force over the target whose circle this person is not in."""
    hidden = Secrecy.objects.filter(lifted_on__isnull=True, **target)
    return Exists(hidden.exclude(pk__in=standing_of(user).circles))


def _by_papers(user: Person, proposal: str) -> Q:
    """Proposals read by right of a role: as author, as member of a body that got the papers, or as
    secretary or chair of a body on the route, or for a municipality that was asked about it.
    `proposal` is the path to it from the model at hand.
    """
    standing = standing_of(user)
    steps = RouteStep.objects.filter(proposal=OuterRef(proposal))
    got_papers = steps.filter(body__in=standing.reads_papers_of, version__isnull=False)
    on_route = steps.filter(body__in=standing.secretary_of | standing.chair_of).exclude(
        proposal__state=ProposalState.CONCEPT
    )
    return (
        _writes(standing, proposal)
        | Q(Exists(got_papers))
        | Q(Exists(on_route))
        | _asked(standing, round__proposal=OuterRef(proposal))
    )


def _asked(standing: Standing, **about: Any) -> Q:
    """The municipality of this person was asked about it, so it got the papers."""
    if not standing.municipalities:
        return Q()
    steps = LocalStep.objects.filter(municipality__in=standing.municipalities, **about)
    return Q(Exists(steps))


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
            & (
                Q(Exists(got))
                | Q(Exists(keeps))
                | Q(_published(user, version=OuterRef("pk")))
                | _asked(
                    standing,
                    round__proposal=OuterRef("proposal"),
                    round__version__number__gte=OuterRef("number"),
                )
            )
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


def visible_actions(user: Person) -> QuerySet[ActionPoint]:
    """Action points of the bodies whose papers this person gets, and her own; authors see those of
    their region. What was promised on a secret paper stays within its circle."""
    standing = standing_of(user)
    return ActionPoint.objects.filter(
        Q(body__in=standing.reads_papers_of)
        | Q(body__region__in=standing.author_regions)
        | Q(owner__user=user if user.is_authenticated else None, owner__isnull=False),
        ~_outside_circle(user, proposal=OuterRef("item__step__proposal")),
        ~_outside_circle(user, decision__step=OuterRef("item__step")),
    )


def visible_lists(user: Person) -> QuerySet[DecisionList]:
    """Decision lists in preparation, for who keeps them; published, for who gets the papers, and
    for everybody in the region unless the body is closed."""
    standing = standing_of(user)
    published = ~Q(state=ListState.CONCEPT)
    return DecisionList.objects.filter(
        Q(meeting__body__in=standing.secretary_of | standing.chair_of)
        | published
        & (
            Q(meeting__in=visible_meetings(user))
            | (
                Q(meeting__body__region__in=standing.regions)
                & ~Q(meeting__body__publication=PublicationRegime.CLOSED)
            )
        )
    )


def visible_rounds(user: Person) -> QuerySet[WrittenRound]:
    """Written rounds of the meetings this person sees, on papers she may read. Its outcome is the
    decision: where that is secret, so is the round."""
    return WrittenRound.objects.filter(
        ~_outside_circle(user, decision__step=OuterRef("step")),
        meeting__in=visible_meetings(user),
        step__proposal__in=visible_proposals(user),
    )


def visible_local_rounds(user: Person) -> QuerySet[LocalRound]:
    """Questions to the municipalities: once asked, everybody inside the region sees where each
    stands; who sits in an external body, or writes along, only of papers she may read. A concept
    is for its authors. Inherits the secrecy of proposal and decision."""
    standing = standing_of(user)
    asked = Q(region__in=standing.inside)
    if outside := standing.regions - standing.inside:
        asked |= Q(region__in=outside, proposal__in=visible_proposals(user))
    return LocalRound.objects.filter(
        Q(region__in=standing.author_regions) | (asked & Q(asked_on__isnull=False)),
        ~_outside_circle(user, proposal=OuterRef("proposal")),
        ~_outside_circle(user, decision=OuterRef("decision")),
    )


def visible_local_steps(user: Person) -> QuerySet[LocalStep]:
    """What each municipality answered, in the rounds that this person sees."""
    return LocalStep.objects.filter(round__in=visible_local_rounds(user))


_VISIBLE: dict[type[Any], Callable[[Person], QuerySet[Any]]] = {
    Proposal: visible_proposals,
    ProposalVersion: visible_versions,
    Attachment: visible_attachments,
    Decision: visible_decisions,
    Meeting: visible_meetings,
    ActionPoint: visible_actions,
    DecisionList: visible_lists,
    WrittenRound: visible_rounds,
    LocalRound: visible_local_rounds,
    LocalStep: visible_local_steps,
}


def let_read(model: type[Model], rows: Callable[[Person], QuerySet[Any]]) -> None:
    """Add the list of one model at start-up: rights of one part of the room stand apart."""
    _VISIBLE[model] = rows


def visible_to(user: Person, model: type[M]) -> QuerySet[M]:
    """The rows of a governed model this person may read; the one entrance for every list."""
    rows: QuerySet[Any] = _VISIBLE[model](user)
    return rows


# What follows from a decision that alone is secret ------------------------------------------------


def hidden_decisions(user: Person) -> QuerySet[Decision]:
    """Decisions of which this person may not even know that they exist."""
    return Decision.objects.filter(_outside_circle(user, decision=OuterRef("pk")))


def as_seen_by(user: Person, rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With the state that this person may know: what was decided in secret is still in route."""
    hides = Exists(hidden_decisions(user).filter(proposal=OuterRef("pk")))
    secret = When(hides, state__in=DECIDED, then=Value(ProposalState.IN_ROUTE))
    state = Case(secret, default=F("state"))
    return rows.annotate(hides_decision=hides, shown_state=state)  # type: ignore[no-redef]


def steps_seen_by(user: Person) -> QuerySet[RouteStep]:
    """Stops in order; each knows whether this person may know of a decision there."""
    hidden = Exists(hidden_decisions(user).filter(step=OuterRef("pk")))
    return (
        RouteStep.objects.annotate(tells_decision=~hidden)  # type: ignore[no-redef]
        .select_related("body", "meeting")
        .order_by("order", "pk")
    )
