"""Councils as a list and one by one."""

from django.urls import path, re_path

from core.limits import limited
from councils.views import lists, pages

app_name = "councils"

urlpatterns = [
    path("", lists.council_list, name="list"),
    re_path(r"^tabel\.(?P<extension>csv|xlsx)$", limited("tables", per_minute=30)(lists.table), name="table"),
    path("<slug:slug>/", pages.detail, name="detail"),
]
