"""manage.py import_budget FILE --dry-run [--json] [--rate P] [--opening E] [--sheet NAME]"""

import json
from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budget.importing import read_budget
from budget.importing.showing import as_text
from core.money import parse_euro
from core.refusal import Refused


class Command(BaseCommand):
    help = (
        "Leest een begroting uit een rekenblad en rekent alle genoemde bedragen na. Slaat niets op."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="een .xlsx of .csv")
        parser.add_argument("--dry-run", action="store_true", required=True, help="alleen lezen")
        parser.add_argument("--json", action="store_true", help="toon wat is gelezen als JSON")
        parser.add_argument(
            "--rate", type=_rate, metavar="PERCENTAGE", help="voor onvoorzien, bijvoorbeeld 7,5"
        )
        parser.add_argument(
            "--opening", type=_euros, metavar="BEDRAG", help="wat er is voor het eerste jaar"
        )
        parser.add_argument(
            "--sheet", default="", metavar="NAAM", help="welk blad, als er meer zijn"
        )

    def handle(self, *args: object, **options: object) -> None:
        path = Path(str(options["file"]))
        rate, opening = options["rate"], options["opening"]
        try:
            report = read_budget(
                path.read_bytes(),
                path.name,
                rate=rate if isinstance(rate, Decimal) else None,
                opening=opening if isinstance(opening, Decimal) else None,
                sheet=str(options["sheet"]),
            )
        except OSError as error:
            raise CommandError(f"Dit bestand is niet te openen: {error.strerror}.") from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if not options["json"]:
            self.stdout.write(as_text(report))
            return
        # JSON is UTF-8 whatever the locale of the shell.
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        out = getattr(self.stdout._out, "buffer", None)
        if out is not None:
            out.write(text.encode() + b"\n")
        else:
            self.stdout.write(text)


def _rate(text: str) -> Decimal:
    plain = text.strip().removesuffix("%").replace(",", ".")
    if not plain.replace(".", "", 1).isdecimal() or not 0 < Decimal(plain) <= 100:
        raise ArgumentTypeError("vul een percentage tussen 0 en 100 in, bijvoorbeeld 7,5")
    return Decimal(plain)


def _euros(text: str) -> Decimal:
    try:
        return parse_euro(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
