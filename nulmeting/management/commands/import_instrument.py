"""manage.py import_instrument FILE --region SLUG [--title TITLE]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.refusal import Refused
from governance.models import Region
from nulmeting import instrument_file


class Command(BaseCommand):
    help = "Leest een vragenlijst uit een YAML-bestand; zij staat daarna in voorbereiding."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="een .yaml")
        parser.add_argument("--region", required=True, metavar="SLUG", help="bijvoorbeeld rijnmond")
        parser.add_argument("--title", default="Nulmeting", help="hoe de vragenlijst heet")

    def handle(self, *args: object, **options: object) -> None:
        region = Region.objects.filter(slug=str(options["region"])).first()
        if region is None:
            known = ", ".join(Region.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"Deze regio bestaat niet. Kies uit: {known or 'nog geen regio'}.")
        try:
            contents = instrument_file.read(Path(str(options["file"])).read_bytes())
            made = instrument_file.bring_in(region, contents, title=str(options["title"]), by=None)
        except OSError as error:
            raise CommandError(f"Dit bestand is niet te openen: {error.strerror}.") from None
        except Refused as refused:
            raise CommandError("\n".join(each.reason for each in refused.refusals)) from None
        self.stdout.write(f"Ingelezen, in voorbereiding: {made} ({made.items.count()} vragen).")
