"""The kinds of rows that a region's admin keeps: one description each, for one set of pages.

To add a kind: describe it here, with its form in forms/. An upper room describes its
own kind in its views and gives it addresses in its urls (see regioagenda).
"""

from typing import Any

from django.db.models import Q, QuerySet

from core.formats import long_date
from governance.domain.people import municipalities_of
from governance.forms import organisation as forms
from governance.forms import people
from governance.models import (
    AgendaTemplateItem,
    Body,
    BodyAlias,
    BodyRelation,
    Membership,
    Municipality,
    MunicipalRole,
    Recess,
    Region,
    RegionForm,
    RegionMunicipality,
    RegionRole,
    RouteTemplate,
    RouteTemplateStep,
    RuleSet,
    Seat,
)
from governance.presenting_rules import rules_in_words
from governance.views.rows import Kind


def _yes(value: bool) -> str:
    return "ja" if value else "nee"


def _who(row: Any) -> str:
    mark = ", afgeschermd" if getattr(row, "shielded", False) else ""
    return f"{people.person_label(row.user)}{mark}"


def _seat(row: Membership) -> str:
    if row.deputy_of:
        return f"vervangt {people.person_label(row.deputy_of.user)}"
    return str(row.seat or "–")


def _weight(row: Seat) -> str:
    return "nog niet bekend" if row.votes is None else str(row.votes)


def _successor(row: Any) -> str:
    municipality = getattr(row, "municipality", row)
    return str(municipality.successor or "–")


def _stops(row: RouteTemplate) -> str:
    return " → ".join(step.body.short_name for step in row.steps.all()) or "nog geen"


def _by(row: Any) -> str:
    return str(row.granted_by or "het portaal")


def _known_municipalities(region: Region) -> QuerySet[Municipality]:
    """Those of the region, and those that take part nowhere yet: somebody just entered them."""
    return Municipality.objects.filter(
        Q(pk__in=municipalities_of(region)) | Q(participations__isnull=True)
    ).select_related("successor")


FORMS = Kind(
    slug="rechtsvormen",
    model=RegionForm,
    form=forms.RegionFormForm,
    plural="Rechtsvormen",
    one="rechtsvorm",
    lead="Onder welke regeling de regio werkt, en wie gastheer is. Er is er één tegelijk.",
    columns=(
        ("Regeling", lambda row: row.legal_name),
        ("Rechtsvorm", lambda row: row.get_legal_form_display()),
        ("Gastorganisatie", lambda row: row.host or "–"),
    ),
    rows=lambda region: RegionForm.objects.filter(region=region),
)
PARTICIPATIONS = Kind(
    slug="gemeenten",
    model=RegionMunicipality,
    form=forms.ParticipationForm,
    plural="Gemeenten",
    one="deelname",
    lead="Welke gemeenten meedoen, en van wanneer tot wanneer.",
    columns=(
        ("Gemeente", lambda row: str(row.municipality)),
        ("CBS-code", lambda row: row.municipality.cbs_code),
        ("Opgegaan in", _successor),
    ),
    rows=lambda region: RegionMunicipality.objects.filter(region=region).select_related(
        "municipality__successor"
    ),
)
MUNICIPALITIES = Kind(
    slug="gemeentegegevens",
    model=Municipality,
    form=forms.MunicipalityForm,
    plural="Gegevens van gemeenten",
    one="gemeente",
    lead="Naam en CBS-code van elke gemeente. Of zij meedoet, staat onder Gemeenten.",
    columns=(
        ("Naam", str),
        ("CBS-code", lambda row: row.cbs_code),
        ("Opgegaan in", _successor),
    ),
    rows=_known_municipalities,
)
RECESSES = Kind(
    slug="recessen",
    model=Recess,
    form=forms.RecessForm,
    plural="Recessen",
    one="reces",
    lead="In deze dagen plant het portaal geen vergaderingen. De schoolvakanties tellen al mee.",
    columns=(
        ("Naam", str),
        ("Eerste dag", lambda row: long_date(row.first_day)),
        ("Laatste dag", lambda row: long_date(row.last_day)),
    ),
    rows=lambda region: Recess.objects.filter(region=region),
)
RULE_SETS = Kind(
    slug="besluitregels",
    model=RuleSet,
    form=forms.RuleSetForm,
    plural="Besluitregels",
    one="set besluitregels",
    lead="Volgens welke regels een gremium besluit: de wet, of eigen afspraken.",
    columns=(
        ("Naam", str),
        ("Grondslag", lambda row: row.get_basis_display()),
        ("Wat er geldt", rules_in_words),
        ("Bron", lambda row: row.source or "–"),
    ),
    rows=lambda region: RuleSet.objects.filter(region=region),
)
BODIES = Kind(
    slug="gremia",
    model=Body,
    form=forms.BodyForm,
    plural="Gremia",
    one="gremium",
    lead="De overleggen en besturen van de regio. Elk gremium heeft een eigen bladzijde.",
    columns=(
        ("Naam", str),
        ("Soort", lambda row: row.get_kind_display()),
        ("Status", lambda row: row.get_legal_status_display()),
        ("Besluitregels", lambda row: str(row.rules)),
    ),
    rows=lambda region: Body.objects.filter(region=region).select_related("rules"),
    page="governance:organisation-body",
)
ALIASES = Kind(
    slug="andere-namen",
    model=BodyAlias,
    form=forms.BodyAliasForm,
    plural="Andere namen",
    one="andere naam",
    lead="Hoe stukken dit gremium ook noemen.",
    columns=(("Naam", str),),
    rows=lambda region: BodyAlias.objects.filter(region=region).select_related("body"),
    parent="body",
    holder=BODIES,
)
RELATIONS = Kind(
    slug="verhoudingen",
    model=BodyRelation,
    form=forms.BodyRelationForm,
    plural="Verhoudingen",
    one="verhouding",
    lead="Hoe dit gremium staat tot andere, en andere tot dit gremium.",
    columns=(("Verhouding", str),),
    rows=lambda region: BodyRelation.objects.filter(source__region=region).select_related(
        "source", "target"
    ),
    parent="source",
    holder=BODIES,
)
SEATS = Kind(
    slug="zetels",
    model=Seat,
    form=forms.SeatForm,
    plural="Zetels",
    one="zetel",
    lead="Welke gemeente of organisatie hier een zetel heeft, en met hoeveel stemmen.",
    columns=(("Zetel van", str), ("Stemmen", _weight)),
    rows=lambda region: Seat.objects.filter(body__region=region).select_related(
        "body", "municipality"
    ),
    parent="body",
    holder=BODIES,
)
MEMBERSHIPS = Kind(
    slug="leden",
    model=Membership,
    form=people.MembershipForm,
    plural="Leden",
    one="lidmaatschap",
    lead="Wie hier zit, in welke rol, voor welke termijn.",
    columns=(
        ("Wie", _who),
        ("Rol", lambda row: row.get_role_display()),
        ("Zetel", _seat),
        ("Stemrecht", lambda row: _yes(row.has_vote)),
    ),
    rows=lambda region: Membership.objects.filter(body__region=region).select_related(
        "body", "user", "granted_by", "seat__municipality", "deputy_of__user"
    ),
    parent="body",
    holder=BODIES,
)
AGENDA_ITEMS = Kind(
    slug="vaste-agendapunten",
    model=AgendaTemplateItem,
    form=forms.AgendaTemplateItemForm,
    plural="Vaste agendapunten",
    one="vast agendapunt",
    lead="Deze punten staan vanzelf op elke nieuwe agenda. Een wijziging geldt voor agenda's die "
    "nog niet zijn begonnen.",
    columns=(
        ("Titel", str),
        ("Plaats", lambda row: "na de stukken" if row.closing else "voor de stukken"),
        ("Minuten", lambda row: str(row.minutes or "–")),
        ("Behandeling", lambda row: row.get_treatment_display()),
    ),
    rows=lambda region: AgendaTemplateItem.objects.filter(body__region=region).select_related(
        "body"
    ),
    parent="body",
    holder=BODIES,
)
MUNICIPAL_ROLES = Kind(
    slug="gemeentelijke-rollen",
    model=MunicipalRole,
    form=people.MunicipalRoleForm,
    plural="Gemeentelijke rollen",
    one="gemeentelijke rol",
    lead="Wat iemand voor een gemeente doet. Eén persoon kan voor meer gemeenten werken.",
    columns=(
        ("Wie", _who),
        ("Gemeente", lambda row: str(row.municipality)),
        ("Rol", lambda row: row.get_role_display()),
        ("Verleend door", _by),
    ),
    rows=lambda region: MunicipalRole.objects.filter(
        municipality__in=municipalities_of(region)
    ).select_related("user", "municipality", "granted_by"),
)
REGION_ROLES = Kind(
    slug="regiorollen",
    model=RegionRole,
    form=people.RegionRoleForm,
    plural="Regiorollen",
    one="regiorol",
    lead="Wie de organisatie of het geld van de regio bijhoudt. Stukken lezen hoort daar niet bij.",
    columns=(
        ("Wie", _who),
        ("Rol", lambda row: row.get_role_display()),
        ("Verleend door", _by),
    ),
    rows=lambda region: RegionRole.objects.filter(region=region).select_related(
        "user", "granted_by"
    ),
)
TEMPLATES = Kind(
    slug="routesjablonen",
    model=RouteTemplate,
    form=forms.RouteTemplateForm,
    plural="Routesjablonen",
    one="routesjabloon",
    lead="De gebruikelijke route per soort voorstel. Per voorstel kan zij nog worden aangepast.",
    columns=(
        ("Naam", str),
        ("Voor soort", lambda row: row.get_kind_display() or "elke soort"),
        ("Haltes", _stops),
        ("Gemeenten besluiten daarna zelf", lambda row: _yes(row.local_decisions)),
    ),
    rows=lambda region: RouteTemplate.objects.filter(region=region).prefetch_related("steps__body"),
    page="governance:organisation-template",
)
STEPS = Kind(
    slug="haltes",
    model=RouteTemplateStep,
    form=forms.RouteTemplateStepForm,
    plural="Haltes",
    one="halte",
    lead="De gremia die een voorstel langsgaat.",
    columns=(
        ("Gremium", lambda row: str(row.body)),
        ("Doel", lambda row: row.get_purpose_display()),
    ),
    rows=lambda region: RouteTemplateStep.objects.filter(template__region=region).select_related(
        "body", "template"
    ),
    parent="template",
    holder=TEMPLATES,
)

KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        FORMS,
        PARTICIPATIONS,
        MUNICIPALITIES,
        RECESSES,
        RULE_SETS,
        BODIES,
        ALIASES,
        RELATIONS,
        SEATS,
        MEMBERSHIPS,
        AGENDA_ITEMS,
        MUNICIPAL_ROLES,
        REGION_ROLES,
        TEMPLATES,
        STEPS,
    )
}
