"""`manage.py demo`: fill an empty database with two regions; `--accounts` lists who can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.refusal import Refused
from regiovisie.demo.build import build
from regiovisie.demo.people import table_of_accounts


class Command(BaseCommand):
    help = "Vul een lege database met de demo, of toon met --accounts wie er kan inloggen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts", action="store_true", help="toon alleen de accounts van de demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Dit is geen demo: de demo bestaat alleen met DEMO=1 en de ingebouwde database. "
                "Start die met bin/start, zonder DATABASE_URL."
            )
        if not options["accounts"]:
            try:
                build()
            except Refused as refused:
                raise CommandError(str(refused)) from None
            if not options["verbosity"]:
                return
            self.stdout.write("De demo is klaar.\n\n")
        self.stdout.write(table_of_accounts())
