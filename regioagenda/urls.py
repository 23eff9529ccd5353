"""Addresses of the regioagenda inside a region."""

from django.urls import path

from governance.views import organisation_rows as rows
from regioagenda import views_blocks
from regioagenda.views import BLOCKS, LEADS

app_name = "regioagenda"

HERE = "organisatie/bouwstenen/"
KIND = {"kind": BLOCKS}
LEADING = "organisatie/trekkers/"
LEAD = {"kind": LEADS}

urlpatterns = [
    path("bouwstenen/<int:pk>/", views_blocks.block_detail, name="block"),
    path(
        "voorstellen/<int:number>/bouwstenen/", views_blocks.proposal_blocks, name="proposal-blocks"
    ),
    path(HERE, rows.row_list, KIND, name="row-list"),
    path(f"{HERE}nieuw/", rows.row_add, KIND, name="row-add"),
    path(f"{HERE}<int:pk>/wijzigen/", rows.row_change, KIND, name="row-change"),
    path(f"{HERE}<int:pk>/weghalen/", rows.row_remove, KIND, name="row-remove"),
    path(LEADING, rows.row_list, LEAD, name="lead-list"),
    path(f"{LEADING}nieuw/", rows.row_add, LEAD, name="lead-add"),
    path(f"{LEADING}<int:pk>/wijzigen/", rows.row_change, LEAD, name="lead-change"),
    path(f"{LEADING}<int:pk>/einddatum/", rows.row_end, LEAD, name="lead-end"),
    path(f"{LEADING}<int:pk>/weghalen/", rows.row_remove, LEAD, name="lead-remove"),
]
