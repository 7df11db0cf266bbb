"""What `manage.py check --database` and `migrate` look at: kinds of areas that bear the name of a map layer."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connections

from areas.models import AreaKind
from core.layers import layer_names


@register(Tags.database)
def kinds_beside_layers(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A kind that bore its name before an app claimed it keeps its address; until it gets another, that layer is not there."""
    taken = layer_names()
    found: list[CheckMessage] = []
    for alias in databases or ():
        if AreaKind._meta.db_table not in _tables(alias):
            continue
        kinds = AreaKind.objects.using(alias).filter(slug__in=taken).order_by("pk")
        for slug, municipality in kinds.values_list("slug", "municipality__name"):
            found.append(
                Warning(
                    f"The kind of areas {slug!r} of {municipality} has the name of a layer of {taken[slug]}.",
                    hint="Give the kind another word in addresses; the layer shows itself then.",
                    id="areas.W001",
                )
            )
    return found


def _tables(alias: str) -> list[str]:
    try:
        return connections[alias].introspection.table_names()
    except DatabaseError:  # another check says that the database is away
        return []
