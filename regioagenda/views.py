"""Building blocks of a region, kept with the same pages as the rest of its organisation."""

from django import forms
from django.utils.text import capfirst

from governance.domain.people import municipalities_of
from governance.forms.rows import DATES, RowForm
from governance.views.rows import Kind
from regioagenda.drafts import PREFIX
from regioagenda.models import BlockLead, BuildingBlock


class BuildingBlockForm(RowForm):
    field_of_constraint = {
        "regioagenda_block_number_once": "number",
        "regioagenda_block_number_from_one": "number",
    }

    class Meta(RowForm.Meta):
        model = BuildingBlock
        fields = ("number", "title", "short", "group", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class BlockLeadForm(RowForm):
    field_of_constraint = {
        "regioagenda_lead_once": "valid_from",
        "regioagenda_lead_open_once": "valid_from",
    }

    class Meta(RowForm.Meta):
        model = BlockLead
        fields = ("block", "municipality", "office", *DATES)
        labels = {"block": "Onderdeel"}
        help_texts = {"office": "De functie, geen naam: wie haar bekleedt, kan wisselen."}

    def limit(self) -> None:
        self.choose("block", BuildingBlock.objects.filter(region=self.region))
        self.choose("municipality", municipalities_of(self.region))


BLOCKS = Kind(
    slug="bouwstenen",
    model=BuildingBlock,
    form=BuildingBlockForm,
    plural="Onderdelen van de regiovisie",
    one="onderdeel van de regiovisie",
    lead="De bouwstenen of thema's waaruit de regiovisie bestaat.",
    columns=(
        ("Titel", str),
        ("Korte naam", lambda row: row.short or "–"),
        ("Groep", lambda row: row.get_group_display()),
        ("Toelichting", lambda row: row.description or "–"),
    ),
    rows=lambda region: BuildingBlock.objects.filter(region=region),
    app="regioagenda",
    drafts=PREFIX,
)
LEADS = Kind(
    slug="trekkers",
    model=BlockLead,
    form=BlockLeadForm,
    plural="Bestuurlijk trekkers",
    one="bestuurlijk trekker",
    lead="Welke wethouder een onderdeel van de regiovisie trekt, en van wanneer tot wanneer.",
    columns=(
        ("Trekker", lambda row: capfirst(str(row))),
        ("Onderdeel", lambda row: str(row.block)),
    ),
    rows=lambda region: BlockLead.objects.filter(block__region=region).select_related(
        "block", "municipality"
    ),
    app="regioagenda",
    prefix="lead",
)
