"""Plausible data in bulk, for measuring: many regions with years of papers behind them.

Rows go in with `bulk_create`, past the domain functions and the history. That is allowed here and
nowhere else: this is no governed data, nobody decided anything, and the database is thrown away.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from core import clock
from core.refusal import Refusal, require
from governance.models import Proposal, ProposalVersion, Region
from regiovisie.bench_data.organisation import build_region
from regiovisie.bench_data.papers import OPEN_PAPERS, build_open, build_year

# More than one page of every list in a single year: pages then have the same length everywhere.
PAPERS_A_YEAR = 30


def build(
    *, regions: int, years: int, papers: int = PAPERS_A_YEAR, in_production: bool = False
) -> None:
    """Fill an empty database. What is open is alike in every region, however many years it has.

    Refuses a database in which somebody works, and production without being asked twice.
    """
    require(*refusals(regions=regions, years=years, papers=papers, in_production=in_production))
    today = clock.today()
    with transaction.atomic():
        for number in range(1, regions + 1):
            cast = build_region(number)
            for back in range(years, 0, -1):
                first_day = today - timedelta(days=365 * back)
                closed = papers - OPEN_PAPERS if back == 1 else papers
                build_year(cast, first_day, closed)
            build_open(cast, today)
        _point_at_newest_versions()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum does by itself, a minute later


def refusals(*, regions: int, years: int, papers: int, in_production: bool) -> list[Refusal]:
    found = []
    if settings.PRODUCTION and not in_production:
        found.append(
            Refusal(
                "Dit is productie, en meetgegevens zijn verzonnen. Geef --in-production mee als "
                "deze database alleen voor het meten is."
            )
        )
    if User.objects.exists() or Region.objects.exists():
        found.append(Refusal("De database is niet leeg. Meetgegevens beginnen met een lege."))
    if regions < 1 or years < 1:
        found.append(Refusal("Kies ten minste 1 regio en 1 jaar."))
    if papers < OPEN_PAPERS:
        found.append(Refusal(f"Kies ten minste {OPEN_PAPERS} voorstellen per jaar."))
    return found


def _point_at_newest_versions() -> None:
    """A proposal and its working version point at each other: the second half, in one query."""
    from django.db.models import OuterRef, Subquery

    newest = ProposalVersion.objects.filter(proposal=OuterRef("pk")).order_by("-number")
    Proposal.objects.update(working=Subquery(newest.values("pk")[:1]))
