"""Drawing on the map in a form: a point, a line or a polygon, by pointer, by touch, by keyboard (`static/js/draw/`).

    place = DrawingField(label=_("Place"), allow=("point", "polygon"), required=False, nothing=_("The whole area"))
    form.fields["place"].ground = ground_of(municipality, areas)  # areas.ground

Its value is a geometry in EPSG:4326, or None. Without a script its points are written as text, which is checked the same: nothing
is turned round or mended in silence, save that the ring of a polygon is closed and a point given twice in a row counts once.
A line may cross itself, as a walk does; a polygon may not.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib.gis.geos import GEOSGeometry, Point
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from core.basemaps import basemap
from core.coordinates import (
    Kind,
    Place,
    Places,
    crossing,
    kind_of,
    place_in_words,
    places_of,
    read_places,
    shape_in_words,
    shape_of,
    surface_of,
    text_of,
)
from core.layers import Box

ALL: tuple[Kind, ...] = ("point", "line", "polygon")
NAMES: dict[Kind, Promise] = {
    "point": gettext_lazy("A point"),
    "line": gettext_lazy("A line"),
    "polygon": gettext_lazy("A polygon"),
}
LEAST: dict[Kind, int] = {"point": 1, "line": 2, "polygon": 3}
NOT_ON_THE_MAP = gettext_lazy("Not on the map")
MOST = 200
MOST_LETTERS = 100_000
# Degrees, some 30 m: what is drawn along a border lies on both sides of it.
SLACK = 0.0003
SMALLEST = 1.0  # m²
NAMED = 6  # points in a message


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What is drawn upon: its name, the box that the map shows, the surface outside which nothing may lie (asked when needed).

    `layer` is the address of the areas as GeoJSON, of which `chosen` are marked by their slugs; `others` are those of layers
    to find one's way by.
    """

    name: str
    box: Box | None = None
    surface: Callable[[], GEOSGeometry | None] = lambda: None
    layer: str = ""
    chosen: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


ANYWHERE = Ground(name="")


class DrawingWidget(forms.MultiWidget):
    """What is drawn, and its points as text; a script puts a map and a list of points over them."""

    template_name = "core/widgets/drawing.html"

    def __init__(
        self, choices: Sequence[tuple[str, str | Promise]], *, allow: Sequence[Kind], most: int, symbol: str
    ) -> None:
        self.allow, self.most, self.symbol = allow, most, symbol
        self.first = choices[0][0] if len(choices) == 1 else ""
        self.ground = ANYWHERE
        kind = forms.HiddenInput() if self.first else forms.RadioSelect(choices=choices)
        text = forms.Textarea(
            attrs={"rows": 5, "maxlength": MOST_LETTERS, "spellcheck": "false", "autocomplete": "off"}
        )
        super().__init__({"kind": kind, "text": text})

    def use_required_attribute(self, initial: Any) -> bool:
        """The field says what is missing; a browser would point at what is folded away."""
        return False

    def decompress(self, value: Any) -> list[str]:
        """The kind and the text of a geometry; one of several parts, which is not drawn here, is shown as it is."""
        if not isinstance(value, GEOSGeometry):
            return [self.first, ""]
        kind = kind_of(value)
        return [kind, text_of(places_of(value))] if kind else ["", value.json]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With what the script needs to know."""
        if self.first:  # whoever sends the text alone means the only kind there is
            value = [self.first, (value if isinstance(value, list) else self.decompress(value))[1]]
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["config"] = json.dumps(self._config())
        context["widget"]["ground"] = self.ground
        return context

    def _config(self) -> dict[str, Any]:
        tiles, ground = basemap(), self.ground
        return {
            "allow": list(self.allow),
            "least": LEAST,
            "most": self.most,
            "symbol": self.symbol,
            "box": ground.box,
            "layer": ground.layer,
            "chosen": ground.chosen,
            "others": ground.others,
            "basemap": asdict(tiles) if tiles else None,
            "language": get_language(),
            "text": words_for_script(),
        }


class DrawingField(forms.Field):
    """A point, a line or a polygon on the map, of the kinds that `allow` names; see the module.

    `nothing` is what it means to draw nothing ("The whole area"), for a field that is not required; with None that is no choice
    of its own. `most` is how many points there may be; `symbol` is the sign of a point.
    """

    widget: DrawingWidget
    default_error_messages: ClassVar = {
        "required": gettext_lazy("Draw it on the map, or write its points as text.")
    }

    def __init__(
        self,
        *,
        allow: Sequence[Kind] = ALL,
        most: int = MOST,
        nothing: str | Promise | None = NOT_ON_THE_MAP,
        symbol: str = "",
        **options: Any,
    ) -> None:
        self.allow, self.most, self.has_choice = tuple(allow), most, len(allow) > 1 or nothing is not None
        choices: list[tuple[str, str | Promise]] = [(kind, NAMES[kind]) for kind in self.allow]
        if not options.get("required", True) and nothing is not None:
            choices.insert(0, ("", nothing))
        widget = DrawingWidget(choices, allow=self.allow, most=most, symbol=symbol)
        super().__init__(**{"widget": widget, **options})

    @property
    def ground(self) -> Ground:
        """Where the drawing has to lie."""
        return self.widget.ground

    @ground.setter
    def ground(self, ground: Ground) -> None:
        self.widget.ground = ground

    def to_python(self, value: Any) -> GEOSGeometry | None:
        """The geometry; raises ValidationError with what is wrong, and where."""
        if isinstance(value, GEOSGeometry):
            return value
        chosen, text = (str(part or "").strip() for part in value) if value else ("", "")
        if not text:
            if not self.required and self.has_choice and chosen in self.allow:
                raise ValidationError(
                    _("You chose to draw something, but there are no points yet."), code="no_points"
                )
            return None
        if len(text) > MOST_LETTERS:
            raise self._too_many()
        said, places = read_places(text)
        kind = self._kind(chosen, said, places)
        places = _each_once(places, kind)
        self._check_number(kind, places)
        shape = shape_of(kind, places)
        if kind == "polygon":
            check_ring(shape, places)
        self._check_inside(shape, places)
        return shape

    def _kind(self, chosen: str, said: Kind | None, places: Places) -> Kind:
        """What was drawn: as the text says, which may not be another than was chosen."""
        if not chosen and len(self.allow) == 1 and (self.required or not self.has_choice):
            chosen = self.allow[0]
        wanted = next((kind for kind in self.allow if kind == chosen), None)
        said_words = {"kind": str(NAMES[said]).lower() if said else "", "kinds": self._kinds()}
        if wanted is None and said not in self.allow:
            message = (
                _("This is %(kind)s. Draw %(kinds)s.")
                if said
                else _(
                    "There are points, but it is not chosen what they are. Choose %(kinds)s, or take the points away."
                )
            )
            raise ValidationError(message % said_words, code="kind")
        if wanted and said and wanted != said:
            message = _("The text holds %(kind)s, and that is not what is chosen above.")
            raise ValidationError(message % said_words, code="kind")
        return said or wanted  # type: ignore[return-value]  # one of them, by now

    def _kinds(self) -> str:
        names = [str(NAMES[kind]).lower() for kind in self.allow]
        return _(" or ").join(filter(None, [", ".join(names[:-1]), names[-1]]))

    def _check_number(self, kind: Kind, places: Places) -> None:
        if len(places) > self.most:
            raise self._too_many(len(places))
        if kind == "point" and len(places) > 1:
            raise ValidationError(
                _("A point is one place; there are %(number)d.") % {"number": len(places)}, code="number"
            )
        if len(places) < LEAST[kind]:
            message = (
                _("A line needs two different points.")
                if kind == "line"
                else _("A polygon needs three different points.")
            )
            raise ValidationError(message, code="number")

    def _too_many(self, number: int | None = None) -> ValidationError:
        said = {"most": self.most, "number": number}
        message = (
            _("There are %(number)d points; there may be %(most)d. Leave some out.")
            if number
            else _("This is too much text; there may be %(most)d points.")
        )
        return ValidationError(message % said, code="too_many")

    def _check_inside(self, shape: GEOSGeometry, places: Places) -> None:
        surface = self.ground.surface()
        if surface is None or surface.covers(shape):
            return
        wide = surface.buffer(SLACK)
        if wide.covers(shape):
            return
        outside = [n for n, place in enumerate(places, 1) if not wide.covers(Point(*place, srid=4326))]
        said = {"name": self.ground.name}
        if outside and all(wide.covers(Point(place[1], place[0], srid=4326)) for place in places):
            message = _(
                "These points lie outside %(name)s, and within it with their numbers exchanged. "
                "Lines of text have the degrees north first, GeoJSON has the degrees east first."
            )
            raise ValidationError(message % said, code="exchanged")
        if outside:
            raise ValidationError(
                _outside(outside, len(places)) % {**said, "points": _numbers(outside)}, code="outside"
            )
        leaves: Any = shape.difference(wide).point_on_surface
        message = _(
            "Between two of its points it leaves %(name)s, near %(place)s. Add a point there, or move one."
        )
        raise ValidationError(
            message % {**said, "place": place_in_words((leaves.x, leaves.y))}, code="outside"
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was drawn is not what there was; what cannot be read is a change."""
        try:
            value = self.to_python(data)
        except ValidationError:
            return True
        if value is None or initial is None:
            return (value is None) != (initial is None)
        return kind_of(value) != kind_of(initial) or not value.equals_exact(initial, 1e-6)

    def in_words(self, value: Any) -> str:
        """What was drawn, for who compares two versions; what cannot be read stays as it was typed."""
        try:
            shape = self.to_python(value)
        except ValidationError:
            return str(value[1])
        return shape_in_words(shape) if shape else ""


def _each_once(places: Places, kind: Kind) -> list[Place]:
    """Without a point that is the one before it; without the last of a polygon when it is the first."""
    found = [place for n, place in enumerate(places) if n == 0 or place != places[n - 1]]
    if kind == "polygon" and len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def check_ring(shape: GEOSGeometry, places: Places) -> None:
    """That a polygon has a surface and does not cross itself; the message says where."""
    found = crossing(places)
    if found is not None:
        raise ValidationError(_crosses(*found, number=len(places)), code="crosses")
    reason, _bracket, near = shape.valid_reason.partition("[")
    if reason == "Valid Geometry" and surface_of(places) >= SMALLEST:
        return
    corner = near.rstrip("]").split()
    where = (float(corner[0]), float(corner[1])) if len(corner) == 2 else places[0]
    message = _("The polygon touches itself, or has no surface: %(place)s. Move a point there.")
    raise ValidationError(message % {"place": place_in_words(where)}, code="touches")


def _crosses(one: int, other: int, where: Place, *, number: int) -> str:
    said = {"a": one, "b": one % number + 1, "c": other, "d": other % number + 1}
    message = _(
        "The side from point %(a)d to point %(b)d crosses the side from point %(c)d to point %(d)d, "
        "near %(place)s. Move one of them."
    )
    return message % {**said, "place": place_in_words(where)}


def _outside(outside: Sequence[int], number: int) -> str:
    if number == 1:
        return _("This point lies outside %(name)s.")
    if len(outside) == number:
        return _("This lies outside %(name)s.")
    return ngettext(
        "Point %(points)s lies outside %(name)s.", "Points %(points)s lie outside %(name)s.", len(outside)
    )


def _numbers(numbers: Sequence[int]) -> str:
    said = ", ".join(map(str, numbers[:NAMED]))
    return said if len(numbers) <= NAMED else _("%(numbers)s and more") % {"numbers": said}


def words_for_script() -> dict[str, Any]:
    """What the script says, in the language of the page."""
    return {
        "directions": [
            _("north"),
            _("north-east"),
            _("east"),
            _("south-east"),
            _("south"),
            _("south-west"),
            _("west"),
            _("north-west"),
        ],
        "place": _("%(north)s north, %(east)s east") % {"north": "{north}", "east": "{east}"},
        "row_first": _("Point {number}"),
        "row": _("Point {number}: {distance} {direction} of point {other}"),
        "add_after": _("Add a point after point {number}"),
        "remove": _("Remove point {number}"),
        "added": _("Point {number} is added, {where}."),
        "put": _("The point is at {where}."),
        "moved": _("Point {number} is moved, {where}."),
        "removed": _("Point {number} is removed."),
        "left": _("{number} points."),
        "one_left": _("One point."),
        "none_left": _("Nothing is drawn."),
        "undone": _("Undone."),
        "nothing_to_undo": _("There is nothing to undo."),
        "line": _("The line is finished: {number} points, {size}."),
        "polygon": _("The polygon is finished: {number} points, {size}."),
        "need_line": _("A line needs at least two points."),
        "need_polygon": _("A polygon needs at least three points."),
        "on": _("Drawing goes on: each tap adds a point."),
        "is_done": _("This is finished. Choose “Draw on” to add points."),
        "most": _("There may be {number} points. Leave some out first."),
        "unread": _("The text is not understood yet: one point a line, degrees north and degrees east."),
        "read": _("The text is on the map: {number} points."),
        "failed": _("The areas could not be fetched. You can still draw, or write the points as text."),
        "finish": _("Finish"),
        "go_on": _("Draw on"),
    }
