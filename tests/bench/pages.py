"""(c) Speed of the main pages: queries and time with little and with much history.

Two databases beside each other, measured in turn: one region of one year, and 42 regions of ten
years. The reader is the same person in both, with the same work waiting.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from governance.enums import DecisionState, ProposalState, StepState
from governance.models import Decision, Meeting, Proposal
from regiovisie.bench_data import build
from tests.bench._urls import EMPTY

SMALL, LARGE = (1, 1), (42, 10)  # regions, years
ROUNDS = 25
TIMES, SLACK = 1.3, 2.0  # at most so many times as long, plus milliseconds
SLUG = "regio-01"


@dataclass(frozen=True)
class Page:
    """One page as one reader opens it."""

    name: str
    reader: str
    url: str


@dataclass(frozen=True)
class Site:
    """A database with a connection of its own that stays open, and the same readers signed in."""

    connection: Any
    clients: dict[str, Client]
    pages: list[Page]


def rows(
    small: tuple[int, int] = SMALL, large: tuple[int, int] = LARGE, rounds: int = ROUNDS
) -> Iterator[dict[str, Any]]:
    """Builds both databases as copies of the one at hand, which must be empty; needs PostgreSQL."""
    with (
        override_settings(ROOT_URLCONF="tests.bench._urls", ALLOWED_HOSTS=["testserver"]),
        copy_of_database("small") as one,
        copy_of_database("large") as other,
    ):
        sites = [filled(one, *small), filled(other, *large)]
        for pair in zip(*(site.pages for site in sites), strict=True):
            yield from measured(pair, sites, rounds)


# Two databases ----------------------------------------------------------------------------------


@contextmanager
def copy_of_database(suffix: str) -> Iterator[Any]:
    """A connection to a copy of the test database; the copy is gone afterwards."""
    creation = connection.creation
    # PostgreSQL copies only a database that nobody else has open; a server thread of an earlier
    # test may have left a connection behind.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle'"
            " AND datname = current_database() AND pid <> pg_backend_pid()"
        )
    creation.clone_test_db(suffix=suffix, verbosity=0)
    copy = connections.create_connection(DEFAULT_DB_ALIAS)
    copy.settings_dict = {
        **copy.settings_dict,
        "NAME": creation.get_test_db_clone_settings(suffix)["NAME"],
    }
    try:
        yield copy
    finally:
        copy.close()
        creation.destroy_test_db(suffix=suffix, verbosity=0)


@contextmanager
def using(copy: Any) -> Iterator[None]:
    """Everything that reads the default database reads this copy."""
    own = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = copy
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own


def filled(copy: Any, regions: int, years: int) -> Site:
    with using(copy):
        build(regions=regions, years=years)
        pages = main_pages()
        clients = {}
        for name in {page.reader for page in pages}:
            clients[name] = Client()
            clients[name].force_login(User.objects.get(email=f"{name}@{SLUG}.example"))
        return Site(copy, clients, pages)


TEAM, SECRETARY, ALDERMAN, ADVISER = "programma", "secretaris-bestuur", "wethouder-1", "adviseur-1"


def main_pages() -> list[Page]:
    """The same pages in each database: of the same paper among what is open, or the last closed."""
    papers = Proposal.objects.filter(region__slug=SLUG)
    concept = papers.filter(state=ProposalState.CONCEPT).latest("number")
    at_board = papers.get(
        state=ProposalState.IN_ROUTE, steps__body__slug="bestuur", steps__state=StepState.ON_AGENDA
    )
    decision = Decision.objects.filter(region__slug=SLUG, state=DecisionState.PUBLISHED).latest(
        "decided_on", "pk"
    )
    coming = Meeting.objects.get(items__step__proposal=at_board, body__slug="bestuur")
    item = coming.items.get(step__proposal=at_board)

    def url(name: str, *args: object) -> str:
        return reverse(f"governance:{name}", args=[SLUG, *args])

    home = reverse("home-region", args=[SLUG])
    of_paper = url("proposal-detail", at_board.number)
    return [
        Page("lege pagina", TEAM, EMPTY),
        Page("begin, programmateam", TEAM, home),
        Page("begin, secretaris", SECRETARY, home),
        Page("begin, wethouder", ALDERMAN, home),
        Page("begin, adviseur", ADVISER, home),
        Page("voorstellen, programmateam", TEAM, url("proposal-list")),
        Page("voorstellen, wethouder", ALDERMAN, url("proposal-list")),
        Page("voorstel, programmateam", TEAM, of_paper),
        Page("voorstel, wethouder", ALDERMAN, of_paper),
        Page("vergaderingen, programmateam", TEAM, url("meeting-list")),
        Page("vergaderingen per maand, programmateam", TEAM, url("meeting-month")),
        Page("planning van voorstellen, programmateam", TEAM, url("planning")),
        Page("planning van een route, programmateam", TEAM, url("route-planner", at_board.number)),
        Page("vergadering, secretaris", SECRETARY, url("meeting-detail", coming.pk)),
        Page("vergadering, wethouder", ALDERMAN, url("meeting-detail", coming.pk)),
        Page("agenda opstellen, secretaris", SECRETARY, url("meeting-agenda", coming.pk)),
        Page("agendapunt, wethouder", ALDERMAN, url("item-detail", coming.pk, item.pk)),
        Page("besluiten, wethouder", ALDERMAN, url("decision-list")),
        Page("besluit, wethouder", ALDERMAN, url("decision-detail", decision.number)),
        Page("route, programmateam", TEAM, url("route-edit", at_board.number)),
        Page("schrijven, programmateam", TEAM, url("proposal-write", concept.number)),
    ]


# Measuring --------------------------------------------------------------------------------------


def measured(pair: tuple[Page, ...], sites: list[Site], rounds: int) -> Iterator[dict[str, Any]]:
    few, many = (queries(page, site) for page, site in zip(pair, sites, strict=True))
    taken: list[list[float]] = [[], []]
    for turn in range(rounds):
        for which in (0, 1) if turn % 2 else (1, 0):
            taken[which].append(milliseconds(pair[which], sites[which]))
    quick, slow = (statistics.median(times) for times in taken)
    name, most = pair[0].name, TIMES * quick + SLACK
    yield row(f"{name}: zoekvragen, veel data", many, "", f"{few}, als bij weinig", many == few)
    yield row(f"{name}: tijd, weinig data", round(quick, 1), "ms")
    goal = f"hoogstens {most:.1f} ({TIMES} keer + {SLACK:.0f} ms)"
    yield row(f"{name}: tijd, veel data", round(slow, 1), "ms", goal, slow <= most)


def row(
    name: str, value: float, unit: str, goal: str = "", holds: bool | None = None
) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "goal": goal, "holds": holds}


def opened(page: Page, site: Site) -> None:
    answer = site.clients[page.reader].get(page.url)
    if answer.status_code != 200:
        raise RuntimeError(f"{page.url} answers {answer.status_code} to {page.reader}")


def queries(page: Page, site: Site) -> int:
    """Counted on the second time: the first fills what is kept for later."""
    with using(site.connection):
        opened(page, site)
        with CaptureQueriesContext(site.connection) as seen:
            opened(page, site)
    return len(seen)


def milliseconds(page: Page, site: Site) -> float:
    with using(site.connection):
        start = time.perf_counter()
        opened(page, site)
        return (time.perf_counter() - start) * 1000
