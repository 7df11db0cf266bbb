"""Moving what hangs on an area that is gone: first where to, then a look at what happens, then it happens."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from areas.actions.moving import move_hanging
from areas.current import municipality_or_404
from areas.forms import MoveForm
from areas.models import Area
from core.forms import add_errors
from core.hanging import Found, found_on
from core.verbs import Refused

PERMISSION = "areas.change_area"
TARGET = "areas.area"


@require_http_methods(["GET", "HEAD", "POST"])
def area_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Move what hangs on a retired area; for who may change areas, 404 for others."""
    municipality = municipality_or_404(request, PERMISSION)
    areas = Area.objects.of(municipality).select_related("kind", "municipality", "retired_by")
    area = get_object_or_404(areas, slug=slug, retired_by__isnull=False)
    found = found_on(TARGET, area.pk)
    movable = [one for one in found if _may_move(request, area, one)]
    form = MoveForm(area, request.POST or (request.GET if "naar" in request.GET else None))
    target = form.cleaned_data["naar"] if form.is_bound and form.is_valid() else None
    if request.method == "POST":
        if not movable:
            raise Http404
        if target is not None and _moved(request, form, area, target, movable):
            return redirect(area)
    context = {
        "area": area, "form": form, "target": target, "movable": movable,
        "staying": [one for one in found if one not in movable],
        "crumbs": [(_("Areas"), reverse("areas:list")), (area.name, area.get_absolute_url()), (_("Move"), "")],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "areas/move.html", context, status=status)


def _may_move(request: HttpRequest, area: Area, one: Found) -> bool:
    return one.source.moves and one.source.may_move(user=request.user, obj=area)


def _moved(request: HttpRequest, form: MoveForm, area: Area, to: Area, movable: list[Found]) -> bool:
    try:
        sources = [one.source.name for one in movable]
        moved = move_hanging(area=area, to=to, sources=sources, by=request.user)
    except Refused as error:
        add_errors(form, error)
        return False
    number = sum(moved.values())
    words = ngettext("%(number)d thing went to %(name)s.", "%(number)d things went to %(name)s.", number)
    messages.success(request, words % {"number": number, "name": to.name})
    return True
