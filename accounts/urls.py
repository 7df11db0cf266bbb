"""Addresses that of people: roles, invitations, my data."""

from django.urls import URLPattern

app_name = "accounts"
urlpatterns: list[URLPattern] = []
