"""What waits for a person, and until when.

Composed from what somebody is (author, co-author, secretary), so that a person who is several gets
all of it in one list. Every source is one query with its prefetches, over open states or begun
meetings only: the number of queries is fixed, whatever the number of proposals or regions.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from core import clock
from core.formats import local_day, short_date
from governance.domain import proposals as proposal_acts
from governance.domain.decision_lists import PUBLISH_WITHIN
from governance.domain.meetings import COMING, delivery_day
from governance.domain.route import CONCLUDING, OPEN, Waiting
from governance.domain.route import waiting as waiting_from
from governance.enums import DecisionState, MeetingState, ProposalState, Purpose, StepState
from governance.models import AdvicePoint, Decision, Meeting, Proposal, Region, RouteStep, Secrecy
from governance.planning import risks_of
from governance.queries import day_of
from governance.rules import visible_to
from governance.standing import Person, Standing, standing_of
from governance.visible import steps_seen_by
from governance.waiting_admin import jobs_of_admin
from governance.waiting_job import Job, jobs_of_upper_rooms
from governance.waiting_minutes import jobs_of_minutes

OPEN_STATES = (ProposalState.CONCEPT, ProposalState.IN_ROUTE, ProposalState.POSTPONED)
HORIZON = timedelta(days=21)  # what is to be delivered later than this does not wait yet


def open_proposals(user: Person, regions: Collection[Region]) -> list[Proposal]:
    """Open proposals on which this person has something to do, with route and advice."""
    standing = standing_of(user)
    if not (standing.author_regions or standing.coauthor_of or standing.secretary_of):
        return []
    steps = steps_seen_by(user).select_related("version")
    advice = AdvicePoint.objects.select_related("body").order_by("given_on", "body_id", "number")
    keeps = RouteStep.objects.filter(proposal=OuterRef("pk"), body__in=standing.secretary_of)
    found = list(
        visible_to(user, Proposal)
        .filter(
            Q(region__in=standing.author_regions)
            | Q(pk__in=standing.coauthor_of)
            | Q(Exists(keeps)),
            region__in=regions,
            state__in=OPEN_STATES,
        )
        .select_related("region", "working", "author_body")
        .prefetch_related(Prefetch("steps", steps), Prefetch("advice", advice), "working__points")
        .order_by("-number")
    )
    for proposal in found:
        for step in proposal.steps.all():
            step.proposal = proposal
            if step.meeting:
                step.meeting.body = step.body
    return found


def jobs_for(
    user: Person, regions: Collection[Region], found: Collection[Proposal] | None = None
) -> list[Job]:
    """Everything that waits for this person in these regions, the most pressing first.

    `found` are the `open_proposals`, for who has read them already.
    """
    standing = standing_of(user)
    slugs = {region.pk: region.slug for region in regions}
    jobs: dict[tuple[str, int], Job] = {}
    if found is None:
        found = open_proposals(user, regions)
    for job in _all_jobs(user, standing, slugs, found):
        jobs.setdefault(job.subject, job)
    return sorted(jobs.values(), key=Job.pressing)


def _all_jobs(
    user: Person, standing: Standing, slugs: dict[int, str], found: Collection[Proposal]
) -> Iterator[Job]:
    """The secretary's jobs first: of who is author as well, they are the nearest act."""
    for proposal in found:
        for step in proposal.steps.all():
            if step.body_id in standing.secretary_of:
                yield from _keeping(proposal, step)
    if standing.secretary_of:
        yield from _unrecorded_meetings(standing, slugs)
        yield from _open_decisions(user, standing, slugs)
    yield from jobs_of_minutes(user, standing, slugs)
    yield from jobs_of_admin(standing, slugs)
    for proposal in found:
        if proposal.region_id in standing.author_regions:
            yield from _leading(proposal)
        elif proposal.pk in standing.coauthor_of and proposal.state == ProposalState.CONCEPT:
            yield _job(proposal, "Schrijf mee aan een concept", proposal, name="proposal-write")
    from governance import local_waiting, questions_waiting  # they yield jobs of this module

    yield from local_waiting.jobs(user, standing, slugs)
    yield from questions_waiting.jobs(user, standing, slugs)
    yield from jobs_of_upper_rooms(user, standing, slugs)


# The author body -------------------------------------------------------------------------------


def _leading(proposal: Proposal) -> Iterator[Job]:
    if proposal.state == ProposalState.CONCEPT:
        yield _concept(proposal)
    elif proposal.state == ProposalState.POSTPONED:
        yield _job(
            proposal,
            "Bepaal hoe het verder gaat met een uitgesteld voorstel",
            proposal,
        )
    else:
        yield from _under_way(proposal)


def _concept(proposal: Proposal) -> Job:
    first = next((s for s in proposal.steps.all() if s.meeting), None)
    due = delivery_day(first.meeting) if first and first.meeting else None
    refusals = proposal_acts.route_refusals(proposal)
    if not refusals:
        return _job(proposal, "Stuur een concept de route in", proposal, due=due)
    more = len(refusals) - 1
    rest = f" Daarna nog {more} {'punt' if more == 1 else 'punten'}." if more else ""
    return _job(
        proposal,
        "Maak een concept klaar voor de route",
        proposal,
        note=f"{refusals[0].reason}{rest}",
        due=due,
    )


def _under_way(proposal: Proposal) -> Iterator[Job]:
    steps = [step for step in proposal.steps.all() if step.state in OPEN]
    concluding = next((step for step in steps if step.purpose in CONCLUDING), None)
    unanswered = [point for point in proposal.advice.all() if not point.answer]
    if unanswered:
        yield _unanswered(proposal, unanswered, concluding)
    yield from _risky(proposal)
    unplanned = [step for step in steps if step.meeting is None]
    if unplanned:
        yield _unplanned(proposal, unplanned, steps)
    for step in steps:
        if step.state == StepState.ON_AGENDA and _can_be_made_final(step):
            yield _job(
                proposal,
                f"Zet de definitieve versie vast voor {step.body}",
                step,
                note="Elk advies heeft een antwoord.",
                due=day_of(step),
                subject="final",
            )
        elif step.state == StepState.PLANNED and step.meeting:
            yield from _to_deliver(proposal, step, step.meeting)


def _risky(proposal: Proposal) -> Iterator[Job]:
    """One job for what will hurt in the planning; stops without a date have jobs of their own."""
    found = [r for r in risks_of(proposal, proposal.steps.all()) if r.kind in ("order", "tight")]
    if found:
        day = found[0].leg.now
        yield _job(
            proposal,
            "Herstel de planning van de route",
            proposal,
            name="route-planner",
            note=found[0].sentence,
            due=day.delivery if day else None,
            subject="planning",
        )


def _unanswered(proposal: Proposal, points: list[AdvicePoint], concluding: RouteStep | None) -> Job:
    bodies = list(dict.fromkeys(point.body.name for point in points))
    many = "1 adviespunt" if len(points) == 1 else f"{len(points)} adviespunten"
    due, note = None, ""
    if concluding and concluding.meeting:
        on_agenda = concluding.state == StepState.ON_AGENDA
        due = day_of(concluding) if on_agenda else delivery_day(concluding.meeting)
    if concluding:
        act = "besluiten" if concluding.purpose == Purpose.DECIDE else "instemmen"
        note = f"{concluding.body} kan pas {act} als elk punt een antwoord heeft."
    return _job(
        proposal,
        f"Beantwoord {many} van {' en '.join(bodies)}",
        points[0],
        name="advice-answer",
        pk=points[0].pk,
        note=note,
        due=due,
    )


def _unplanned(proposal: Proposal, unplanned: list[RouteStep], steps: list[RouteStep]) -> Job:
    """One job for all stops without a meeting; it presses when a later stop has one already."""
    later = [step.meeting for step in steps if step.order > unplanned[0].order and step.meeting]
    what = (
        f"Kies de vergadering van {unplanned[0].body}"
        if len(unplanned) == 1
        else f"Kies de vergaderingen van {len(unplanned)} haltes"
    )
    return _job(
        proposal,
        what,
        unplanned[0],
        name="route-edit",
        due=delivery_day(later[0]) if later else None,
    )


def _can_be_made_final(step: RouteStep) -> bool:
    return step.purpose in CONCLUDING and not step.version_final and awaited_by(step).done


def awaited_by(step: RouteStep) -> Waiting:
    """What a stop still waits for, from a proposal whose steps and advice are at hand."""
    points = step.proposal.advice.all()
    return waiting_from(
        step, step.proposal.steps.all(), sum(1 for point in points if not point.answer)
    )


def _to_deliver(proposal: Proposal, step: RouteStep, meeting: Meeting) -> Iterator[Job]:
    if meeting.starts_at <= clock.now():
        yield _job(
            proposal,
            f"Kies een nieuwe vergadering van {step.body}",
            step,
            name="route-edit",
            note=f"Het stuk stond niet op de agenda van {short_date(meeting.starts_at)}.",
            due=day_of(step),
        )
    elif delivery_day(meeting) <= clock.today() + HORIZON:
        yield _job(
            proposal,
            f"Lever het stuk aan voor {step.body}",
            step,
            note=_delivery(meeting),
            due=delivery_day(meeting),
        )


def _delivery(meeting: Meeting) -> str:
    days = meeting.body.delivery_days
    late = " De leverdatum is voorbij." if delivery_day(meeting) < clock.today() else ""
    return (
        f"Vergadering van {short_date(meeting.starts_at)}, levertijd {days} "
        f"{'werkdag' if days == 1 else 'werkdagen'}.{late}"
    )


# The secretary ---------------------------------------------------------------------------------


def _keeping(proposal: Proposal, step: RouteStep) -> Iterator[Job]:
    """What the secretary of the body of this stop has to do with it."""
    meeting = step.meeting
    if proposal.state != ProposalState.IN_ROUTE or meeting is None:
        return
    begun = meeting.starts_at <= clock.now()
    if step.state == StepState.PLANNED:
        due = delivery_day(meeting)
        if not begun and due <= clock.today() + HORIZON:
            yield _job(
                proposal,
                f"Zet een stuk op de agenda van {step.body}",
                step,
                note=_delivery(meeting),
                due=due,
            )
    elif step.state == StepState.ON_AGENDA and begun and step.purpose not in CONCLUDING:
        yield _job(
            proposal,
            f"Leg vast wat {step.body} meegaf",
            step,
            note="Leg het advies vast en sluit daarna de halte af.",
            due=day_of(step),
        )
    elif step.state == StepState.ON_AGENDA and meeting.state == MeetingState.HELD:
        yield _job(
            proposal,
            f"Leg het besluit van {step.body} vast",
            step,
            name="decision-record",
            pk=step.pk,
            note=_why_not_yet(step),
            due=day_of(step),
        )


def _why_not_yet(step: RouteStep) -> str:
    """Why a held meeting's decision cannot be written down yet, or nothing."""
    waiting = awaited_by(step)
    if not waiting.done:
        return f"Kan nog niet: {waiting.sentence}."
    return "" if step.version_final else "Kan nog niet: de definitieve versie staat nog niet vast."


def _unrecorded_meetings(standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """Meetings that have begun, of which nobody wrote down who was there while papers wait."""
    papers = RouteStep.objects.filter(meeting=OuterRef("pk"), state=StepState.ON_AGENDA)
    begun = Meeting.objects.filter(
        Exists(papers),
        body__in=standing.secretary_of,
        body__region__in=slugs,
        state__in=COMING,
        starts_at__lte=clock.now(),
    )
    for meeting in begun.select_related("body"):
        region_id = meeting.body.region_id
        yield Job(
            region_id,
            f"Leg vast wie er waren bij {meeting.body}",
            reverse("governance:meeting-attendance", args=[slugs[region_id], meeting.pk]),
            note="Besluiten van deze vergadering vastleggen kan pas daarna.",
            due=local_day(meeting.starts_at),
            at=meeting.starts_at,
            subject=("meeting", meeting.pk),
        )


def _open_decisions(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """Decisions to make final, and final ones to publish; what is secret is not published."""
    in_force = Secrecy.objects.filter(lifted_on__isnull=True)
    secret = Q(Exists(in_force.filter(decision=OuterRef("pk")))) | Q(
        Exists(in_force.filter(proposal=OuterRef("proposal")))
    )
    waiting = (
        visible_to(user, Decision)
        .filter(
            body__in=standing.secretary_of,
            region__in=slugs,
            state__in=(DecisionState.RECORDED, DecisionState.FINAL),
        )
        .exclude(Q(state=DecisionState.FINAL) & secret)
        .select_related("body", "version")
    )
    for decision in waiting:
        recorded = decision.state == DecisionState.RECORDED
        what = "Maak besluit {} definitief" if recorded else "Publiceer besluit {}"
        yield Job(
            decision.region_id,
            what.format(decision.number),
            reverse(
                "governance:decision-detail", args=[slugs[decision.region_id], decision.number]
            ),
            note=f"{decision.version.subject}. {decision.body} besloot op "
            f"{short_date(decision.decided_on)}.",
            due=decision.decided_on + PUBLISH_WITHIN,
            subject=("decision", decision.pk),
            proposal_id=decision.proposal_id,
        )


def _job(
    proposal: Proposal,
    title: str,
    about: Proposal | RouteStep | AdvicePoint,
    *,
    name: str = "proposal-detail",
    note: str = "",
    due: date | None = None,
    subject: str = "",
    **kwargs: int,
) -> Job:
    url = reverse(
        f"governance:{name}",
        kwargs={"region": proposal.region.slug, "number": proposal.number, **kwargs},
    )
    return Job(
        proposal.region_id,
        title,
        url,
        note=f"{_ended(str(proposal))} {note}".strip(),
        due=due,
        subject=(subject or str(about._meta.model_name), about.pk),
        proposal_id=proposal.pk,
    )


def _ended(text: str) -> str:
    """As a sentence of its own: with a point, unless it ends by itself."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
