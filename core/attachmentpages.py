"""The pages of the files of things: the address of a file, and the forms that add, change and take away one."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import open_to_all
from core.attachments import (
    FILES,
    MOST,
    PICTURES,
    AttachmentKind,
    attach,
    attachment_kinds,
    change_attachment,
    may_read,
    remove_attachment,
)
from core.forms import version_field
from core.models import Attachment
from core.pages import answer_button, answer_form, posted
from core.uploads import UploadField
from core.verbs import Actor, same_version
from core.views import send_file

SAID = ("title", "alternative", "is_public", "shows_mandate_holder")
WHY_FIRST = "why_first"  # the field of a form that asks first


class AttachmentForm(forms.Form):
    """A new file of a thing."""

    file = UploadField(kind=FILES)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("What people read in the list: “Decision of the council, 26 October 2026”."),
    )
    alternative = forms.CharField(
        label=gettext_lazy("What is in the picture?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Only for a picture: one sentence, for who does not see it."),
    )
    shows_mandate_holder = forms.BooleanField(
        label=gettext_lazy("A mandate holder is in the picture"),
        required=False,
        help_text=gettext_lazy("Then only staff see it in the period before elections."),
    )
    is_public = forms.BooleanField(label=gettext_lazy("Everybody may read it"), required=False)

    is_picture = False

    def __init__(self, *args: Any, kind: AttachmentKind, thing: Any, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.thing, self.by = kind, thing, by
        self.asks = kind.first is not None and kind.first.prepare(self, thing=thing, by=by)
        if self.asks:
            self.fields[WHY_FIRST].required = False  # a file for staff alone asks nobody

    @property
    def goes_out(self) -> bool:
        """Whether everybody reads something anew, in a period that asks first."""
        return bool(self.asks and self.cleaned_data.get("is_public"))

    def clean(self) -> dict[str, Any]:
        """A picture says in words what is in it; what everybody reads anew in a period that asks first says why."""
        cleaned: dict[str, Any] = super().clean() or {}
        upload = cleaned.get("file")
        is_picture = upload.content_type in PICTURES if upload else self.is_picture
        if is_picture and not cleaned.get("alternative") and "alternative" in cleaned:
            missing = _("Say what is in the picture, for who does not see it.")
            self.add_error("alternative", ValidationError(missing, code="required"))
        if self.goes_out and not cleaned.get(WHY_FIRST):
            self.add_error(
                WHY_FIRST, ValidationError(_("Say why everybody should read it now."), code="required")
            )
        return cleaned

    def said(self) -> dict[str, Any]:
        """What is said of the file, for the verbs."""
        return {name: self.cleaned_data[name] for name in SAID}

    @transaction.atomic
    def attach(self, *, by: Actor, site: str) -> Attachment:
        """Bring the file to the thing; when somebody is asked first, for staff alone until there is a yes."""
        said = self.said() | ({"is_public": False} if self.goes_out else {})
        made = attach(kind=self.kind.name, thing=self.thing, upload=self.cleaned_data["file"], by=by, **said)
        if self.goes_out:
            self.ask(made, by=by, site=site)
        return made

    def ask(self, attachment: Attachment, *, by: Actor, site: str) -> Any:
        """Ask whether everybody may read it."""
        values = {name: self.cleaned_data.get(name) for name in (*SAID, "place") if name != "is_public"}
        return self.kind.first.ask(  # type: ignore[union-attr]  # it asks
            attachment=attachment, thing=self.thing, values=values, why=self.cleaned_data[WHY_FIRST], by=by, site=site
        )  # fmt: skip


class ChangeForm(AttachmentForm):
    """What is said of a file, its place in the list, or another file in its stead."""

    place = forms.IntegerField(
        label=gettext_lazy("Place in the list"),
        min_value=1,
        max_value=MOST,
        help_text=gettext_lazy("1 is the first."),
    )
    version = version_field()

    def __init__(self, *args: Any, attachment: Attachment, **options: Any) -> None:
        names = (*SAID, "version")
        values = {name: getattr(attachment, name) for name in names}
        before = Attachment.objects.filter(subject=attachment.subject, order__lt=attachment.order).count()
        super().__init__(*args, **{"initial": {**values, "place": before + 1}, **options})
        self.attachment, self.is_picture = attachment, attachment.is_picture
        self.fields["file"].required = False
        self.fields["file"].label = _("Another file in its stead")

    @property
    def goes_out(self) -> bool:
        """Another place alone is nothing new."""
        said = [name for name in self.changed_data if name not in ("place", WHY_FIRST, "version")]
        return super().goes_out and bool(said)

    def clean(self) -> dict[str, Any]:
        """What everybody reads is not replaced while somebody is asked."""
        cleaned = super().clean()
        if self.goes_out and self.attachment.is_public and cleaned.get("file"):
            words = _(
                "Bring this as a file beside it, and ask for that one. After the yes, take this one away."
            )
            self.add_error("file", ValidationError(words, code="asks_first"))
        return cleaned

    @transaction.atomic
    def change(self, *, by: Actor, site: str) -> Any:
        """Change it; when somebody is asked first, what everybody would read anew waits."""
        if not self.goes_out:
            return self.write(by=by)
        if self.attachment.is_public:
            same_version(self.attachment, self.cleaned_data["version"])
            return self.ask(self.attachment, by=by, site=site)
        return self.ask(self.write(by=by, is_public=False), by=by, site=site)

    def write(self, *, by: Actor, **said: Any) -> Attachment:
        """The verb, with what was filled in."""
        return change_attachment(
            attachment=self.attachment,
            upload=self.cleaned_data["file"],
            place=self.cleaned_data["place"],
            version=self.cleaned_data["version"],
            by=by,
            **{**self.said(), **said},
        )


@open_to_all
@require_safe
def attachment(request: HttpRequest, identifier: UUID) -> HttpResponseBase:
    """A file of a thing, for those who may read it; it does not exist for the others. A picture is shown, the rest is kept."""
    found = get_object_or_404(Attachment.objects.select_related("file"), uuid=identifier)
    if not may_read(request.user, found):
        raise Http404
    if not found.is_public:
        return send_file(request, found.file, in_page=found.is_picture)
    tag = quote_etag(found.file.sha256)
    response = get_conditional_response(request, etag=tag) or send_file(
        request, found.file, in_page=found.is_picture
    )
    response["ETag"] = tag
    # Asked each time: tomorrow it may be for staff alone.
    response["Cache-Control"] = "no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str, subject: UUID) -> HttpResponse:
    """Add a file to a thing."""
    known, thing = _changeable(request, kind, subject)
    asker: dict[str, Any] = {"kind": known, "thing": thing, "by": request.user}
    form = AttachmentForm(posted(request), request.FILES or None, **asker)
    title = _("Add a file")
    return answer_form(
        request,
        form,
        do=lambda: form.attach(by=request.user, site=request.build_absolute_uri("/")),
        to=_files_of(thing),
        done=_done(form, _("The file is there.")),
        title=title,
        lead=str(thing),
        button=_("Add"),
        back=thing.get_absolute_url(),
        crumbs=_crumbs(thing, title),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Change what is said of a file, or the file."""
    found, thing = _found(request, identifier)
    asker: dict[str, Any] = {"kind": attachment_kinds[found.kind], "thing": thing, "by": request.user}
    form = ChangeForm(posted(request), request.FILES or None, attachment=found, **asker)
    title = _("Change a file")
    return answer_form(
        request,
        form,
        do=lambda: form.change(by=request.user, site=request.build_absolute_uri("/")),
        to=_files_of(thing),
        done=_done(form, _("Saved.")),
        again=lambda now: ChangeForm(attachment=now, **asker),
        template="core/attachment.html",
        attachment=found,
        title=title,
        lead=found.title,
        back=thing.get_absolute_url(),
        crumbs=_crumbs(thing, title),
    )


@require_POST
def remove(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Take a file away."""
    found, thing = _found(request, identifier)
    return answer_button(
        request,
        do=lambda: remove_attachment(attachment=found, by=request.user),
        to=_files_of(thing),
        done=_("The file is taken away."),
    )


def _changeable(request: HttpRequest, kind: str, subject: UUID) -> tuple[AttachmentKind, Any]:
    """The thing, when this person may change its files; for others the page is not there."""
    if kind not in attachment_kinds:
        raise Http404
    known = attachment_kinds[kind]
    thing = known.thing(subject, request.user)
    if thing is None or not request.user.has_perm(known.change, thing):
        raise Http404
    return known, thing


def _found(request: HttpRequest, identifier: UUID) -> tuple[Attachment, Any]:
    found = get_object_or_404(Attachment.objects.select_related("file"), uuid=identifier)
    return found, _changeable(request, found.kind, found.subject)[1]


def _done(form: AttachmentForm, words: str) -> str:
    if form.is_bound and form.is_valid() and form.goes_out:
        return _("Staff can read the file. Whether everybody can, waits for an answer.")
    return words


def _files_of(thing: Any) -> str:
    """Where the files of a thing stand: at its own place on a page, or in the section of files of its page."""
    url: str = thing.get_absolute_url()
    return url if "#" in url else f"{url}#bestanden"


def _crumbs(thing: Any, title: str) -> list[tuple[str, str]]:
    return [(str(thing), thing.get_absolute_url()), (title, "")]
