"""Addresses of the questions, for the programme team."""

from django.urls import path

from nulmeting.views import instrument_files as files
from nulmeting.views import instrument_parts as parts
from nulmeting.views import instruments

LIST = "nulmeting/vragenlijst/"
HERE = f"{LIST}<int:version>/"
BLOCK = f"{HERE}onderdeel/<int:block>/"
ITEM = f"{HERE}vraag/<int:item>/"

urlpatterns = [
    path(LIST, instruments.instrument_list, name="instrument-list"),
    path(f"{LIST}nieuw/", instruments.begin, name="instrument-begin"),
    path(f"{LIST}inlezen/", files.bring_in, name="instrument-import"),
    path(HERE, instruments.detail, name="instrument"),
    path(f"{HERE}bestand/", files.download, name="instrument-download"),
    path(f"{HERE}verschillen/", instruments.compare, name="instrument-compare"),
    path(f"{HERE}volgende/", instruments.draw_next, name="instrument-next"),
    path(f"{HERE}vaststellen/", instruments.fix, name="instrument-fix"),
    path(f"{HERE}weggooien/", instruments.discard, name="instrument-discard"),
    path(f"{HERE}kop/", parts.edit, name="instrument-edit"),
    path(f"{HERE}schaal/", parts.scale, name="instrument-scale"),
    path(BLOCK, parts.block, name="instrument-block"),
    path(f"{BLOCK}voorbeeld/", instruments.preview, name="instrument-preview"),
    path(f"{BLOCK}vraag/", parts.item_add, name="item-add"),
    path(f"{BLOCK}volgorde/", parts.item_move, name="item-move"),
    path(f"{ITEM}wijzigen/", parts.item_change, name="item-change"),
    path(f"{ITEM}weghalen/", parts.item_remove, name="item-remove"),
]
