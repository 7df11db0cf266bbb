"""Where the objects of a model are: what a role in an area has to know of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Where:
    """Where the objects of a model are, said as names of its fields; a model declares it as `where`.

    `areas` is a foreign key or many-to-many to `Area`; an object with none belongs to the whole municipality.
    `point` lies in the areas whose boundaries in force go around it. `parent` names the object whose place this is too, on its own.
    An object that knows only its areas says `municipality=""`: it belongs to the municipalities of those areas.
    """

    municipality: str = "municipality"
    areas: str = ""
    point: str = ""
    parent: str = ""
