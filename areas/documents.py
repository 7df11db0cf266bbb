"""Documents of Word in the template of the municipality, or in ours where it has none."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from areas.models import Municipality, OfficeTemplate
from core.files import file_content
from core.office import Words, docx
from core.verbs import Refused


def template_of(municipality: Municipality, kind: str) -> OfficeTemplate | None:
    """The municipality's own template for a kind of documents."""
    return OfficeTemplate.objects.select_related("file").filter(municipality=municipality, kind=kind).first()


def bytes_of(template: OfficeTemplate) -> bytes:
    """The template as it came in."""
    with file_content(template.file) as content:
        return content.read()


def document(kind: str, words: Words, *, municipality: Municipality) -> bytes:
    """A document of a kind (`core.office`) with these words; raises Refused when the municipality's template does not fit them."""
    template = template_of(municipality, kind)
    try:
        return docx(kind, words, template=bytes_of(template) if template else None)
    except Refused:
        raise
    except ValidationError as error:
        said = _("The template of your municipality does not fit this document. %(why)s")
        raise Refused(said % {"why": " ".join(error.messages)}, "template") from error
