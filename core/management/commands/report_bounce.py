"""For the mail server: a mail that came back after it was accepted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.outbox import report_bounce


class Command(BaseCommand):
    help = "Legt vast dat de laatste mail aan een adres is teruggekomen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", metavar="ADRES")
        parser.add_argument("--reason", default="", help="wat de mailserver meldde")

    def handle(self, *args: Any, **options: Any) -> None:
        if report_bounce(options["address"], options["reason"]) is None:
            raise CommandError(f"Aan {options['address']} is geen mail verstuurd.")
        self.stdout.write("Vastgelegd. De regiobeheerder ziet het op de beginpagina.")
