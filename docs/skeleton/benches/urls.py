"""Benches as a list and one by one."""

from django.urls import path, re_path

from benches import views
from core.limits import limited

app_name = "benches"
urlpatterns = [
    path("", views.bench_list, name="list"),
    re_path(r"^tabel\.(?P<extension>csv|xlsx)$", limited("tables", per_minute=30)(views.table), name="table"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/bewerken/", views.edit, name="edit"),
]
