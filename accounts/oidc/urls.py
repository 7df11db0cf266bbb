"""Addresses of signing in elsewhere; allauth asks for some of them by name. What we do not use of it has no address."""

from django.urls import path

from accounts.views import elsewhere

urlpatterns = [
    path("aanmelden/<slug:provider_id>/", elsewhere.leave, name="oidc_login"),
    path("aanmelden/<slug:provider_id>/terug/", elsewhere.come_back, name="oidc_callback"),
    path("afgemeld/<slug:provider_id>/", elsewhere.signed_out, name="oidc_signed_out"),
    path("koppelen/", elsewhere.sign_up, name="socialaccount_signup"),
    path("koppelingen/", elsewhere.connections, name="socialaccount_connections"),
]
