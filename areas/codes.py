"""Codes that find an area: the one it has, and those it had."""

from areas.models import Area, AreaCode, AreaFormerCode, AreaKind


def areas_by_code(kind: AreaKind) -> dict[str, Area]:
    """The areas of a kind by the code in its scheme, retired ones too; a former code finds its area unless another has it now."""
    former = AreaFormerCode.objects.filter(scheme=kind.scheme, area__kind=kind).order_by("edition", "pk")
    now = AreaCode.objects.filter(municipality_id=kind.municipality_id, scheme=kind.scheme, area__kind=kind)
    found = {code.code: code.area for code in former.select_related("area")}
    return found | {code.code: code.area for code in now.select_related("area")}
