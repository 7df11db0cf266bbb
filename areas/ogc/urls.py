"""`/ogc/`: without a closing slash, as clients put the addresses together; with one is answered too."""

from django.urls import path, re_path

from areas.ogc import views

app_name = "ogc"
COLLECTION = r"collections/(?P<slug>[-\w]+)"
urlpatterns = [
    path("", views.landing, name="landing"),
    re_path(r"^conformance/?$", views.conformance, name="conformance"),
    re_path(r"^api/?$", views.description, name="api"),
    re_path(r"^collections/?$", views.collections, name="collections"),
    re_path(rf"^{COLLECTION}/?$", views.collection, name="collection"),
    re_path(rf"^{COLLECTION}/items/?$", views.items, name="items"),
    re_path(rf"^{COLLECTION}/items/(?P<identifier>[^/]+)/?$", views.item, name="item"),
]
