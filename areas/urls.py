"""Areas as a list and one by one, their boundaries, the layers of the map."""

from django.urls import path

from areas.views import layers, locate, pages

app_name = "areas"
urlpatterns = [
    # /gebieden/
    path("gebieden/", pages.area_list, name="list"),
    path("gebieden/<slug:slug>/", pages.area_detail, name="detail"),
    # the map
    path("kaartlagen/<slug:slug>.geojson", layers.layer, name="layer"),
    path("waar/", locate.where, name="where"),
]
