"""Building blocks of a region, kept with the same pages as the rest of its organisation."""

from django import forms

from governance.forms.organisation import RowForm
from governance.views.organisation_kinds import Kind
from regioagenda.models import BuildingBlock


class BuildingBlockForm(RowForm):
    field_of_constraint = {
        "regioagenda_block_number_once": "number",
        "regioagenda_block_number_from_one": "number",
    }

    class Meta(RowForm.Meta):
        model = BuildingBlock
        fields = ("number", "title", "group", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


BLOCKS = Kind(
    slug="bouwstenen",
    model=BuildingBlock,
    form=BuildingBlockForm,
    plural="Onderdelen van de regiovisie",
    one="onderdeel van de regiovisie",
    lead="De bouwstenen of thema's waaruit de regiovisie bestaat.",
    columns=(
        ("Titel", str),
        ("Groep", lambda row: row.get_group_display()),
        ("Toelichting", lambda row: row.description or "–"),
    ),
    rows=lambda region: BuildingBlock.objects.filter(region=region),
    app="regioagenda",
)
