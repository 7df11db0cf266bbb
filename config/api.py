"""`/api/v1/`, joined from the apps, and its description at `/api/schema/`."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.routers import APIRootView, DefaultRouter

from accounts.api import CompetenceViewSet
from areas.api import AreaViewSet, FigureViewSet, KindViewSet
from core.access import open_to_all
from councils.api import AdviceViewSet, CouncilViewSet
from plans.api import ActionViewSet, AssignmentViewSet, GoalViewSet, MilestoneViewSet, PlanViewSet
from workplaces.api import LocationViewSet


@open_to_all
class Root(APIRootView):
    """Everything that can be asked here."""

    permission_classes = [AllowAny]


@open_to_all
class Schema(SpectacularAPIView):
    """OpenAPI, as YAML or (?format=json) as JSON."""

    permission_classes = [AllowAny]


class Router(DefaultRouter):
    """The router of the API, with its open root."""

    APIRootView = Root
    include_format_suffixes = False


router = Router(use_regex_path=False)
router.register("gebieden", AreaViewSet, "area")
router.register("gebiedssoorten", KindViewSet, "areakind")
router.register("cijfers", FigureViewSet, "figure")
router.register("werklocaties", LocationViewSet, "location")
router.register("bevoegdheden", CompetenceViewSet, "competence")
router.register("raden", CouncilViewSet, "council")
router.register("plannen", PlanViewSet, "plan")
router.register("doelen", GoalViewSet, "goal")
router.register("acties", ActionViewSet, "action")
router.register("opdrachten", AssignmentViewSet, "assignment")
router.register("mijlpalen", MilestoneViewSet, "milestone")
router.register("adviezen", AdviceViewSet, "advice")

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include((router.urls, "api"), namespace="v1")),
    path("schema/", Schema.as_view(), name="schema"),
]
