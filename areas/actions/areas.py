"""What one does with a municipality and its areas apart from boundaries: start it, give an area another name."""

from collections.abc import Iterable

from areas.actions.shared import forget_map
from areas.kinds import usual_kinds
from areas.models import Area, AreaEdition, AreaName, Municipality
from core.history import because
from core.verbs import Actor, locked, require, verb


@verb
def create_municipality(*, municipality: Municipality, by: Actor) -> Municipality:
    """Save a municipality with the usual kinds of areas; only at the command line, before anybody has a role in it."""
    require("areas.create_municipality", municipality, by=by)  # which no role grants
    municipality.full_clean()
    with because("areas.municipality_created", by=by):
        municipality.save()
        for kind in usual_kinds(municipality):
            kind.full_clean()
            kind.save()
    return municipality


@verb
def change_area(
    *,
    area: Area,
    by: Actor,
    version: str | None = None,
    name: str | None = None,
    aliases: Iterable[str] | None = None,
) -> Area:
    """Give an area another name, or other names beside it; the old name stays as one of those."""
    require("areas.change_area", area, by=by)
    area = locked(area, version=version)
    with because("areas.name_changed", by=by):
        if aliases is not None:
            _set_aliases(area, aliases)
        if name is not None and name != area.name:
            AreaName.objects.get_or_create(area=area, name=area.name)
            area.name = name
            area.full_clean()
            area.save(update_fields=["name"])
            _make_anew(area)
    return area


def _set_aliases(area: Area, aliases: Iterable[str]) -> None:
    wanted = {alias.strip() for alias in aliases}
    rows = [AreaName(area=area, name=alias) for alias in sorted(wanted)]
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
    area.aliases.exclude(name__in=wanted).delete()
    AreaName.objects.bulk_create(rows, ignore_conflicts=True)


def _make_anew(area: Area) -> None:
    """The map shows names too."""
    edition = AreaEdition.objects.in_force().select_for_update().filter(kind_id=area.kind_id).first()
    if edition:
        edition.revision += 1
        edition.save(update_fields=["revision"])
    forget_map(area.municipality_id)
