"""The main pages of the demo, at every width: axe finds nothing, and nothing scrolls sideways."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from core import clock
from governance.enums import ProposalState, StepState
from governance.models import AgendaItem, Body, Decision, Meeting, Proposal, Region, RouteStep
from governance.views.organisation_kinds import KINDS
from regioagenda.models import ProposalBlock
from regiovisie.demo.build import build
from tests.browser.conftest import WIDTHS, axe_violations, sideways

TEAM = "programmateam@rijnmond.example"
SECRETARY = "secretaris.ab@rijnmond.example"
ALDERMAN = "wethouder.schiedam@rijnmond.example"
ADVISER = "adviseur.schiedam@rijnmond.example"
ADMIN = "regiobeheer@rijnmond.example"
LOOKED_AT = {
    "month",
    "planning",
    "planner",
    "series",
    "home",
    "proposal",
    "meeting",
    "decision",
    "route",
    "blocks",
    "block",
    "item",
}
LOOKED_AT_WIDTHS = {"laptop", "tablet", "phone"}
NO_PAGES = {"forbidden", "not-found"}
Address = tuple[str, str]  # a name for the picture, and the address


@pytest.fixture
def region(transactional_db, tmp_path) -> Iterator[Region]:
    """The demo: the only region in which every page has what a real one has."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(DEMO=True, PASSWORD_HASHERS=quick, MEDIA_ROOT=str(tmp_path)):
        build()
        yield Region.objects.get(slug="rijnmond")


def homes(region: Region) -> Iterator[Address]:
    yield "home", reverse("home-region", args=[region.slug])


def pages_of_the_team(region: Region) -> Iterator[Address]:
    slug = region.slug
    concept = Proposal.objects.filter(region=region, state=ProposalState.CONCEPT).last()
    travelling = Proposal.objects.filter(region=region, state=ProposalState.IN_ROUTE).first()
    compared = next(p for p in Proposal.objects.filter(region=region) if p.versions.count() > 1)
    section = concept.working.sections.first()
    waiting = next(p for p in Proposal.objects.filter(region=region) if p.advice.filter(answer=""))

    def here(name: str, *args: object) -> str:
        return reverse(f"governance:{name}", args=[slug, *args])

    yield from homes(region)
    yield "proposals", here("proposal-list")
    yield "proposal", here("proposal-detail", travelling.number)
    yield "proposal-waiting", here("proposal-detail", waiting.number)
    yield "version", here("version-detail", compared.number, 1)
    yield "compare", here("version-compare", compared.number, 1, 2)
    yield "new", here("proposal-new")
    yield "import", here("proposal-import")
    yield "writing", here("proposal-write", concept.number)
    yield "header", here("header-edit", concept.number)
    yield "section", here("section-edit", concept.number, section.pk)
    yield "points", here("points-edit", concept.number)
    yield "route", here("route-edit", travelling.number)
    answer = waiting.advice.filter(answer="").first()
    yield "answer", here("advice-answer", waiting.number, answer.pk)
    yield "meetings", here("meeting-list")
    yield "meeting", here("meeting-detail", _on_an_agenda(region).meeting_id)
    yield "meeting-new", here("meeting-new")
    yield "month", here("meeting-month")
    yield "planning", here("planning")
    yield "planner", here("route-planner", travelling.number)
    days = "?rhythm=monthly&which=1&weekday=3&first=1-1-{0}&until=31-12-{0}&starts_time=9.30"
    body = Body.objects.filter(region=region, writes_proposals=True).first()
    series = here("meeting-series") + days.format(clock.today().year + 1)
    yield "series", f"{series}&body={body.slug}"
    yield "blocks", reverse("regioagenda:proposal-blocks", args=[slug, concept.number])
    yield "block", reverse("regioagenda:block", args=[slug, _touched(region).block_id])
    yield "profile", reverse("mfa_index")
    yield "forbidden", here("organisation-region")
    yield "not-found", here("proposal-detail", 999)


def _touched(region: Region) -> ProposalBlock:
    """A block of a paper that is on an agenda."""
    rows = ProposalBlock.objects.filter(proposal__steps__state=StepState.ON_AGENDA)
    return rows.filter(proposal__region=region).first()


def _on_an_agenda(region: Region) -> RouteStep:
    steps = RouteStep.objects.filter(proposal__region=region, state=StepState.ON_AGENDA)
    return steps.order_by("meeting__starts_at").last()


def pages_of_the_secretary(region: Region) -> Iterator[Address]:
    decided = Decision.objects.filter(region=region).order_by("decided_on").last()
    board = Body.objects.get(memberships__user__email=SECRETARY)
    steps = RouteStep.objects.filter(body=board, state=StepState.ON_AGENDA)
    coming = Meeting.objects.filter(body=board).order_by("starts_at").last()
    yield from homes(region)
    yield "decisions", reverse("governance:decision-list", args=[region.slug])
    yield "decision", reverse("governance:decision-detail", args=[region.slug, decided.number])
    for step in steps[:1]:
        number = step.proposal.number
        yield "record", reverse("governance:decision-record", args=[region.slug, number, step.pk])
    yield "meeting", reverse("governance:meeting-detail", args=[region.slug, coming.pk])


def pages_of_the_alderman(region: Region) -> Iterator[Address]:
    step = _on_an_agenda(region)
    yield from homes(region)
    yield (
        "proposal",
        reverse("governance:proposal-detail", args=[region.slug, step.proposal.number]),
    )
    yield "meeting", reverse("governance:meeting-detail", args=[region.slug, step.meeting_id])
    items = AgendaItem.objects.filter(step__proposal__touched_blocks__isnull=False)
    item = items.filter(meeting__body__memberships__user__email=ALDERMAN).last()
    yield "item", reverse("governance:item-detail", args=[region.slug, item.meeting_id, item.pk])
    yield "block", reverse("regioagenda:block", args=[region.slug, _touched(region).block_id])


def pages_of_the_admin(region: Region) -> Iterator[Address]:
    yield "organisation", reverse("governance:organisation", args=[region.slug])
    yield "people", reverse("governance:organisation-people", args=[region.slug])
    yield "bodies", KINDS["gremia"].url("list", region)


def pages_without_an_account(region: Region) -> Iterator[Address]:
    yield "front", reverse("home")
    yield "sign-in", reverse("account_login")
    yield "forgotten", reverse("account_reset_password")
    yield "help", reverse("help")
    yield "accessibility", reverse("accessibility")


WHO = {
    "": pages_without_an_account,
    TEAM: pages_of_the_team,
    SECRETARY: pages_of_the_secretary,
    ALDERMAN: pages_of_the_alderman,
    ADVISER: homes,
    ADMIN: pages_of_the_admin,
}


def wrong_with(page: Page) -> Iterator[str]:
    """What does not depend on the width: language, one heading of level 1, the skip link."""
    if page.locator("html").get_attribute("lang") != "nl":
        yield "the language is not Dutch"
    if (count := page.locator("h1").count()) != 1:
        yield f"{count} headings of level 1"
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    box = first.bounding_box() if first.count() else None
    if first.text_content() != "Naar de inhoud" or not box or box["y"] < 0 or box["height"] < 24:
        yield "the first Tab does not show the skip link"
    first.blur()


def wrong_at(page: Page, width: int) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    yield from axe_violations(page)
    if wider := sideways(page):
        yield f"{wider} px wider than the window"


def test_every_page_is_accessible_at_every_width(new_page, sign_in, region, shot):
    wrong = []
    for email, pages in WHO.items():
        page = new_page()
        if email:
            sign_in(page, User.objects.get(email=email))
        who = email.partition("@")[0] or "anyone"
        for name, address in pages(region):
            answer = page.goto(address)
            if answer.ok == (name in NO_PAGES):
                wrong.append(f"{who} {name}: the answer is {answer.status}")
            wrong += [f"{who} {name}: {found}" for found in wrong_with(page)]
            for label, width in WIDTHS.items():
                wrong += [f"{who} {name} {label}: {found}" for found in wrong_at(page, width)]
                if name in LOOKED_AT and label in LOOKED_AT_WIDTHS:
                    shot(page, f"{who}-{name}-{label}")
        page.close()
    assert wrong == []
