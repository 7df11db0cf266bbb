"""Every address, joined."""

from django.contrib import admin
from django.urls import include, path

handler400 = "core.views.bad_request"
handler500 = "core.views.server_error"
urlpatterns = [
    path("", include("areas.urls")),
    path("", include("portal.urls")),
    path("", include("core.urls")),
    path("werklocaties/", include("workplaces.urls")),
    path("plannen/", include("plans.urls")),
    path("raden/", include("councils.urls")),
    path("adviezen/", include("councils.adviceurls")),
    path("", include("accounts.urls")),
    path("account/", include("accounts.oidc.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("api/", include("config.api")),
    path("beheer/", admin.site.urls),
]
