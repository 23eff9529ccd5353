"""Forms of the organisation of a region, one per kind of row; those of people are in people.py."""

from typing import Any

from django import forms
from django.db.models import Q

from core.forms import DutchDateField
from governance.domain.people import municipalities_of
from governance.forms.base import DomainForm
from governance.forms.rows import DATES, RowForm
from governance.models import (
    AgendaTemplateItem,
    Body,
    BodyAlias,
    BodyRelation,
    Municipality,
    Recess,
    Region,
    RegionForm,
    RegionMunicipality,
    RouteTemplate,
    RouteTemplateStep,
    RuleSet,
    Seat,
)
from governance.models.dated import valid_on


class RegionDataForm(RowForm):
    class Meta(RowForm.Meta):
        model = Region
        fields = ("name", "address", "website", "email", "block_label", "school_region")
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "address": "Staat op brieven en in documenten.",
            "block_label": "Hoe deze regio een deel van de regiovisie noemt, zoals bouwsteen.",
            "school_region": "In deze vakanties plant het portaal geen vergaderingen.",
        }


class RegionFormForm(RowForm):
    class Meta(RowForm.Meta):
        model = RegionForm
        fields = ("legal_form", "legal_name", "host", *DATES)


class ParticipationForm(RowForm):
    class Meta(RowForm.Meta):
        model = RegionMunicipality
        fields = ("municipality", *DATES)

    def limit(self) -> None:
        rows = Municipality.objects.filter(
            Q(valid_on()) | Q(pk=self.instance.municipality_id), successor__isnull=True
        )
        self.choose("municipality", rows)
        self.fields[
            "municipality"
        ].help_text = (
            "Staat de gemeente er niet bij? Leg haar dan eerst vast onder Gegevens van gemeenten."
        )


class MunicipalityForm(RowForm):
    class Meta(RowForm.Meta):
        model = Municipality
        fields = ("name", "cbs_code", "successor", *DATES)
        help_texts = {
            "cbs_code": "Vier cijfers, zoals 0599.",
            "successor": "Alleen na een herindeling. Samenvoegen gaat het snelst met de knop "
            "Gemeenten samenvoegen.",
        }

    def limit(self) -> None:
        self.choose("successor", Municipality.objects.exclude(pk=self.instance.pk), empty="geen")


class RecessForm(RowForm):
    class Meta(RowForm.Meta):
        model = Recess
        fields = ("name", "first_day", "last_day")


class RuleSetForm(RowForm):
    groups = (
        ("Waar het staat", ("name", "basis", "source")),
        ("Wie er moeten zijn", ("quorum", "second_meeting", "deputies")),
        (
            "Hoe er wordt gestemd",
            ("allows_count", "tie", "roll_call", "secret", "abstaining", "weighted", "proxies"),
        ),
        ("Buiten de vergadering", ("written_round", "urgent_route")),
    )

    class Meta(RowForm.Meta):
        model = RuleSet
        fields = (
            "name",
            "basis",
            "source",
            "quorum",
            "second_meeting",
            "allows_count",
            "tie",
            "roll_call",
            "secret",
            "abstaining",
            "weighted",
            "deputies",
            "proxies",
            "written_round",
            "urgent_route",
        )
        help_texts = {
            "basis": "Bij de wet ligt vast: het quorum, de tweede vergadering, stemmen als iemand "
            "erom vraagt, hoofdelijk of geheim, en wat er gebeurt als de stemmen staken. U hoeft "
            "dat hieronder niet te kiezen.",
            "source": "Waar staat dit? Bijvoorbeeld: gemeenschappelijke regeling, artikel 12. "
            "Nodig als een regeling op grond van de wet gewichten of plaatsvervangers kent.",
            "quorum": "Hoeveel leden er moeten zijn om te besluiten. De wet vraagt meer dan de "
            "helft (Gemeentewet, artikel 20).",
            "second_meeting": "Komen er te weinig leden, dan is voor dezelfde stukken een tweede "
            "keer geen quorum nodig. Volgens de wet kan dat altijd (artikel 20).",
            "allows_count": "Wat de meeste stemmen krijgt, is aangenomen. Uit: het overleg besluit "
            "alleen als iedereen het eens is. Volgens de wet kan een lid altijd om een stemming "
            "vragen (artikel 32).",
            "tie": "Als er evenveel stemmen voor als tegen zijn. De wet zegt dit zelf: eerst "
            "aanhouden, de tweede keer verworpen (artikel 32).",
            "roll_call": "Elk lid zegt zelf voor of tegen, en dat blijft bewaard. Volgens de wet "
            "kan dat altijd (artikel 32).",
            "secret": "Niemand kan zien wie wat stemde. Volgens de wet gaat een stemming over "
            "personen altijd zo (artikel 31).",
            "abstaining": "Een lid dat er is, hoeft geen stem uit te brengen. De wet kent dit "
            "niet: wie er is, stemt (artikel 32).",
            "weighted": "Een stem telt zo zwaar als het aantal stemmen van de zetel. Bij de wet "
            "alleen als de regeling dat zegt (Wgr, artikel 13).",
            "deputies": "Een plaatsvervanger met stemrecht telt mee in plaats van het lid. Bij de "
            "wet alleen als de regeling plaatsvervangers kent.",
            "proxies": "Een lid dat er niet is, laat een ander lid voor zich stemmen. De wet kent "
            "dit niet.",
            "written_round": "Het overleg kan schriftelijk instemmen, zonder vergadering. De wet "
            "kent dit niet.",
            "urgent_route": "Een stuk dat niet kan wachten, mag dit overleg overslaan of voorgaan.",
        }


class BodyForm(RowForm):
    groups = (
        ("Hoe het heet", ("name", "short_name", "slug", "kind")),
        ("Hoe het werkt", ("legal_status", "circle", "writes_proposals", "rules", "delivery_days")),
        ("Openbaarheid van de stukken", ("publication", "publication_ground")),
        ("Plaats en tijd", ("order", *DATES)),
    )

    class Meta(RowForm.Meta):
        model = Body
        fields = (
            "name",
            "short_name",
            "slug",
            "kind",
            "legal_status",
            "circle",
            "writes_proposals",
            "rules",
            "publication",
            "publication_ground",
            "delivery_days",
            "order",
            *DATES,
        )
        help_texts = {
            "short_name": "Staat op de routelijn, hoogstens 30 tekens.",
            "slug": "Kleine letters en streepjes, zoals bestuur. Komt in adressen.",
            "circle": "Leden van een extern gremium zien alleen de stukken van dat gremium.",
            "writes_proposals": "De leden mogen voorstellen van de regio schrijven en indienen.",
            "publication_ground": "Nodig als stukken niet openbaar zijn: op welke grond?",
            "delivery_days": "Zoveel werkdagen voor de vergadering zijn de stukken binnen.",
            "order": "In lijsten komt een lager getal eerst.",
        }

    def limit(self) -> None:
        self.choose("rules", RuleSet.objects.filter(region=self.region))


class BodyAliasForm(RowForm):
    class Meta(RowForm.Meta):
        model = BodyAlias
        fields = ("name",)
        help_texts = {"name": "Zo noemen stukken dit gremium ook. Het portaal leest dat dan goed."}


class BodyRelationForm(RowForm):
    class Meta(RowForm.Meta):
        model = BodyRelation
        fields = ("kind", "target")

    def limit(self) -> None:
        others = Body.objects.filter(region=self.region).exclude(pk=self.instance.source_id)
        self.choose("target", others)


class SeatForm(RowForm):
    class Meta(RowForm.Meta):
        model = Seat
        fields = ("municipality", "organisation", "votes", *DATES)
        help_texts = {
            "municipality": "Kies een gemeente, of noem hieronder een organisatie.",
            "votes": "Hoe zwaar deze zetel telt als er naar gewicht wordt gestemd. Leeg: nog niet "
            "bekend, bijvoorbeeld na een herindeling. Dan kan er niet naar gewicht worden gestemd.",
        }

    def limit(self) -> None:
        self.choose("municipality", municipalities_of(self.region), empty="geen gemeente")


class RouteTemplateForm(RowForm):
    def limit(self) -> None:
        kinds: Any = self.fields["kind"]
        kinds.choices = [(key, label if key else "elke soort") for key, label in kinds.choices]

    class Meta(RowForm.Meta):
        model = RouteTemplate
        fields = ("name", "kind", "local_decisions")


class RouteTemplateStepForm(RowForm):
    class Meta(RowForm.Meta):
        model = RouteTemplateStep
        fields = ("body", "purpose")

    def limit(self) -> None:
        self.choose("body", Body.objects.filter(valid_on(), region=self.region))


class AgendaTemplateItemForm(RowForm):
    class Meta(RowForm.Meta):
        model = AgendaTemplateItem
        fields = ("title", "text", "minutes", "treatment", "closing", "order")
        help_texts = {
            "closing": "Zoals de rondvraag. Anders komt het punt voor de stukken.",
            "order": "Een lager getal komt eerst.",
        }


class MergeForm(DomainForm):
    """Which municipalities become one, which one that is, and the last day of the old ones."""

    old = forms.ModelMultipleChoiceField(
        label="Deze gemeenten houden op", queryset=None, widget=forms.CheckboxSelectMultiple
    )
    successor = forms.ModelChoiceField(
        label="Zij gaan op in", queryset=None, empty_label="Maak een keuze"
    )
    last_day = DutchDateField(
        label="Laatste dag van de oude gemeenten", help_text="Bijvoorbeeld 31 december 2026."
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = municipalities_of(region).filter(successor__isnull=True)
        self.fields["old"].queryset = rows  # type: ignore[attr-defined]
        self.fields["successor"].queryset = rows  # type: ignore[attr-defined]
