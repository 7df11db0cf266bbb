"""The templates in which a municipality makes its documents, for data stewards and administrators; 404 for others."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.actions.office import PERMISSION, use_our_template, use_template
from areas.current import municipality_or_404
from areas.documents import bytes_of, document, template_of
from areas.forms.office import TemplateForm
from areas.models import OfficeTemplate
from core.office import OfficeKind, docx_response, office_kinds, own_template
from core.pages import answer_button, answer_form, posted, show_list

REPEATED = ("{%p for punt in punten %}", "{{ punt.titel }}", "{%p endfor %}")
FOUND = ngettext_lazy("%(number)d kind of document", "%(number)d kinds of documents", "number")


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """The kinds of documents, each with the template in which it is made."""
    municipality = municipality_or_404(request, PERMISSION)
    own = {
        one.kind: one
        for one in OfficeTemplate.objects.select_related("file").filter(municipality=municipality)
    }
    rows = [(kind, own.get(kind.name)) for kind in office_kinds]
    return show_list(
        request, "areas/office_templates.html", rows, words=FOUND, title=_("Templates for documents")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def template_page(request: HttpRequest, kind: str) -> HttpResponse:
    """The template of a kind of documents: its words, how it looks, and another one in its stead."""
    municipality = municipality_or_404(request, PERMISSION)
    known = _kind(kind)
    form = TemplateForm(posted(request), request.FILES or None)
    address = reverse("areas:office_template", args=[kind])
    return answer_form(
        request,
        form,
        do=lambda: use_template(municipality=municipality, kind=kind, upload=form.upload, by=request.user),
        to=address,
        done=_("From now on these documents are made in your template."),
        template="areas/office_template.html",
        title=str(known.title),
        button=_("Use this template"),
        kind=known,
        repeat=REPEATED,
        own=template_of(municipality, kind),
        crumbs=[(_("Templates for documents"), reverse("areas:office_templates")), (str(known.title), "")],
    )


@require_safe
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """A template to keep: the municipality's own (`?van=gemeente`), or ours."""
    municipality = municipality_or_404(request, PERMISSION)
    known = _kind(kind)
    if request.GET.get("van") != "gemeente":
        return docx_response(own_template(kind), name=_("template %(kind)s") % {"kind": known.title})
    template = template_of(municipality, kind)
    if template is None:
        raise Http404
    return docx_response(bytes_of(template), name=template.file.name.removesuffix(".docx"))


@require_safe
def template_example(request: HttpRequest, kind: str) -> HttpResponse:
    """An invented document in the template that is used."""
    municipality = municipality_or_404(request, PERMISSION)
    known = _kind(kind)
    made = document(kind, known.example(), municipality=municipality)
    return docx_response(made, name=_("example %(kind)s") % {"kind": known.title})


@require_POST
def template_back(request: HttpRequest, kind: str) -> HttpResponse:
    """Go back to our own template."""
    municipality = municipality_or_404(request, PERMISSION)
    template = get_object_or_404(OfficeTemplate, municipality=municipality, kind=_kind(kind).name)
    return answer_button(
        request,
        do=lambda: use_our_template(template=template, by=request.user),
        to=reverse("areas:office_template", args=[kind]),
        done=_("From now on these documents are made in our template."),
    )


def _kind(name: str) -> OfficeKind:
    known = office_kinds.get(name)
    if known is None:
        raise Http404
    return known
