"""Addresses that belong to no app."""

from django.urls import path

from core import attachmentpages, releasepages, views
from core.limits import limited

app_name = "core"
urlpatterns = [
    path("voortgang/<uuid:identifier>/", views.progress, name="progress"),
    path("bestanden/<uuid:identifier>/", views.private_file, name="file"),
    path("tekst/voorbeeld/", limited("text_preview", per_minute=60)(views.text_preview), name="text_preview"),
    path("bijlagen/<uuid:identifier>/", attachmentpages.attachment, name="attachment"),
    path("bijlagen/<uuid:identifier>/wijzigen/", attachmentpages.change, name="attachment_change"),
    path("bijlagen/<uuid:identifier>/weghalen/", attachmentpages.remove, name="attachment_remove"),
    path("bijlagen/bij/<str:kind>/<uuid:subject>/", attachmentpages.add, name="attachment_add"),
    path("vrijgave/<uuid:identifier>/", releasepages.release, name="release"),
    path(
        "vrijgave/<uuid:identifier>/nota.docx",
        limited("documents", per_minute=10)(releasepages.note),
        name="release_note",
    ),
    path(
        "vrijgave/<uuid:identifier>/lezers/<int:reader>/weg/",
        releasepages.remove,
        name="release_reader_remove",
    ),
    path("vrijgave/<uuid:identifier>/<slug:word>/", releasepages.step, name="release_step"),
    path("taal/", views.language, name="language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
