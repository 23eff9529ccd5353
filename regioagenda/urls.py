"""Addresses of the regioagenda inside a region."""

from django.urls import path

from governance.views import organisation_rows as rows
from regioagenda.views import BLOCKS

app_name = "regioagenda"

HERE = "organisatie/bouwstenen/"
KIND = {"kind": BLOCKS}

urlpatterns = [
    path(HERE, rows.row_list, KIND, name="row-list"),
    path(f"{HERE}nieuw/", rows.row_add, KIND, name="row-add"),
    path(f"{HERE}<int:pk>/wijzigen/", rows.row_change, KIND, name="row-change"),
    path(f"{HERE}<int:pk>/weghalen/", rows.row_remove, KIND, name="row-remove"),
]
