"""What waits about the nulmeting: to fill in, to stand for, and for the team to lead.

Two queries for who serves a municipality, at most six for the team, one for the region's admin,
whatever lies behind. Registered at start-up; the nulmeting reminds of these by itself
(domain.reminding, domain.approvers).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from core import clock
from core.formats import long_date
from governance.enums import MunicipalRoleKind
from governance.models import MunicipalRole, RegionMunicipality
from governance.models.dated import valid_on
from governance.standing import Person, Standing
from governance.waiting_job import Job, let_wait
from nulmeting.domain import approvers
from nulmeting.domain.reminding import (
    FILLING,
    QUIET,
    SOON,
    asks_for_reminder,
    last_day,
    many,
    reminded_since,
)
from nulmeting.enums import ApprovalWay, RoundState, SubmissionState
from nulmeting.models import Approval, Round, Submission


def register() -> None:
    """Called once at start-up."""
    let_wait(jobs)


def jobs(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    if standing.edits_for or standing.approves_for:
        yield from _of_municipalities(user, standing, slugs)
    yield from _without_approver(user, standing, slugs)
    mine = standing.author_regions & slugs.keys()
    if mine:
        yield from _papers(mine, slugs)
        yield from _rounds(mine, slugs)


# Nobody to approve --------------------------------------------------------------------------------


def _without_approver(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """What was handed in and nobody can approve: for who fills in and the contact, for the team,
    and for the admin, who can add somebody."""
    teams, keeps = standing.author_regions, standing.admin_regions
    contacts = MunicipalRole.objects.filter(
        valid_on(), user=user.pk, role=MunicipalRoleKind.CONTACT
    ).values("municipality")
    own = Q(municipality__in=standing.edits_for) | Q(municipality__in=contacts)
    if not (standing.municipalities or (teams | keeps) & slugs.keys()):
        return
    rows = approvers.without(Submission.objects.filter(round__region__in=slugs)).filter(
        own | Q(round__region__in=teams | keeps)
    )
    found = rows.select_related("municipality", "round").annotate(
        serves=Exists(Submission.objects.filter(own, pk=OuterRef("pk")))
    )
    for row in found.order_by("municipality__sort_name"):
        yield _approver_job(row, standing, slugs)


def _approver_job(row: Submission, standing: Standing, slugs: dict[int, str]) -> Job:
    region, year, home = row.round.region_id, row.round.year, row.municipality
    note = "De antwoorden zijn ingediend, maar niemand kan ze vaststellen."
    url = reverse("nulmeting:submission", args=[slugs[region], year, row.pk])
    if row.serves:  # type: ignore[attr-defined]
        title = f"Regel wie de nulmeting {year} vaststelt voor {home}"
    elif region in standing.admin_regions:
        title = f"Geef {home} een vaststeller voor de nulmeting {year}"
        url = reverse("governance:row-add", args=[slugs[region], "gemeentelijke-rollen"])
    else:
        title = f"Help {home} aan een vaststeller voor de nulmeting {year}"
    return Job(region, title, url, note=note, subject=("submission", row.pk), reminds_itself=True)


# Municipalities -----------------------------------------------------------------------------------


def _of_municipalities(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """One job per municipality: who serves three sees three."""
    today = clock.today()
    rows = (
        Submission.objects.filter(
            Q(round__state=RoundState.OPEN, round__opens_on__lte=today)
            | Q(round__state=RoundState.CLOSED, reopened_until__gte=today)
            | Q(round__state=RoundState.CLOSED, state=SubmissionState.SUBMITTED),
            Q(municipality__in=standing.edits_for, state__in=FILLING) & _takes_part()
            | Q(municipality__in=standing.approves_for, state=SubmissionState.SUBMITTED),
            round__region__in=slugs,
        )
        .select_related("municipality", "round")
        .annotate(
            answered=Count("blocks__answers", distinct=True),
            asked=Count("round__instrument__items", distinct=True),
        )
        .order_by("municipality__sort_name")
    )
    for row in rows:
        if row.state != SubmissionState.SUBMITTED:
            yield _to_fill_in(row, slugs)
        elif row.submitted_by_id != user.pk:
            yield _job(
                row,
                slugs,
                f"Stel de nulmeting {row.round.year} vast voor {row.municipality}",
                "De antwoorden zijn ingediend.",
            )


def _takes_part() -> Q:
    """Who left the region has nothing to fill in any more."""
    rows = RegionMunicipality.objects.current().filter(
        region=OuterRef("round__region"), municipality=OuterRef("municipality")
    )
    return Q(Exists(rows))


def _to_fill_in(row: Submission, slugs: dict[int, str]) -> Job:
    year, home = row.round.year, row.municipality
    if row.state == SubmissionState.RETURNED:
        note = "De antwoorden zijn teruggegeven, met een opmerking."
        return _job(row, slugs, f"Pas de nulmeting {year} van {home} aan", note)
    answered: int = row.answered  # type: ignore[attr-defined]
    asked: int = row.asked  # type: ignore[attr-defined]
    note = (
        "Alles is beantwoord. Kijk het na en dien het in."
        if answered == asked
        else f"{answered} van {asked} vragen beantwoord."
    )
    return _job(row, slugs, f"Vul de nulmeting {year} in voor {home}", note)


def _job(row: Submission, slugs: dict[int, str], title: str, note: str) -> Job:
    asked, due = row.round, last_day(row)
    when = f" Dat kan tot en met {long_date(due)}." if row.state in FILLING else ""
    return Job(
        asked.region_id,
        title,
        reverse("nulmeting:submission", args=[slugs[asked.region_id], asked.year, row.pk]),
        note=note + when,
        due=due,
        subject=("submission", row.pk),
        reminds_itself=True,
    )


# The team -----------------------------------------------------------------------------------------


def _papers(mine: Iterable[int], slugs: dict[int, str]) -> Iterator[Job]:
    """Approvals on paper that nobody of the region has looked at yet."""
    rows = Approval.objects.filter(
        way=ApprovalWay.PAPER,
        lapsed_at__isnull=True,
        confirmed_at__isnull=True,
        submission__round__region__in=mine,
    ).select_related("submission__municipality", "submission__round")
    for approval in rows.order_by("at"):
        row = approval.submission
        yield Job(
            row.round.region_id,
            f"Bevestig de vaststelling op papier van {row.municipality}",
            reverse(
                "nulmeting:submission", args=[slugs[row.round.region_id], row.round.year, row.pk]
            ),
            note=f"Nulmeting {row.round.year}, stuk van {long_date(approval.paper_date)}.",
            subject=("approval", approval.pk),
            reminds_itself=True,
        )


def _rounds(mine: Iterable[int], slugs: dict[int, str]) -> Iterator[Job]:
    """A round to open, municipalities to remind, a round to publish."""
    rounds = list(
        Round.objects.filter(region__in=mine).exclude(state=RoundState.PUBLISHED).order_by("year")
    )
    if not rounds:
        return
    reminded = reminded_since(rounds, clock.today() - timedelta(days=QUIET))
    counts = _counts(rounds)
    for asked in rounds:
        done, everybody = counts[asked.pk]
        job = _lead(asked, done, everybody, asked.pk in reminded, slugs[asked.region_id])
        if job is not None:
            yield job


def _counts(rounds: list[Round]) -> dict[int, tuple[int, int]]:
    """Per round how many approved, of how many that still take part; two queries."""
    regions = {each.pk: each.region_id for each in rounds}
    here = set(
        RegionMunicipality.objects.current()
        .filter(region__in=set(regions.values()))
        .values_list("region", "municipality")
    )
    done: Counter[int] = Counter()
    everybody: Counter[int] = Counter()
    rows = Submission.objects.filter(round__in=rounds)
    for asked, home, state in rows.values_list("round", "municipality", "state"):
        if (regions[asked], home) in here:
            everybody[asked] += 1
            done[asked] += state == SubmissionState.APPROVED
    return {each.pk: (done[each.pk], everybody[each.pk]) for each in rounds}


def _lead(asked: Round, done: int, everybody: int, reminded: bool, slug: str) -> Job | None:
    """What the team does with a round now, if anything."""
    count = f"{done} van {many(everybody)} {'heeft' if everybody == 1 else 'hebben'} vastgesteld."
    if asked.state == RoundState.DRAFT:
        if asked.opens_on > clock.today() + timedelta(days=SOON):
            return None
        title, note, due = f"Open de nulmeting {asked.year}", "", asked.opens_on
    elif asks_for_reminder(asked, everybody - done, reminded):
        title = f"Herinner {many(everybody - done)} aan de nulmeting {asked.year}"
        note, due = f"{count} De ronde sluit op {long_date(asked.closes_on)}.", asked.closes_on
    elif asked.state == RoundState.CLOSED and done:
        title, note, due = f"Publiceer de uitkomsten van de nulmeting {asked.year}", count, None
    else:
        return None
    return Job(
        asked.region_id,
        title,
        reverse("nulmeting:round-detail", args=[slug, asked.year]),
        note=note,
        due=due,
        subject=("round", asked.pk),
        reminds_itself=True,
    )
