"""`/api/v1/`, joined from the apps."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from workplaces.api import LocationViewSet

router = SimpleRouter()
router.register("werklocaties", LocationViewSet, basename="location")

urlpatterns = [path("v1/", include((router.urls, "api")))]
