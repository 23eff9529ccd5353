"""Addresses of drafts and stored documents; asking for a document belongs to the room it is of."""

from django.urls import path

from core import views_documents
from core.views_drafts import save_draft

app_name = "core"
urlpatterns = [
    path("concept/", save_draft, name="draft-save"),
    path("documenten/<int:pk>/stand/", views_documents.document_status, name="document-status"),
    path(
        "documenten/<int:pk>/download/", views_documents.document_download, name="document-download"
    ),
]
