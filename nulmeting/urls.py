"""Addresses of the nulmeting inside a region."""

from django.urls import path

from nulmeting import urls_instrument
from nulmeting.views import (
    approving,
    evidence,
    filling,
    inviting,
    leading,
    offline,
    public,
    results,
    rounds,
)

app_name = "nulmeting"

ROUND = "nulmeting/<int:year>/"
HERE = f"{ROUND}gemeente/<int:pk>/"
PIECE = f"{HERE}bewijs/<int:piece>/"

urlpatterns = [
    *urls_instrument.urlpatterns,
    path("nulmeting/vaststellen/<str:token>/", inviting.by_link, name="by-link"),
    path("nulmeting/", rounds.round_list, name="round-list"),
    path(ROUND, rounds.round_detail, name="round-detail"),
    path("nulmeting/voorbereiden/", leading.prepare, name="round-new"),
    path(f"{ROUND}wijzigen/", leading.edit, name="round-edit"),
    path(f"{ROUND}openen/", leading.open_round, name="round-open"),
    path(f"{ROUND}sluiten/", leading.close, name="round-close"),
    path(f"{ROUND}weer-openen/", leading.open_again, name="round-open-again"),
    path(f"{ROUND}publiceren/", leading.publish, name="round-publish"),
    path(f"{ROUND}herinneren/", leading.remind, name="round-remind"),
    path(f"{ROUND}gemeente-toevoegen/", leading.join, name="round-join"),
    path(f"{ROUND}heropenen/", leading.reopen, name="round-reopen"),
    path(f"{ROUND}onderdeel/<int:block>/", results.block_results, name="round-block"),
    path(f"{ROUND}openbaar/", public.region_figures, name="round-public"),
    path(f"{ROUND}rapport/", results.region_report, name="round-report"),
    path(f"{ROUND}bestanden/<slug:what>.<slug:extension>", results.download, name="download"),
    path(f"{HERE}uitkomsten/", results.submission_results, name="submission-results"),
    path(f"{HERE}rapport/", results.own_report, name="submission-report"),
    path(HERE, filling.overview, name="submission"),
    path(f"{HERE}onderdeel/<int:block>/", filling.block, name="block"),
    path(f"{HERE}controle/", filling.check, name="check"),
    path(f"{HERE}antwoorden/", filling.answers, name="answers"),
    path(f"{HERE}terugnemen/", filling.take_back, name="take-back"),
    path(f"{HERE}bewijs/nieuw/", evidence.add, name="evidence-add"),
    path(f"{PIECE}wijzigen/", evidence.change, name="evidence-change"),
    path(f"{PIECE}weghalen/", evidence.remove, name="evidence-remove"),
    path(f"{PIECE}bestand/", evidence.download, name="evidence-download"),
    path(f"{HERE}vaststellen/", approving.approve, name="approve"),
    path(f"{HERE}teruggeven/", approving.give_back, name="give-back"),
    path(f"{HERE}rekenblad/", offline.upload, name="offline"),
    path(f"{HERE}rekenblad/bestand/", offline.download, name="offline-download"),
    path(f"{HERE}link/", inviting.invite, name="invite"),
    path(f"{HERE}op-papier/", approving.on_paper, name="on-paper"),
    path(f"{HERE}op-papier/bevestigen/", approving.confirm, name="paper-confirm"),
    path(f"{HERE}op-papier/stuk/", approving.paper, name="paper-download"),
]
