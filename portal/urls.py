"""Start, map, search."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from core.access import open_to_all
from portal import style

app_name = "portal"


@open_to_all
def placeholder(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("", placeholder, name="start"), path("stijl/", style.show, name="style")]
