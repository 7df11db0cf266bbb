"""Every address, joined."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from core.access import open_to_all

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("core.urls")),
    path("", include("areas.urls")),
    path("werklocaties/", include("workplaces.urls")),
    path("", include("accounts.urls")),
    path("taal/", open_to_all(set_language), name="set_language"),
    path("account/", include("allauth.urls")),
    path("api/", include("config.api")),
    path("beheer/", admin.site.urls),
]
