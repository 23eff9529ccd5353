"""The life of a proposal: created, frozen, sent into its route, withdrawn, postponed."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core import clock
from core.models import StatusChange, StoredFile
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain import texts
from governance.enums import (
    LegalStatus,
    ProposalKind,
    ProposalState,
    Purpose,
    StepState,
)
from governance.models import Body, CoAuthor, Proposal, ProposalVersion, Region, RouteStep
from governance.rules import demand

CLOSED = ("adopted", "amended", "partly", "rejected", "noted")
# In these states a proposal still changes: its text, its route, its advice.
ALIVE = texts.WRITABLE


def _ready_for_route(proposal: Proposal) -> Answer:
    """Everything the route asks for: see `route_refusals`; the first reason is enough here."""
    refusals = route_refusals(proposal)
    return refusals[0] if refusals else True


def route_refusals(proposal: Proposal) -> list[Refusal]:
    """Every reason why a proposal cannot enter its route yet."""
    version = proposal.working
    if version is None:
        return [Refusal("Dit voorstel heeft nog geen tekst.")]
    reasons = []
    if not version.subject.strip():
        reasons.append(Refusal("Vul een onderwerp in.", field="subject"))
    if not version.summary.strip():
        reasons.append(
            Refusal("Schrijf een samenvatting van hoogstens 200 tekens.", field="summary")
        )
    information = proposal.kind == ProposalKind.INFORMATION
    if not information and not version.points.exists():
        reasons.append(Refusal("Voeg minstens één beslispunt toe."))
    if information and version.points.exists():
        reasons.append(
            Refusal("Een informatienota heeft geen beslispunten; kies een andere soort.")
        )
    reasons += route_faults(proposal)
    return reasons


def route_faults(proposal: Proposal) -> list[Refusal]:
    """What is wrong with the route as a whole: a stop that can never be done, or its ending."""
    ending = route_ending(proposal)
    faults = [] if ending else [ending]
    for step in _stops(proposal):
        if step.purpose in (Purpose.CONSENT, Purpose.DECIDE):
            if proposal.kind == ProposalKind.INFORMATION:
                faults.append(
                    Refusal(f"Over een informatienota besluit niemand; wijzig {step.body}.")
                )
            elif step.purpose == Purpose.DECIDE and step.body.legal_status != LegalStatus.ORGAN:
                faults.append(_no_organ(step.body))
    return list(dict.fromkeys(faults))


def _stops(proposal: Proposal) -> list[RouteStep]:
    """Stops that are not passed by, from rows at hand when a list has read them."""
    return [step for step in proposal.steps.all() if step.state != StepState.SKIPPED]


def _no_organ(body: Body) -> Refusal:
    return Refusal(
        f"{body} kan niet besluiten: alleen een bestuursorgaan besluit. "
        "Kies 'instemmen' met daarna lokale besluiten, of een ander gremium."
    )


def route_ending(proposal: Proposal) -> Answer:
    """Whether the route ends where this kind of proposal must end.

    In a decision of a bestuursorgaan; in consent followed by local decisions; or, for an
    informatienota, in taking note.
    """
    steps = _stops(proposal)
    if not steps:
        return Refusal("Kies eerst een route.")
    last = steps[-1]
    if proposal.kind == ProposalKind.INFORMATION:
        if last.purpose == Purpose.NOTE:
            return True
        return Refusal("De route van een informatienota eindigt met kennisnemen.")
    if last.purpose == Purpose.DECIDE:
        if last.body.legal_status == LegalStatus.ORGAN:
            return True
        return _no_organ(last.body)
    if last.purpose == Purpose.CONSENT:
        if proposal.local_decisions:
            return True
        return Refusal("Na instemmen besluit elke gemeente zelf: zet dat aan bij dit voorstel.")
    return Refusal("De route eindigt nog niet in een besluit, of in instemmen.")


STATES: TransitionTable[Proposal] = TransitionTable(
    [
        Transition("enter_route", ("concept",), "in_route", "De route in", _ready_for_route),
        Transition("postpone", ("in_route",), "postponed", "Uitstellen"),
        Transition("resume", ("postponed",), "in_route", "Verder met de route"),
        Transition("withdraw", ("concept", "in_route", "postponed"), "withdrawn", "Intrekken"),
        Transition("replace", CLOSED, "replaced", "Vervangen"),
        Transition("adopt", ("in_route",), "adopted", "Vaststellen"),
        Transition("amend", ("in_route",), "amended", "Gewijzigd vaststellen"),
        Transition("adopt_partly", ("in_route",), "partly", "Deels vaststellen"),
        Transition("reject", ("in_route",), "rejected", "Niet vaststellen"),
        Transition("note", ("in_route",), "noted", "Voor kennisgeving aannemen"),
    ]
)


@transaction.atomic
def create_proposal(
    region: Region,
    *,
    by: User | None,
    kind: str,
    subject: str,
    author_body: Body,
    commissioned_by: Body | None = None,
    source_file: StoredFile | None = None,
    local_decisions: bool = False,
    example: bool = False,
    **header: Any,
) -> Proposal:
    """Begin a proposal with an empty first version; numbered per region.

    `header` holds fields of the version (see texts.HEADER_FIELDS). Refuses a body of another
    region and a body that writes no proposals, or no longer exists.
    """
    demand(by, "proposal.create", region)
    writes = author_body.writes_proposals and author_body.is_current()
    if author_body.region_id != region.pk or not writes:
        raise Refused(
            Refusal("Kies een gremium van deze regio dat voorstellen schrijft.", "author_body")
        )
    _refuse_kind(kind, region, commissioned_by)
    texts.refuse_header({"subject": subject, **header})
    # The region is locked, so that two proposals begun at once get two numbers.
    locked(Region.objects.all(), region.pk)
    last = region.proposals.aggregate(last=Max("number"))["last"] or 0
    proposal = Proposal.objects.create(
        region=region,
        number=last + 1,
        kind=kind,
        author_body=author_body,
        commissioned_by=commissioned_by,
        source_file=source_file,
        local_decisions=local_decisions,
        example=example,
        created_by=by,
        created_at=clock.now(),
    )
    proposal.working = ProposalVersion.objects.create(
        proposal=proposal, number=1, subject=subject.strip(), **header
    )
    proposal.save()
    StatusChange.log(
        proposal, act="imported" if source_file else "created", by=by, after=proposal.state
    )
    return proposal


@transaction.atomic
def edit_proposal(
    proposal: Proposal,
    *,
    kind: str,
    commissioned_by: Body | None,
    local_decisions: bool,
    by: User | None,
) -> Proposal:
    """Change what kind of paper it is, while it is a concept."""
    current = locked(Proposal.objects.all(), proposal.pk)
    demand(by, "proposal.write", current)
    if current.state != ProposalState.CONCEPT:
        raise Refused(Refusal("De soort verandert niet meer als het voorstel onderweg is.", "kind"))
    _refuse_kind(kind, current.region, commissioned_by)
    current.kind = kind
    current.commissioned_by = commissioned_by
    current.local_decisions = local_decisions
    current.save()
    StatusChange.log(current, act="edited", by=by, why=current.get_kind_display())
    return current


def _refuse_kind(kind: str, region: Region, commissioned_by: Body | None) -> None:
    if kind not in ProposalKind.values:
        raise Refused(Refusal("Kies de soort van het voorstel.", field="kind"))
    if commissioned_by and commissioned_by.region_id != region.pk:
        raise Refused(Refusal("Kies een gremium van deze regio.", field="commissioned_by"))


@transaction.atomic
def freeze_version(
    proposal: Proposal, *, by: User | None, change_note: str = ""
) -> ProposalVersion:
    """Fix the working version, so that everybody on the route reads the same; returns it.

    A version that is already frozen is returned as it is.
    """
    current = locked(Proposal.objects.all(), proposal.pk)
    demand(by, "proposal.write", current)
    return freeze_text(current, by=by, change_note=change_note)


def freeze_text(current: Proposal, *, by: User | None, change_note: str = "") -> ProposalVersion:
    """The act of `freeze_version` on a locked proposal, for who has the right already: a secretary
    who puts it on her agenda. The version gets a lock of its own, for its writers hold that one.
    """
    if current.working_id is None:
        raise ValueError("a proposal always has a version")
    version = locked(ProposalVersion.objects.all(), current.working_id)
    current.working = version
    if version.frozen_at:
        return version
    require(
        True
        if current.state in ALIVE
        else Refusal(f"Dit voorstel is {current.plain_state}; de tekst ligt vast."),
        True if version.subject.strip() else Refusal("Vul een onderwerp in.", "subject"),
    )
    if change_note:
        texts.refuse_header({"change_note": change_note})
        version.change_note = change_note
    version.frozen_at = clock.now()
    version.frozen_by = by
    version.save()
    StatusChange.log(current, act="frozen", by=by, why=f"versie {version.number}")
    return version


@transaction.atomic
def enter_route(proposal: Proposal, *, by: User | None) -> Proposal:
    """Send a proposal into its route with a frozen version. Refuses with every reason at once."""
    current = locked(Proposal.objects.select_related("working"), proposal.pk)
    demand(by, "proposal.lead", current)
    if current.state == ProposalState.CONCEPT:
        require(*route_refusals(current))
    STATES.carry_out(current, "enter_route", by=by)
    freeze_text(current, by=by)
    return current


@transaction.atomic
def change_state(proposal: Proposal, act: str, *, by: User | None, why: str) -> Proposal:
    """Postpone, resume or withdraw, with the reason. Refuses an empty reason.

    Postponed or withdrawn, it also comes off the agendas it was on. Withdrawn, it takes along what
    municipalities were asked about it.
    """
    from governance.domain.local import withdraw_with
    from governance.domain.route import take_off_agenda

    if act not in ("postpone", "resume", "withdraw"):
        raise ValueError(act)
    current = locked(Proposal.objects.all(), proposal.pk)
    demand(by, "proposal.lead", current)
    if act != "resume" and not why.strip():
        raise Refused(Refusal("Geef de reden; die staat in het verloop.", field="why"))
    texts.refuse_personal_data({"why": why})
    STATES.carry_out(current, act, by=by, why=why.strip())
    if act != "resume":
        for step in current.steps.filter(state=StepState.ON_AGENDA):
            take_off_agenda(step, by=by, why=why.strip())
    if act == "withdraw":
        withdraw_with(current, why=why.strip(), by=by)
    return current


@transaction.atomic
def add_coauthor(proposal: Proposal, person: User, *, by: User) -> CoAuthor:
    """Let somebody outside the author body write along on this proposal."""
    current = locked(Proposal.objects.all(), proposal.pk)
    demand(by, "proposal.lead", current)
    if current.state not in ALIVE:
        state = current.plain_state
        raise Refused(Refusal(f"Dit voorstel is {state}; er valt niets meer te schrijven."))
    if not person.is_active:
        raise Refused(Refusal("Dit account is niet actief.", field="user"))
    if current.coauthors.filter(user=person).exists():
        raise Refused(Refusal("Deze persoon schrijft al mee.", field="user"))
    coauthor = CoAuthor.objects.create(
        proposal=current, user=person, granted_by=by, valid_from=clock.today()
    )
    StatusChange.log(current, act="coauthor_added", by=by, why=str(person))
    return coauthor


@transaction.atomic
def remove_coauthor(coauthor: CoAuthor, *, by: User) -> None:
    """End the right to write along; what was written stays."""
    current = locked(Proposal.objects.all(), coauthor.proposal_id)
    demand(by, "proposal.lead", current)
    if not current.coauthors.filter(pk=coauthor.pk).exists():
        raise Refused(Refusal("Deze persoon schrijft al niet meer mee."))
    StatusChange.log(current, act="coauthor_removed", by=by, why=str(coauthor.user))
    coauthor.delete()


def next_step(proposal: Proposal) -> RouteStep | None:
    """The first stop that is not handled or skipped: where the proposal is now."""
    return (
        proposal.steps.select_related("body", "meeting")
        .exclude(state__in=[StepState.HANDLED, StepState.SKIPPED])
        .first()
    )
