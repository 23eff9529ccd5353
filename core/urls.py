from django.urls import path

from core.views_drafts import save_draft

app_name = "core"
urlpatterns = [
    path("concept/", save_draft, name="draft-save"),
]
