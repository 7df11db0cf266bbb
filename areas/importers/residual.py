"""The area without a place of a kind: what a publisher could not locate; it keeps totals right."""

from areas.importers.reading import ReadFeature
from areas.models import Area, AreaCode, AreaKind
from areas.slugs import SlugMaker


def keep_residual(kind: AreaKind, feature: ReadFeature) -> None:
    """Have the kind know its area without a place, by the code of the file; the first one of a kind stays."""
    if Area.objects.filter(kind=kind, is_residual=True).exists():
        return
    known = AreaCode.objects.filter(area__kind=kind, scheme=kind.scheme, code=feature.code)
    if known.exists():
        return
    area = Area.objects.create(
        municipality=kind.municipality,
        kind=kind,
        slug=SlugMaker(kind).slug_for(feature.name, feature.code),
        name=feature.name,
        is_residual=True,
    )
    AreaCode.objects.create(municipality=kind.municipality, area=area, scheme=kind.scheme, code=feature.code)
