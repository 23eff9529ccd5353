"""manage.py import_proposal FILE --region SLUG [--dry-run] [--json] [--by E-MAIL]"""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError

from core.files import drop_upload, store_upload
from core.refusal import Refused
from governance.domain.importing import IMPORTED_KINDS, import_proposal
from governance.importing import ImportedProposal, read_proposal
from governance.importing.aliases import aliases_of
from governance.importing.showing import as_text
from governance.models import Region


class Command(BaseCommand):
    help = "Leest een voorstel uit een Word- of tekstbestand en zet het als concept in de regio."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="een .docx of .txt")
        parser.add_argument("--region", required=True, metavar="SLUG", help="bijvoorbeeld rijnmond")
        parser.add_argument("--dry-run", action="store_true", help="alleen lezen, niets opslaan")
        parser.add_argument("--json", action="store_true", help="toon wat is gelezen als JSON")
        parser.add_argument("--by", metavar="E-MAIL", help="namens wie; anders de installatie zelf")

    def handle(self, *args: object, **options: object) -> None:
        path = Path(str(options["file"]))
        region = _region(str(options["region"]))
        try:
            imported = read_proposal(path, path.name, aliases_of(region))
            if not options["dry_run"]:
                saved = _save(imported, region, path, options["by"])
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if options["json"]:
            # JSON is UTF-8 whatever the locale of the shell.
            text = json.dumps(imported.as_json(), ensure_ascii=False, indent=2)
            out = getattr(self.stdout._out, "buffer", None)
            if out is not None:
                out.write(text.encode() + b"\n")
            else:
                self.stdout.write(text)
            return
        self.stdout.write(as_text(imported))
        if not options["dry_run"]:
            self.stdout.write(f"\nOpgeslagen als concept: {saved}")


def _region(slug: str) -> Region:
    region = Region.objects.filter(slug=slug).first()
    if region is None:
        known = ", ".join(Region.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(
            f"De regio ‘{slug}’ bestaat niet. Kies uit: {known or 'nog geen regio'}."
        )
    return region


def _save(imported: ImportedProposal, region: Region, path: Path, email: object) -> object:
    """The one act that stores an imported proposal; the page calls the same function.

    Without --by it is an act of the installation itself; with it, of a person with that right.
    """
    user = None
    if email:
        user = get_user_model().objects.filter(is_active=True, email__iexact=str(email)).first()
        if user is None:
            raise CommandError(f"Er is geen actief account met het e-mailadres {email}.")
    source = store_upload(
        SimpleUploadedFile(path.name, path.read_bytes()), by=user, kinds=IMPORTED_KINDS
    )
    try:
        return import_proposal(imported, region=region, source=source, by=user)
    except (Refused, PermissionDenied) as refused:
        drop_upload(source)
        if isinstance(refused, Refused):
            raise
        raise CommandError(f"{email}: {refused}") from None
