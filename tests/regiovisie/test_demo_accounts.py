"""Every account of the demo can sign in and finds what it is there for."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate

from accounts.models import User
from core import clock
from governance.coming import coming_agendas
from governance.enums import RegionRoleKind
from governance.models import (
    AdvicePoint,
    Decision,
    Meeting,
    Membership,
    Proposal,
    Region,
    RegionRole,
    RouteStep,
)
from governance.rules import visible_to
from governance.standing import standing_of
from governance.waiting import Job, jobs_for
from regiovisie.demo.papers import rijnmond_now
from regiovisie.demo.people import IJSSELLAND, PASSWORD, RIJNMOND, SUPERUSER, table_of_accounts
from regiovisie.home import reading_of

pytestmark = [pytest.mark.embedded, pytest.mark.usefixtures("demo")]
LISTED = [*RIJNMOND, *IJSSELLAND, SUPERUSER]
Waiting = Callable[[User], bool]


def who(email: str) -> User:
    return User.objects.get(email=email)


def coming(user: User) -> bool:
    return visible_to(user, Meeting).filter(starts_at__gt=clock.now()).exists()


def papers_for(user: User) -> bool:
    """A coming meeting of an own body with papers that can be read."""
    steps = RouteStep.objects.filter(
        body__in=standing_of(user).reads_papers_of,
        state="on_agenda",
        meeting__starts_at__gt=clock.now(),
    )
    return visible_to(user, Proposal).filter(steps__in=steps).exists()


def leads(user: User) -> bool:
    mine = visible_to(user, Proposal)
    route = RouteStep.objects.filter(proposal__in=mine, proposal__state="in_route")
    to_freeze = route.filter(
        state="on_agenda", purpose__in=["consent", "decide"], version_final=False
    )
    return all(
        rows.exists()
        for rows in (
            AdvicePoint.objects.filter(proposal__in=mine, answer=""),
            mine.filter(state="concept"),
            route.filter(state="planned", meeting=None),
            to_freeze.exclude(proposal__advice__answer=""),
        )
    )


def stays(*slugs: str) -> Waiting:
    """A stop is on the agenda of a meeting that was held: something is to be recorded."""

    def recorded(user: User) -> bool:
        steps = RouteStep.objects.filter(
            body__in=standing_of(user).secretary_of, state="on_agenda", meeting__state="held"
        )
        return {step.body.slug for step in steps} == set(slugs)

    return recorded


def due(user: User) -> bool:
    """A proposal is planned in a coming meeting of an own body, and not on its agenda yet."""
    return RouteStep.objects.filter(
        body__in=standing_of(user).secretary_of,
        state="planned",
        meeting__starts_at__gt=clock.now(),
    ).exists()


def not_final(user: User) -> bool:
    bodies = standing_of(user).secretary_of
    return Decision.objects.filter(state="recorded", body__in=bodies).exists()


def reads_only_published(user: User, *, but: str = "") -> bool:
    unpublished = visible_to(user, Proposal).exclude(decisions__state__in=["published", "replaced"])
    return list(unpublished.values_list("working__subject", flat=True)) == [but] * bool(but)


def writes_along(user: User) -> bool:
    return reads_only_published(user, but=rijnmond_now.SUMMER.subject)


def reads_decisions(user: User) -> bool:
    return visible_to(user, Decision).filter(state="published").exists()


def administers(user: User) -> bool:
    return bool(standing_of(user).admin_regions) and reads_only_published(user)


def lists_to_make(user: User) -> bool:
    """A meeting of the last two weeks of which the decision list is not there yet."""
    return Meeting.objects.filter(
        body__in=standing_of(user).secretary_of, state="held", decision_list=None
    ).exists()


def waiting_for(user: User) -> list[Job]:
    """What the home page says: jobs, and meetings with papers."""
    regions = list(Region.objects.filter(pk__in=standing_of(user).regions))
    return [*jobs_for(user, regions), *reading_of(coming_agendas(user, regions))]


EXPECTED: dict[str, list[Waiting]] = {
    "programmateam@rijnmond.example": [leads, coming],
    "secretaris.ab@rijnmond.example": [coming, due, stays("ab"), not_final],
    "secretaris.stuurgroep@rijnmond.example": [coming, due, stays("stuurgroep")],
    "secretaris.aoj@rijnmond.example": [coming, lists_to_make],
    "wethouder.schiedam@rijnmond.example": [coming, papers_for],
    "adviseur.schiedam@rijnmond.example": [coming, papers_for],
    "driegemeenten@rijnmond.example": [coming, papers_for],
    "beleid.schiedam@rijnmond.example": [coming, papers_for],
    "medeauteur@rijnmond.example": [writes_along],
    "kerngroep@rijnmond.example": [coming, papers_for],
    "jongere@rijnmond.example": [coming, papers_for],
    "aanbieder@rijnmond.example": [coming, papers_for],
    "griffier.schiedam@rijnmond.example": [reads_decisions],
    "vaststeller.schiedam@rijnmond.example": [coming, papers_for],
    "financien@rijnmond.example": [coming, papers_for],
    "regiobeheer@rijnmond.example": [administers],
    "programma@ijsselland.example": [leads, coming],
    "regiomanager@ijsselland.example": [coming, due, stays("pho"), not_final],
    "projectmanager@ijsselland.example": [coming, stays("ao")],
    "secretaris.mo@ijsselland.example": [coming, lists_to_make],
    "wethouder.zwolle@ijsselland.example": [coming, papers_for],
    "adviseur.zwolle@ijsselland.example": [coming, papers_for],
    "manager.zwolle@ijsselland.example": [coming, papers_for],
    "beleid.zwolle@ijsselland.example": [coming, papers_for],
    "aanbieder@ijsselland.example": [coming, papers_for],
    "financien@ijsselland.example": [coming, papers_for],
    "regiobeheer@ijsselland.example": [administers],
}


@pytest.mark.parametrize("account", LISTED, ids=lambda account: account.email)
def test_an_account_can_sign_in(account):
    assert authenticate(None, email=account.email, password=PASSWORD) == who(account.email)
    assert EmailAddress.objects.get(email=account.email).verified
    assert account.email in table_of_accounts()


@pytest.mark.parametrize("email", EXPECTED)
def test_something_waits(email):
    missing = [waits for waits in EXPECTED[email] if not waits(who(email))]
    assert missing == []


def test_every_listed_account_is_looked_at():
    assert set(EXPECTED) == {account.email for account in LISTED} - {SUPERUSER.email}
    assert who(SUPERUSER.email).is_superuser
    for region in ("rijnmond", "ijsselland"):
        role = RegionRole.objects.get(user=who(f"financien@{region}.example"))
        assert role.role == RegionRoleKind.FINANCE


@pytest.mark.parametrize("email", EXPECTED)
def test_the_home_page_has_something_and_nothing_forgotten(email):
    jobs = waiting_for(who(email))
    assert jobs != []
    a_week_ago = clock.today() - timedelta(days=7)
    assert [job.title for job in jobs if job.due and job.due < a_week_ago] == []


def test_what_was_held_is_not_planned_any_more():
    past = Meeting.objects.filter(starts_at__lt=clock.now())
    assert set(past.values_list("state", flat=True)) == {"held", "concluded"}


def test_only_the_last_list_of_a_body_waits_to_be_adopted():
    for meeting in Meeting.objects.filter(starts_at__gt=clock.now()):
        waiting = meeting.items.filter(title__startswith="Besluitenlijst van")
        assert waiting.count() <= 1, meeting


def test_one_person_serves_three_municipalities():
    homes = who("driegemeenten@rijnmond.example").municipalroles.filter(role="adviser")
    assert [str(role.municipality) for role in homes] == [
        "Albrandswaard",
        "Barendrecht",
        "Ridderkerk",
    ]


def test_young_people_are_shown_by_their_role_only():
    young = Membership.objects.filter(shielded=True)
    assert [membership.shown_as for membership in young] == ["lid"] * 3


def test_a_secret_paper_is_not_there_outside_its_circle():
    secret = Proposal.objects.get(working__subject=rijnmond_now.PURCHASING.subject)
    readers = [
        account.email
        for account in LISTED
        if visible_to(who(account.email), Proposal).filter(pk=secret.pk).exists()
    ]
    assert readers == [
        "programmateam@rijnmond.example",
        "secretaris.ab@rijnmond.example",
        "secretaris.stuurgroep@rijnmond.example",
        "wethouder.schiedam@rijnmond.example",
    ]
