"""`/api/v1/`, joined from the apps."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
