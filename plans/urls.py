"""Addresses of plans."""

from django.urls import path, re_path

from core.limits import limited
from plans.views import exchange

app_name = "plans"
urlpatterns = [
    path("inlezen/", exchange.upload, name="import"),
    path("inlezen/<uuid:uuid>/", exchange.check, name="import_check"),
    re_path(
        r"^(?P<slug>[-a-zA-Z0-9_]+)/tabel\.(?P<extension>csv|xlsx)$",
        limited("tables", per_minute=30)(exchange.table),
        name="table",
    ),
]
