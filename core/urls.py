"""Addresses that belong to no app."""

from django.urls import URLPattern

app_name = "core"
urlpatterns: list[URLPattern] = []
