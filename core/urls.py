"""Addresses that belong to no app."""

from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("voortgang/<uuid:identifier>/", views.progress, name="progress"),
    path("bestanden/<uuid:identifier>/", views.private_file, name="file"),
    path("taal/", views.language, name="language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
