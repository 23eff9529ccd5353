"""Addresses of the funds of a region."""

from django.urls import path

from budget import urls_money
from budget.views import (
    costs,
    files,
    fund_forms,
    funds,
    imports,
    lines,
    public,
    version_lines,
    versions,
)

app_name = "budget"

FUND = "fonds/<slug:slug>/"
INSTALMENT = f"{FUND}termijn/<int:pk>/"
VERSIONS = f"{FUND}begroting/"
VERSION = f"{VERSIONS}<int:number>/"
HEADING = f"{VERSION}onderdeel/<int:pk>/"
LINE = f"{VERSION}post/<int:pk>/"

urlpatterns = [
    path("fonds/", funds.fund_list, name="fund-list"),
    path("fonds-nieuw/", fund_forms.new, name="fund-new"),
    path(FUND, funds.fund_detail, name="fund"),
    path(f"{FUND}openbaar/", public.fund_totals, name="fund-public"),
    path(f"{FUND}bestanden/<str:name>", files.download, name="download"),
    path(f"{FUND}rapport/", files.report, name="report"),
    path(f"{FUND}openbaar-maken/", fund_forms.publish, name="fund-publish"),
    path(f"{FUND}wijzigen/", fund_forms.edit, name="fund-edit"),
    path(f"{FUND}termijn/", fund_forms.instalment_new, name="instalment-new"),
    path(f"{INSTALMENT}wijzigen/", fund_forms.instalment_edit, name="instalment-edit"),
    path(f"{INSTALMENT}weghalen/", fund_forms.instalment_remove, name="instalment-remove"),
    path(f"{FUND}post/<int:pk>/", lines.line_detail, name="line"),
    path(VERSIONS, versions.version_list, name="version-list"),
    path(f"{VERSIONS}nieuw/", versions.new, name="version-new"),
    path(f"{VERSIONS}inlezen/", imports.upload, name="sheet-upload"),
    path(f"{VERSIONS}inlezen/<int:pk>/", imports.review, name="sheet-review"),
    path(f"{VERSIONS}inlezen/<int:pk>/weggooien/", imports.drop, name="sheet-drop"),
    path(VERSION, versions.version_detail, name="version"),
    path(f"{VERSION}rekenblad/", imports.source, name="version-download"),
    path(f"{VERSION}weggooien/", versions.discard, name="version-discard"),
    path(f"{VERSION}vaststellen/", versions.adopt, name="version-adopt"),
    path(f"{VERSION}verschuivingen/", versions.take_in, name="version-moves"),
    path(f"{VERSION}naast/<int:other>/", versions.compare, name="version-compare"),
    path(f"{VERSION}verschil/<int:pk>/", versions.judge, name="version-judge"),
    path(f"{VERSION}volgorde/", version_lines.move, name="version-order"),
    path(f"{VERSION}onderdeel/", version_lines.heading_new, name="heading-new"),
    path(f"{HEADING}wijzigen/", version_lines.heading_edit, name="heading-edit"),
    path(f"{HEADING}weghalen/", version_lines.heading_remove, name="heading-remove"),
    path(f"{VERSION}post/", version_lines.line_new, name="line-new"),
    path(f"{LINE}wijzigen/", version_lines.line_edit, name="line-edit"),
    path(f"{LINE}weghalen/", version_lines.line_remove, name="line-remove"),
    path("voorstellen/<int:number>/kosten/", costs.proposal_costs, name="proposal-costs"),
    path(
        "voorstellen/<int:number>/kosten/<int:pk>/weghalen/", costs.cost_remove, name="cost-remove"
    ),
    *urls_money.urlpatterns,
]
