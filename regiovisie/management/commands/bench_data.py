"""`manage.py bench_data --regions 42 --years 10`: fill an empty database, for measuring only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.refusal import Refused
from governance.models import Decision, Meeting, Proposal, Region
from regiovisie.bench_data import PAPERS_A_YEAR, build


class Command(BaseCommand):
    help = "Vul een lege database met verzonnen gegevens om snelheid te meten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regions", type=int, default=1, help="aantal regio's")
        parser.add_argument("--years", type=int, default=1, help="aantal jaren per regio")
        parser.add_argument(
            "--papers", type=int, default=PAPERS_A_YEAR, help="voorstellen per regio en jaar"
        )
        parser.add_argument(
            "--in-production", action="store_true", help="ook als dit een productie-omgeving is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            build(
                regions=options["regions"],
                years=options["years"],
                papers=options["papers"],
                in_production=options["in_production"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        counts = [
            f"{model._meta.verbose_name_plural}: {model.objects.count()}"
            for model in (Region, Proposal, Meeting, Decision)
        ]
        self.stdout.write(f"Klaar. In de database staan nu {', '.join(counts)}.\n")
