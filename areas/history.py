"""How the history of boundaries is told: what a data steward decided, not what was measured or drawn."""

from core.changes import Telling, tellings

tellings.register(
    Telling(
        name="areas.editions",
        target="areas.areaedition",
        untold=frozenset({"replaces", "counts", "area_m2", "outline_box", "revision", "sha256"}),
    )
)
