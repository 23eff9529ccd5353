"""Addresses of stored documents; asking for one belongs to the room whose page it is on."""

from django.urls import path

from core import views_documents

app_name = "core"
urlpatterns = [
    path("documenten/<int:pk>/stand/", views_documents.document_status, name="document-status"),
    path(
        "documenten/<int:pk>/download/", views_documents.document_download, name="document-download"
    ),
]
