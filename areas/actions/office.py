"""Keeping the templates in which a municipality makes its documents."""

from django.core.exceptions import ValidationError

from areas.filekinds import OFFICE
from areas.models import Municipality, OfficeTemplate
from core.files import CheckedUpload, remove_file, store_file
from core.history import because
from core.office import tried
from core.verbs import Actor, locked, require, verb

PERMISSION = "areas.change_templates"


@verb
def use_template(
    *, municipality: Municipality, kind: str, upload: CheckedUpload, by: Actor
) -> OfficeTemplate:
    """Make a kind of documents in a template of one's own from now on; one that cannot be filled is refused, at the file."""
    require(PERMISSION, municipality, by=by)
    try:
        tried(kind, upload.content)
    except ValidationError as error:
        raise ValidationError({"file": error}) from None
    upload.content.seek(0)
    municipality = locked(municipality)
    require(PERMISSION, municipality, by=by)
    found = OfficeTemplate.objects.select_related("file").filter(municipality=municipality, kind=kind).first()
    template = found or OfficeTemplate(municipality=municipality, kind=kind)
    before = template.file if found else None
    with because("areas.template_chosen", by=by):
        template.file = store_file(upload, kind=OFFICE, owner=None)
        template.full_clean()
        template.save()
        if before is not None:
            remove_file(before)
    return template


@verb
def use_our_template(*, template: OfficeTemplate, by: Actor) -> None:
    """Go back to our own template; the file goes."""
    require(PERMISSION, template, by=by)
    with because("areas.template_removed", by=by):
        remove_file(locked(template).file)
