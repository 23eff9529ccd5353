"""Writing, versions, attachments and import."""

from django.urls import path

from governance.views import attachments, importing, writing
from governance.views import writing_parts as parts

PROPOSAL = "voorstellen/<int:number>/"
WRITE = f"{PROPOSAL}schrijven/"

urlpatterns = [
    path("voorstellen/nieuw/", writing.new, name="proposal-new"),
    path("voorstellen/inlezen/", importing.upload, name="proposal-import"),
    path("voorstellen/inlezen/<int:pk>/", importing.review, name="proposal-import-review"),
    path(WRITE, writing.write, name="proposal-write"),
    path(f"{WRITE}verder/", writing.go_on, name="version-continue"),
    path(f"{WRITE}gegevens/", writing.header, name="header-edit"),
    path(f"{WRITE}paragraaf/", writing.section_add, name="section-add"),
    path(f"{WRITE}paragraaf/<int:pk>/", writing.section_edit, name="section-edit"),
    path(f"{WRITE}paragraaf/<int:pk>/niveau/", parts.section_level, name="section-level"),
    path(f"{WRITE}paragraaf/<int:pk>/weg/", parts.section_remove, name="section-remove"),
    path(f"{WRITE}paragraaf/volgorde/", parts.section_order, name="section-order"),
    path(f"{WRITE}beslispunten/", parts.points, name="points-edit"),
    path(f"{WRITE}beslispunten/volgorde/", parts.point_order, name="point-order"),
    path(f"{WRITE}beslispunten/<int:pk>/weg/", parts.point_remove, name="point-remove"),
    path(f"{WRITE}medeauteurs/", parts.coauthors, name="coauthors"),
    path(f"{WRITE}medeauteurs/<int:pk>/weg/", parts.coauthor_remove, name="coauthor-remove"),
    path(f"{WRITE}bijlagen/", attachments.add, name="attachment-add"),
    path(f"{WRITE}bijlagen/volgorde/", parts.attachment_order, name="attachment-order"),
    path(f"{WRITE}bijlagen/<int:pk>/weg/", parts.attachment_remove, name="attachment-remove"),
    path(f"{PROPOSAL}vastzetten/", writing.freeze, name="proposal-freeze"),
    path(f"{PROPOSAL}bron/", writing.source, name="proposal-source"),
    path(f"{PROPOSAL}bijlagen/<int:pk>/", attachments.download, name="attachment-download"),
]
