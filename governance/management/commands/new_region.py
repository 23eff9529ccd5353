"""manage.py new_region NAME --slug SLUG --legal-form FORM --admin E-MAIL [...]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.refusal import Refused
from governance.domain import regions
from governance.enums import LegalForm
from governance.models import Region


class Command(BaseCommand):
    help = "Begint een regio en nodigt haar eerste beheerder uit, die de rest op het scherm doet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        schools = [value for value, _ in Region._meta.get_field("school_region").flatchoices]
        parser.add_argument("name", metavar="NAAM", help="bijvoorbeeld 'Rijnmond'")
        parser.add_argument("--slug", required=True, help="kort adres, bijvoorbeeld rijnmond")
        parser.add_argument("--legal-form", required=True, choices=LegalForm.values)
        parser.add_argument("--legal-name", default="", help="naam van de regeling")
        parser.add_argument("--host", default="", help="gastorganisatie")
        parser.add_argument("--school-region", default="midden", choices=schools)
        parser.add_argument(
            "--admin", required=True, metavar="E-MAIL", help="de eerste beheerder van de regio"
        )
        parser.add_argument("--office", default=regions.FIRST_OFFICE, help="diens functie")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("name", "slug", "legal_form", "legal_name", "host", "school_region", "admin")
        try:
            role = regions.new_region(
                **{name: options[name] for name in names}, office=options["office"]
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        person = role.user
        way_in = (
            f"Beheerder: {person}."
            if person.has_usable_password()
            else f"De uitnodiging is verstuurd naar {person.email}."
        )
        self.stdout.write(f"De regio {role.region} staat op /{role.region.slug}/. {way_in}")
