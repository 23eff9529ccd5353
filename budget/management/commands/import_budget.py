"""manage.py import_budget FILE --fund SLUG [--region SLUG] [--dry-run] [--json] [--by E-MAIL] …"""

import json
from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from budget.domain.imports import SHEET_KINDS, import_version, read_for
from budget.importing import BudgetReport, read_budget
from budget.importing.showing import as_text
from budget.models import BudgetVersion, Fund
from core.files import drop_upload, store_upload
from core.money import parse_euro
from core.refusal import Refused


class Command(BaseCommand):
    help = (
        "Leest een begroting uit een rekenblad, rekent alle genoemde bedragen na, en zet haar als "
        "concept bij een fonds."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="een .xlsx of .csv")
        parser.add_argument("--fund", metavar="SLUG", help="bijvoorbeeld transformatiefonds")
        parser.add_argument(
            "--region", metavar="SLUG", help="als fondsen van meer regio's zo heten"
        )
        parser.add_argument("--dry-run", action="store_true", help="alleen lezen, niets opslaan")
        parser.add_argument("--json", action="store_true", help="toon wat is gelezen als JSON")
        parser.add_argument("--title", default="", help="hoe de begroting gaat heten")
        parser.add_argument("--by", metavar="E-MAIL", help="namens wie; anders de installatie zelf")
        parser.add_argument(
            "--rate",
            type=_rate,
            metavar="PERCENTAGE",
            help="voor onvoorzien, bijvoorbeeld 7,5; anders dat van het fonds",
        )
        parser.add_argument(
            "--opening",
            type=_euros,
            metavar="BEDRAG",
            help="wat er is voor het eerste jaar; anders wat er in het fonds is",
        )
        parser.add_argument(
            "--sheet", default="", metavar="NAAM", help="welk blad, als er meer zijn"
        )

    def handle(self, *args: object, **options: object) -> None:
        path = Path(str(options["file"]))
        if not options["fund"] and not options["dry_run"]:
            raise CommandError(
                "Noem met --fund bij welk fonds de begroting hoort. Of lees haar alleen, met "
                "--dry-run."
            )
        fund = _fund(str(options["fund"]), options["region"]) if options["fund"] else None
        made = None
        try:
            content = path.read_bytes()
            report = _read(fund, content, path.name, options)
            if fund is not None and not options["dry_run"]:
                title = str(options["title"])
                made = _save(fund, report, content, title, _user(options["by"]))
        except OSError as error:
            raise CommandError(f"Dit bestand is niet te openen: {error.strerror}.") from None
        except Refused as refused:
            reasons = "\n".join(each.reason for each in refused.refusals)
            raise CommandError(reasons) from None
        self._show(report, as_json=bool(options["json"]))
        if made is not None and not options["json"]:
            self.stdout.write(f"\nOpgeslagen als concept: {made}")

    def _show(self, report: BudgetReport, *, as_json: bool) -> None:
        if not as_json:
            self.stdout.write(as_text(report))
            return
        # JSON is UTF-8 whatever the locale of the shell.
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        out = getattr(self.stdout._out, "buffer", None)
        if out is not None:
            out.write(text.encode() + b"\n")
        else:
            self.stdout.write(text)


def _fund(slug: str, region: object) -> Fund:
    found = Fund.objects.filter(slug=slug).select_related("region").order_by("region__slug")
    if region:
        found = found.filter(region__slug=region)
    if len(found) == 1:
        return found[0]
    if found:
        regions = ", ".join(each.region.slug for each in found)
        raise CommandError(
            f"Het fonds ‘{slug}’ bestaat in meer regio's ({regions}). Noem er een met --region."
        )
    known = ", ".join(
        f"{of}/{name}"
        for of, name in Fund.objects.order_by("region__slug", "slug").values_list(
            "region__slug", "slug"
        )
    )
    raise CommandError(f"Het fonds ‘{slug}’ bestaat niet. Kies uit: {known or 'nog geen fonds'}.")


def _read(fund: Fund | None, content: bytes, name: str, options: dict[str, object]) -> BudgetReport:
    given = options["rate"], options["opening"]
    rate, opening = (each if isinstance(each, Decimal) else None for each in given)
    sheet = str(options["sheet"])
    if fund is None:
        return read_budget(content, name, rate=rate, opening=opening, sheet=sheet)
    return read_for(fund, content, name, rate=rate, opening=opening, sheet=sheet)


def _user(email: object) -> User | None:
    """Without --by it is an act of the installation itself; with it, of a person with the right."""
    if not email:
        return None
    user = get_user_model().objects.filter(is_active=True, email__iexact=str(email)).first()
    if user is None:
        raise CommandError(f"Er is geen actief account met het e-mailadres {email}.")
    return user


def _save(
    fund: Fund, report: BudgetReport, content: bytes, title: str, by: User | None
) -> BudgetVersion:
    file = store_upload(SimpleUploadedFile(report.name, content), by=by, kinds=SHEET_KINDS)
    try:
        return import_version(fund, report, title=title, file=file, by=by)
    except (Refused, PermissionDenied) as refused:
        drop_upload(file)
        if isinstance(refused, Refused):
            raise
        raise CommandError(f"{by}: {refused}") from None


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
