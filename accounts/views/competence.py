"""Who of the executive is competent for what: for everybody to read, for administrators to keep."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions
from accounts.competence import gaps, mandates, named
from accounts.forms.competence import (
    ChangeCompetenceForm,
    CompetencesFilter,
    EndCompetenceForm,
    GiveCompetenceForm,
    HolderForm,
    NameOfFieldForm,
)
from accounts.models import Competence, MandateHolder, PolicyField
from accounts.views.access import for_administrators, me
from areas.current import municipality_or_404
from core.access import open_to_all, permitted_or_404
from core.changes import changes_of
from core.pages import answer_form, is_part, posted, show_list

FOUND = ngettext_lazy("%(number)d competence", "%(number)d competences", "number")
MANAGE = "accounts.manage_competences"
FORM = ["GET", "HEAD", "POST"]
COMPETENCES, MANDATES = "accounts:competences", "accounts:mandates"


@open_to_all
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Who is competent for which policy field, today."""
    municipality, today = municipality_or_404(request), timezone.localdate()
    known = mandates(municipality, today)
    rows = sorted(
        known.rows, key=lambda one: (one.area is not None, one.area.name if one.area else "", one.pk)
    )
    of_all = named([one for one in rows if one.field_id is None], municipality, today)
    of_field: dict[int, list[Any]] = {}
    by_name = [one for one in rows if one.field_id is not None]
    for one, words in zip(by_name, named(by_name, municipality, today), strict=True):
        of_field.setdefault(one.field_id or 0, []).append(words)
    fields = PolicyField.objects.of(municipality)
    return render(
        request,
        "accounts/competent.html",
        {
            "fields": [(field, of_field.get(field.pk, [])) for field in fields],
            "of_all": of_all,
            "today": today,
            "is_example": any(one.holder.is_example for one in rows),
        },
    )


@require_safe
@for_administrators
def competence_list(request: HttpRequest) -> HttpResponse:
    """Who is competent for what, and where nobody is or will be."""
    municipality, today = municipality_or_404(request), timezone.localdate()
    form = CompetencesFilter(request.GET, municipality=municipality)
    rows = form.apply(Competence.objects.of(municipality), today)
    return show_list(
        request,
        "accounts/competences.html",
        rows.select_related("holder", "field", "area", "area__kind"),
        form=form,
        words=FOUND,
        title=_("Who is competent"),
        frame="allauth/layouts/manage.html",
        gaps=[] if is_part(request) else gaps(municipality, today),
        today=today,
    )


@require_http_methods(FORM)
@for_administrators
def competence_give(request: HttpRequest) -> HttpResponse:
    """Make a mandate holder competent."""
    municipality = municipality_or_404(request)
    form = GiveCompetenceForm(posted(request), municipality=municipality)

    def do() -> Any:
        given = dict(form.cleaned_data)
        fields = given.pop("fields_of_policy")
        return actions.give_competence(by=me(request), municipality=municipality, fields=fields, **given)

    return _answer(
        request,
        form,
        COMPETENCES,
        do=do,
        shown_at={"field": "fields_of_policy", "area": "areas"},
        title=_("Make somebody competent"),
    )


@require_http_methods(FORM)
@for_administrators
def competence_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put right what was written about a competence."""
    competence = _competence(request, uuid)
    form = ChangeCompetenceForm(posted(request), competence=competence)
    return _answer(
        request,
        form,
        COMPETENCES,
        do=lambda: actions.change_competence(by=me(request), competence=competence, **form.cleaned_data),
        again=lambda now: ChangeCompetenceForm(competence=now),
        template="accounts/competence_change.html",
        title=_("Put a competence right"),
        changes=changes_of(competence),
    )


@require_http_methods(FORM)
@for_administrators
def competence_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a competence, and name who goes on."""
    competence = _competence(request, uuid)
    form = EndCompetenceForm(posted(request), holder=competence.holder)
    return _answer(
        request,
        form,
        COMPETENCES,
        do=lambda: actions.end_competence(by=me(request), competence=competence, **form.cleaned_data),
        done=_("The competence ends."),
        title=_("End a competence"),
        lead=_words(competence),
        button=_("End this competence"),
    )


@require_safe
@for_administrators
def holder_list(request: HttpRequest) -> HttpResponse:
    """Mandate holders and policy fields."""
    municipality = municipality_or_404(request)
    return render(
        request,
        "accounts/mandates.html",
        {
            "holders": MandateHolder.objects.of(municipality).select_related("user"),
            "fields": PolicyField.objects.of(municipality),
        },
    )


@require_http_methods(FORM)
@for_administrators
def holder_add(request: HttpRequest) -> HttpResponse:
    """Know another mandate holder."""
    municipality = municipality_or_404(request)
    form = HolderForm(posted(request), municipality=municipality)
    return _answer(
        request,
        form,
        MANDATES,
        do=lambda: actions.name_holder(by=me(request), municipality=municipality, **form.cleaned_data),
        title=_("Add a mandate holder"),
    )


@require_http_methods(FORM)
@for_administrators
def holder_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Call a mandate holder otherwise."""
    holder = _holder(request, uuid)
    form = HolderForm(posted(request), municipality=holder.municipality, holder=holder)
    return _answer(
        request,
        form,
        MANDATES,
        do=lambda: actions.change_holder(by=me(request), holder=holder, **form.cleaned_data),
        template="accounts/competence_change.html",
        title=_("Change a mandate holder"),
        changes=changes_of(holder),
    )


@require_http_methods(FORM)
@for_administrators
def holder_pass_on(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End all that a mandate holder is competent for, and name who goes on."""
    holder = _holder(request, uuid)
    form = EndCompetenceForm(posted(request), holder=holder)
    return _answer(
        request,
        form,
        MANDATES,
        do=lambda: actions.pass_on_competences(by=me(request), holder=holder, **form.cleaned_data),
        done=_("Passed on."),
        title=_("Pass on every competence of %(name)s") % {"name": holder},
        button=_("Pass on"),
    )


@require_http_methods(FORM)
@for_administrators
def field_add(request: HttpRequest) -> HttpResponse:
    """Know another policy field."""
    municipality = municipality_or_404(request)
    form = NameOfFieldForm(posted(request))
    return _answer(
        request,
        form,
        MANDATES,
        do=lambda: actions.add_policy_field(by=me(request), municipality=municipality, **form.cleaned_data),
        title=_("Add a policy field"),
    )


@require_http_methods(FORM)
@for_administrators
def field_rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a policy field otherwise."""
    here = PolicyField.objects.of(municipality_or_404(request))
    field = permitted_or_404(here, me(request), MANAGE, slug=slug)
    form = NameOfFieldForm(posted(request), initial={"name": field.name})
    return _answer(
        request,
        form,
        MANDATES,
        do=lambda: actions.rename_policy_field(by=me(request), field=field, **form.cleaned_data),
        title=_("Rename a policy field"),
    )


def _competence(request: HttpRequest, uuid: UUID) -> Competence:
    rows = Competence.objects.of(municipality_or_404(request)).select_related(
        "holder", "field", "area", "municipality"
    )
    return permitted_or_404(rows, me(request), MANAGE, uuid=uuid)


def _holder(request: HttpRequest, uuid: UUID) -> MandateHolder:
    rows = MandateHolder.objects.of(municipality_or_404(request)).select_related("municipality")
    return permitted_or_404(rows, me(request), MANAGE, uuid=uuid)


def _words(competence: Competence) -> str:
    where = competence.area.name if competence.area else competence.municipality.name
    field = competence.field.name if competence.field else _("every policy field")
    return f"{competence.holder}: {field}, {where}"


def _answer(
    request: HttpRequest, form: Form, back: str, *, do: Callable[[], Any], title: str, **more: Any
) -> HttpResponse:
    """A form of these pages: all stand in the frame of the account, and lead back to the list that they are about."""
    more = {"done": _("Saved."), **more}
    frame = "allauth/layouts/manage.html"
    return answer_form(request, form, do=do, to=back, back=reverse(back), title=title, frame=frame, **more)
