"""What municipalities are asked, what they answer, and what the region says to that."""

from django.urls import path

from governance.views import local, local_acts, local_reports

ROUND = "gemeenten/<int:pk>/"
STEP = f"{ROUND}uitkomst/<int:step>/"

urlpatterns = [
    path("gemeenten/", local.region_table, name="local-table"),
    path("gemeenten/tabel.xlsx", local.region_download, name="local-table-download"),
    path(
        "voorstellen/<int:number>/halte/<int:pk>/gemeenten/",
        local_acts.new_before,
        name="local-new-before",
    ),
    path("besluiten/<str:number>/gemeenten/", local_acts.new_after, name="local-new-after"),
    path(ROUND, local.round_page, name="local-round"),
    path(f"{ROUND}tabel.xlsx", local.round_download, name="local-round-download"),
    path(f"{ROUND}wijzigen/", local_acts.edit, name="local-edit"),
    path(f"{ROUND}versturen/", local_acts.ask, name="local-ask"),
    path(f"{ROUND}termijn/", local_acts.extend, name="local-extend"),
    path(f"{ROUND}intrekken/", local_acts.withdraw, name="local-withdraw"),
    path(f"{ROUND}sluiten/", local_acts.close, name="local-close"),
    path(STEP, local_reports.report, name="local-report"),
    path(f"{STEP}terugnemen/", local_reports.take_back, name="local-take-back"),
    path(f"{STEP}antwoord/", local_reports.answer, name="local-answer"),
    path(f"{STEP}stuk/", local_reports.paper, name="local-paper-download"),
]
