"""One page with every component, in development and tests only: to look at, and for axe."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Layout, Reset, Row, Submit
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock, components
from core.components import Cell, Crumb, Fact, Link, NotYet, Stop, Task, TrailLine
from core.richtext_field import RichTextField


class ExampleForm(forms.Form):
    title = forms.CharField(label="Titel", max_length=80)
    summary = forms.CharField(
        label="Samenvatting",
        max_length=200,
        help_text="Wat wordt gevraagd, in hoogstens 200 tekens.",
        widget=forms.Textarea,
    )
    text = RichTextField(label="Aanleiding", required=False)
    kind = forms.ChoiceField(
        label="Soort stuk", choices=[("", "Kies een soort"), ("start", "Startnotitie")]
    )
    day = forms.DateField(label="Datum van vergaderen", help_text="Bijvoorbeeld 24-6-2026.")
    amount = forms.DecimalField(label="Bedrag in euro's", required=False)
    purpose = forms.ChoiceField(
        label="Doel van de stap",
        choices=[("advise", "Adviseren"), ("decide", "Besluiten")],
        widget=forms.RadioSelect,
    )
    blocks = forms.MultipleChoiceField(
        label="Bouwstenen",
        choices=[("1", "Lokale teams"), ("2", "Wonen dicht bij huis")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    starts = forms.SplitDateTimeField(
        label="Begin", required=False, widget=forms.SplitDateTimeWidget
    )
    paper = forms.FileField(label="Bijlage", help_text="Hoogstens 50 MB.", required=False)
    agreed = forms.BooleanField(label="Er staan geen gegevens van cliënten in dit stuk")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title",
            "summary",
            "text",
            Row(Column("kind"), Column("day")),
            Fieldset("Kosten en route", "amount", "purpose", "blocks", "starts"),
            Div("paper", "agreed"),
        )
        self.helper.add_input(Submit("save", "Opslaan"))
        self.helper.add_input(Reset("undo", "Leegmaken"))
        self.helper.attrs = {
            "data-draft-url": "/componenten/concept/",
            "data-draft-key": "example",
        }


def components_page(request: HttpRequest) -> HttpResponse:
    form = ExampleForm(request.POST or None, request.FILES or None)
    if request.method == "GET" and "berichten" in request.GET:
        messages.success(request, "Het voorstel is de route in.")
        messages.warning(request, "Eén gemeente heeft nog niet gereageerd.")
        messages.error(request, "De bijlage is te groot: kies een bestand tot 50 MB.")
    page = Paginator(range(1, 240), 20).get_page(request.GET.get("page", 3))
    return render(request, "core/components.html", {"form": form, "page": page} | _example_values())


def _example_values() -> dict[str, Any]:
    day = date(2021, 6, 14)
    stops = [
        Stop("Programmateam", "Bespreken", "done", "Afgerond", day, short="Team"),
        Stop("Stuurgroep", "Adviseren", "now", "2 adviespunten, 1 open", day + timedelta(9)),
        Stop("AOJ", "Adviseren", "coming", "Nog te komen", day + timedelta(10)),
        Stop("Managersoverleg", "Adviseren", "skipped", "Overgeslagen: spoedroute", short="MO"),
        Stop("AB", "Besluiten", "coming", "Eindhalte: het besluit", day + timedelta(18), end=True),
    ]
    return {
        "crumbs": [Crumb("Voorstellen", "#"), Crumb("Regioagenda", "#"), Crumb("Lokale teams")],
        "stops": stops,
        "not_yet": [NotYet("Vaststellen", "adviespunt 2 heeft nog geen antwoord.")],
        "tasks": [
            Task("Vandaag", "17.00 uur", "Beantwoord 2 adviespunten", "#", "Startnotitie", True),
            Task("Do 26 november", "over 2 dagen", "Lever de stukken aan", "#", "Stuurgroep"),
        ],
        "facts": [
            Fact("Aan", "Leden van het algemeen bestuur"),
            Fact("Besluit", "2 juli", url="#", note="aangehouden op 24 juni"),
        ],
        "figures": [
            Fact("Begroot", "€ 33.000"),
            Fact("Besteed", "€ 12.400", note="37,6% van het bedrag"),
        ],
        "papers": [Link("Schema nulmeting", "#", note="pdf, 220 kB")],
        "trail": [
            TrailLine("Adviespunt 1 beantwoord", "Programmateam · 23 juni, 15.40 uur"),
            TrailLine("Aangehouden", "Voorzitter · 14 juni, 16.05 uur", "De tijd was op."),
        ],
        "tabs": [Link("Stuk", "#", current=True), Link("Route", "#"), Link("Versies", "#")],
        "columns": [
            components.Column("Gemeente", sort="sort=name", sorted="ascending"),
            components.Column("Stand"),
            components.Column("Bedrag", number=True),
        ],
        "rows": [
            components.Row([Cell("Ommen", "#"), Cell("Vastgesteld", tone="success"), "€ 1.250"]),
            components.Row(["Zwolle", Cell("Bezig", tone="warning"), "€ 12.000,50"]),
            components.Row(["Samen", "", "€ 13.250,50"], kind="total"),
        ],
        "before": "De nulmeting is klaar voor de zomer van 2021.",
        "after": "De nulmeting is klaar na de zomer van 2022.",
        "now": clock.now(),
        "money": Decimal("1234.56"),
        "lines": ["Een nulmeting door elke gemeente", "De regie van het programmateam"],
    }
