"""Work locations as a list and one by one."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from core.access import open_to_all

app_name = "workplaces"


@open_to_all
def placeholder(request: HttpRequest, slug: str = "") -> HttpResponse:
    return HttpResponse(slug)


urlpatterns = [path("", placeholder, name="list"), path("<slug:slug>/", placeholder, name="detail")]
