"""Who has an account in the demo: one per kind of user, named by office only.

Everybody has the same password, hashed once: hashing it for each of some hundred people would take
most of the time of the whole build.
"""

from dataclasses import dataclass, field
from functools import cached_property

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User

PASSWORD = "welkom-in-de-demo"  # noqa: S105 - printed for everybody who opens the demo


@dataclass(frozen=True)
class Account:
    """One line of `manage.py demo --accounts`: who it is and what to look at."""

    email: str
    office: str
    look: str


RIJNMOND = [
    Account(
        "programmateam@rijnmond.example",
        "projectleider programmateam Rijnmond",
        "advies dat op antwoord wacht, een concept, een halte zonder vergadering",
    ),
    Account(
        "secretaris.ab@rijnmond.example",
        "secretaris AB platform jeugd",
        "de vergadering die komt, een besluit dat nog moet worden vastgelegd",
    ),
    Account(
        "secretaris.stuurgroep@rijnmond.example",
        "secretaris stuurgroep transformatie",
        "advies vastleggen van een vergadering die net is geweest",
    ),
    Account(
        "secretaris.aoj@rijnmond.example",
        "secretaris AOJ Rijnmond",
        "een besluitenlijst om te maken, de vergadering die komt",
    ),
    Account(
        "wethouder.schiedam@rijnmond.example",
        "wethouder jeugd Schiedam",
        "de stukken van het AB dat komt; voorzitter van de stuurgroep",
    ),
    Account(
        "adviseur.schiedam@rijnmond.example",
        "adviseur van de wethouder, Schiedam",
        "dezelfde stukken, voor de eigen gemeente",
    ),
    Account(
        "driegemeenten@rijnmond.example",
        "adviseur jeugd voor drie gemeenten",
        "rollen in Albrandswaard, Barendrecht en Ridderkerk",
    ),
    Account(
        "beleid.schiedam@rijnmond.example",
        "beleidsadviseur jeugd Schiedam",
        "lid van het AOJ: de stukken die daar komen",
    ),
    Account(
        "vaststeller.schiedam@rijnmond.example",
        "hoofd jeugd Schiedam",
        "vervangt de beleidsadviseur in het AOJ: de stukken die daar komen",
    ),
    Account("griffier.schiedam@rijnmond.example", "griffier Schiedam", "gepubliceerde besluiten"),
    Account(
        "medeauteur@rijnmond.example",
        "adviseur publieke gezondheid",
        "schrijft mee aan één concept; leest verder alleen wat gepubliceerd is",
    ),
    Account(
        "kerngroep@rijnmond.example",
        "opvoeder in de kerngroep",
        "lid van een extern overleg: alleen de stukken van de kerngroep",
    ),
    Account(
        "jongere@rijnmond.example",
        "ervaringsdeskundige jongere",
        "afgeschermd lid: overal alleen als rol te zien",
    ),
    Account(
        "aanbieder@rijnmond.example",
        "bestuurder jeugdhulpaanbieder",
        "lid van de zorglandschapstafel: het stuk dat daar komt",
    ),
    Account(
        "regiobeheer@rijnmond.example",
        "beheerder regio Rijnmond",
        "wat in de organisatie aandacht vraagt; gremia, zetels en leden",
    ),
    Account(
        "financien@rijnmond.example",
        "medewerker financiën Rijnmond",
        "adviseur van het AOJ: de stukken die daar komen",
    ),
]
IJSSELLAND = [
    Account(
        "programma@ijsselland.example",
        "kwartiermaker transformatie IJsselland",
        "advies dat op antwoord wacht, een concept, een versie om vast te zetten",
    ),
    Account(
        "regiomanager@ijsselland.example",
        "regiomanager IJsselland",
        "secretaris van BO en PHO: instemming vastleggen, een besluit definitief maken",
    ),
    Account(
        "projectmanager@ijsselland.example",
        "projectmanager IJsselland",
        "houdt de agenda van het AO: advies vastleggen van twee dagen geleden",
    ),
    Account(
        "secretaris.mo@ijsselland.example",
        "secretaris MO IJsselland",
        "een besluitenlijst om te maken, de vergadering die komt",
    ),
    Account(
        "wethouder.zwolle@ijsselland.example",
        "portefeuillehouder jeugd Zwolle",
        "de stukken van het PHO en het BO die komen",
    ),
    Account(
        "adviseur.zwolle@ijsselland.example",
        "adviseur van de portefeuillehouder, Zwolle",
        "dezelfde stukken, voor de eigen gemeente",
    ),
    Account(
        "beleid.zwolle@ijsselland.example",
        "beleidsadviseur jeugd Zwolle",
        "lid van het AO: de stukken die daar komen",
    ),
    Account(
        "manager.zwolle@ijsselland.example",
        "manager sociaal domein Zwolle",
        "lid van het MO: de stukken die daar komen",
    ),
    Account(
        "aanbieder@ijsselland.example",
        "directeur jeugdhulpaanbieder",
        "lid van de kerngroep transformatie",
    ),
    Account(
        "regiobeheer@ijsselland.example",
        "beheerder regio IJsselland",
        "wat in de organisatie aandacht vraagt; gremia, zetels en leden",
    ),
    Account(
        "financien@ijsselland.example",
        "medewerker financiën IJsselland",
        "adviseur van het managersoverleg: de stukken die daar komen",
    ),
]
SUPERUSER = Account(
    "beheer@regiovisie.example",
    "technisch beheerder",
    "de installatie; krijgt daardoor geen recht op stukken",
)


@dataclass
class People:
    """Makes accounts by address, each once, ready to sign in."""

    known: dict[str, User] = field(default_factory=dict)

    @cached_property
    def _password(self) -> str:
        return make_password(PASSWORD)

    def make(self, email: str, office: str, **fields: object) -> User:
        """The account with this address; its office only counts the first time."""
        if email not in self.known:
            user = User(email=email, office=office, password=self._password, **fields)
            user.save()
            # allauth lets nobody in whose address was not verified.
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            self.known[email] = user
        return self.known[email]

    def make_listed(self) -> None:
        """Everybody on the list; the other members of bodies follow while these are filled."""
        for account in [*RIJNMOND, *IJSSELLAND]:
            self.make(account.email, account.office)
        self.make(SUPERUSER.email, SUPERUSER.office, is_staff=True, is_superuser=True)

    def __getitem__(self, email: str) -> User:
        return self.known[email]


def table_of_accounts() -> str:
    """The accounts as a table for the terminal, per region."""
    groups = [("Rijnmond", RIJNMOND), ("IJsselland", IJSSELLAND), ("Installatie", [SUPERUSER])]
    listed = [account for _, accounts in groups for account in accounts]
    email = max(len(account.email) for account in listed)
    office = max(len(account.office) for account in listed)
    lines = [f"Iedereen heeft het wachtwoord: {PASSWORD}"]
    for name, accounts in groups:
        lines += ["", name, f"  {'wie':<{office}}  {'e-mailadres':<{email}}  wat u daar ziet"]
        lines += [f"  {a.office:<{office}}  {a.email:<{email}}  {a.look}" for a in accounts]
    return "\n".join(lines)
