"""Dull makers of rows. A later state is reached by walking through the domain functions."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from core import clock
from core.models import StoredFile
from governance.domain import (
    action_points,
    advice,
    attendance,
    decision_lists,
    decisions,
    layout,
    minutes,
    proposals,
    route,
    texts,
)
from governance.enums import (
    BodyKind,
    ItemKind,
    ItemResult,
    LegalStatus,
    MemberRole,
    MunicipalRoleKind,
    Outcome,
    ProposalKind,
    PublicationRegime,
    Purpose,
    Quorum,
    RegionRoleKind,
    RuleBasis,
)
from governance.models import (
    ActionPoint,
    AdvicePoint,
    AgendaItem,
    Body,
    Decision,
    DecisionList,
    Meeting,
    Membership,
    Municipality,
    MunicipalRole,
    Proposal,
    Region,
    RegionMunicipality,
    RegionRole,
    RouteStep,
    RuleSet,
    Seat,
)

_numbers = count(1)


def moment(days: int = 0, hour: int = 9, minute: int = 30) -> datetime:
    """A moment some days from today, in Dutch time."""
    day = clock.today() + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def user(office: str = "", **fields: Any) -> User:
    n = next(_numbers)
    return User.objects.create_user(
        email=fields.pop("email", f"persoon{n}@regio.example"),
        password=fields.pop("password", None),
        office=office or f"functie {n}",
        **fields,
    )


def region(name: str = "Waterland", **fields: Any) -> Region:
    n = next(_numbers)
    return Region.objects.create(name=name, slug=fields.pop("slug", f"regio-{n}"), **fields)


def municipality(name: str = "", in_region: Region | None = None, **fields: Any) -> Municipality:
    n = next(_numbers)
    row = Municipality.objects.create(
        name=name or f"Gemeente {n}", cbs_code=fields.pop("cbs_code", f"{n % 10000:04d}"), **fields
    )
    if in_region:
        RegionMunicipality.objects.create(region=in_region, municipality=row)
    return row


def rules(in_region: Region, basis: str = RuleBasis.OWN, **fields: Any) -> RuleSet:
    fields.setdefault("quorum", Quorum.MORE_THAN_HALF if basis == RuleBasis.LAW else Quorum.NONE)
    fields.setdefault("allows_count", True)
    return RuleSet.objects.create(
        region=in_region, name=f"regels {next(_numbers)}", basis=basis, **fields
    )


def body(in_region: Region, name: str = "", **fields: Any) -> Body:
    n = next(_numbers)
    fields.setdefault("kind", BodyKind.OTHER)
    fields.setdefault("legal_status", LegalStatus.CONSULTATION)
    fields.setdefault("publication", PublicationRegime.AFTER)
    # The column is a small one, and one process of the suite makes tens of thousands of rows.
    fields.setdefault("order", n % 10_000)
    if "rules" not in fields:
        law = fields["legal_status"] == LegalStatus.ORGAN
        fields["rules"] = rules(in_region, RuleBasis.LAW if law else RuleBasis.OWN)
    return Body.objects.create(
        region=in_region,
        name=name or f"Overleg {n}",
        short_name=fields.pop("short_name", (name or f"Overleg {n}")[:30]),
        slug=fields.pop("slug", f"overleg-{n}"),
        **fields,
    )


def seat(of: Body, municipality: Municipality | None = None, **fields: Any) -> Seat:
    if municipality is None and "organisation" not in fields:
        fields["organisation"] = f"organisatie {next(_numbers)}"
    return Seat.objects.create(body=of, municipality=municipality, **fields)


def member(of: Body, person: User | None = None, **fields: Any) -> Membership:
    fields.setdefault("role", MemberRole.MEMBER)
    fields.setdefault("has_vote", fields["role"] in (MemberRole.MEMBER, MemberRole.CHAIR))
    return Membership.objects.create(body=of, user=person or user(), **fields)


def region_role(of: Region, person: User, role: str = RegionRoleKind.ADMIN) -> RegionRole:
    return RegionRole.objects.create(region=of, user=person, role=role)


def municipal_role(
    of: Municipality, person: User, role: str = MunicipalRoleKind.ADVISER
) -> MunicipalRole:
    return MunicipalRole.objects.create(municipality=of, user=person, role=role)


def meeting(of: Body, days: int = 7, **fields: Any) -> Meeting:
    return Meeting.objects.create(
        body=of, starts_at=fields.pop("starts_at", None) or moment(days), **fields
    )


def proposal(
    by: User, author_body: Body, subject: str = "Meer hulp dichtbij huis", **fields: Any
) -> Proposal:
    """A concept with a summary, a section and two decision points."""
    points = fields.pop("points", ["Het plan vast te stellen.", "Het geld vrij te maken."])
    made = proposals.create_proposal(
        author_body.region,
        by=by,
        kind=fields.pop("kind", ProposalKind.PROCESS),
        subject=subject,
        author_body=author_body,
        summary=fields.pop("summary", "Gezinnen krijgen sneller hulp in de buurt."),
        **fields,
    )
    version = texts.working_version(made, by=by)
    texts.add_section(version, heading="Aanleiding", body="<p>Gezinnen wachten te lang.</p>", by=by)
    for text in points:
        texts.add_point(version, text=text, by=by)
    return made


def routed(by: User, author_body: Body, *stops: tuple[Body, str], **fields: Any) -> Proposal:
    """A proposal in route along the given stops, not yet planned."""
    made = proposal(by, author_body, **fields)
    for of, purpose in stops:
        layout.add_step(made, body=of, purpose=purpose, by=by)
    return proposals.enter_route(made, by=by)


def on_agenda(step: RouteStep, by: User, at: Meeting | None = None) -> RouteStep:
    """The stop planned in a meeting and put on its agenda."""
    route.plan_step(step, at or meeting(step.body), by=by)
    return route.put_on_agenda(step, by=by)


def advised(step: RouteStep, *points: str, by: User, on: date | None = None) -> list[AdvicePoint]:
    return advice.record_advice(
        step.proposal,
        body=step.body,
        given_on=on or clock.today(),
        points=points or ["Betrek de scholen."],
        by=by,
        step=step,
    )


def answered(point: AdvicePoint, by: User, answer: str = "adopted") -> AdvicePoint:
    return advice.answer_advice(point, answer=answer, reason="Verwerkt in de tekst.", by=by)


def handled(step: RouteStep, by: User, note: str = "") -> RouteStep:
    """The stop closed an hour after its meeting began."""
    step.refresh_from_db()
    assert step.meeting is not None
    with clock.at(max(clock.now(), step.meeting.starts_at + timedelta(hours=1))):
        return route.handle_step(step, by=by, note=note)


def stored_file(name: str = "bijlage.pdf", **fields: Any) -> StoredFile:
    """A row for a file, without bytes."""
    fields.setdefault("kind", StoredFile.Kind.PDF)
    return StoredFile.objects.create(
        name=name, size=1, sha256=f"{next(_numbers):064d}", content=f"files/{name}", **fields
    )


def decided(
    step: RouteStep,
    by: User,
    outcome: str = Outcome.ADOPTED,
    present: list[Membership] | None = None,
) -> Decision:
    """The meeting held with everybody present, and the same outcome on every point."""
    step.refresh_from_db()
    assert step.meeting is not None
    assert step.version is not None
    with clock.at(step.meeting.starts_at + timedelta(hours=1)):
        members = attendance.sitting_members(step.body, step.meeting)
        attendance.record_attendance(
            step.meeting, present=members if present is None else present, by=by
        )
        return decisions.record_decision(
            RouteStep.objects.get(pk=step.pk),
            [
                decisions.PointOutcome(
                    point,
                    outcome,
                    amended_text="Anders." if outcome == Outcome.AMENDED else "",
                )
                for point in step.version.points.all()
            ],
            validity=decisions.Validity(clock.today()),
            by=by,
        )


ADVISE, DECIDE, DISCUSS = Purpose.ADVISE, Purpose.DECIDE, Purpose.DISCUSS


def point(of: Meeting, title: str = "Mededelingen", **fields: Any) -> AgendaItem:
    """A point of its own on the agenda, without a paper."""
    fields.setdefault("kind", ItemKind.OWN)
    return AgendaItem.objects.create(meeting=of, title=title, order=route.next_order(of), **fields)


def held(of: Meeting, by: User) -> Meeting:
    """The meeting with everybody present; the clock of the caller stands after its start."""
    return attendance.record_attendance(of, present=attendance.sitting_members(of.body, of), by=by)


def action(of: Body, by: User, text: str = "De scholen bellen.", **fields: Any) -> ActionPoint:
    fields.setdefault("due", clock.today() + timedelta(days=14))
    if "owner" not in fields:
        fields.setdefault("office", "beleidsadviseur Aardam")
    return action_points.add_action(of, text=text, by=by, **fields)


def listed(of: Meeting, by: User) -> DecisionList:
    """The decision list of a meeting that was held, in preparation."""
    for item in of.items.filter(result=ItemResult.OPEN, step__isnull=True):
        minutes.settle_item(item, ItemResult.HANDLED, by=by)
    return decision_lists.make_list(of, by=by)
