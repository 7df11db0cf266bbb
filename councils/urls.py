"""Councils as a list and one by one."""

from django.urls import path, re_path

from core.limits import limited
from councils.views import keep, lists, pages

app_name = "councils"

urlpatterns = [
    path("", lists.council_list, name="list"),
    re_path(r"^tabel\.(?P<extension>csv|xlsx)$", limited("tables", per_minute=30)(lists.table), name="table"),
    path("nieuw/", keep.found, name="found"),
    path("<slug:slug>/", pages.detail, name="detail"),
    path("<slug:slug>/beheer/", keep.overview, name="keep"),
    path("<slug:slug>/beheer/<slug:word>/", keep.step, name="step"),
    path("<slug:slug>/beheer/<slug:word>/<int:key>/", keep.row, name="row"),
    path("<slug:slug>/regels/<slug:key>/", keep.rule, name="rule"),
    path("<slug:slug>/leden/<uuid:uuid>/<slug:word>/", keep.member, name="member"),
]
