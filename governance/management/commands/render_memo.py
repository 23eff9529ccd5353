"""The decision memo from the shell: the same frozen content and bytes as on the page."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.documents import document_of, freeze, get_kind, render_frozen
from core.pdf import ForbiddenAddress
from governance.documents import MEMO, build_memo
from governance.models import Decision, Region


class Command(BaseCommand):
    help = "Schrijft het besluitmemo van een besluit als PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="NUMMER", help="bijvoorbeeld 2021-003")
        parser.add_argument("--region", required=True, help="kort adres van de regio")
        parser.add_argument("--out", required=True, type=Path, help="bestand om te schrijven")

    def handle(self, *args: Any, **options: Any) -> None:
        decision = self._decision(options["number"], options["region"])
        stored = document_of(MEMO, decision)
        frozen = stored.frozen if stored else freeze(build_memo(decision))
        try:
            pdf = render_frozen(get_kind(MEMO), frozen)
            options["out"].write_bytes(pdf.content)
        except ForbiddenAddress as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"Kan {options['out']} niet schrijven: {error.strerror}.") from None
        self.stdout.write(f"{options['out']}: {pdf.pages} pagina's, sha256 {pdf.sha256}")

    def _decision(self, number: str, slug: str) -> Decision:
        match = re.fullmatch(r"(\d{4})-(\d{1,6})", number)
        if not match:
            raise CommandError(f"'{number}' is geen besluitnummer. Schrijf het als 2021-003.")
        region = Region.objects.filter(slug=slug).first()
        if region is None:
            known = ", ".join(Region.objects.values_list("slug", flat=True)) or "geen"
            raise CommandError(f"De regio '{slug}' bestaat niet. Bekende regio's: {known}.")
        year, sequence = map(int, match.groups())
        decision = Decision.objects.filter(region=region, year=year, sequence=sequence).first()
        if decision is None:
            raise CommandError(f"Besluit {number} bestaat niet in {region.name}.")
        return decision
