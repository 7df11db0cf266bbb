"""Looking an address up while placing a pin: the pin goes there when the address is sure, else one chooses or places it by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict

from areas.addresses.words import taken_apart
from areas.geocoding import Place, Precision, address_at, find_place
from areas.models import Municipality
from core.coordinates import read_places, text_of
from workplaces.models import WorkLocation

FIND, NEAR = "find", "near"  # the buttons
PRECISIONS = {
    Precision.ADDRESS: WorkLocation.Precision.ADDRESS,
    Precision.STREET: WorkLocation.Precision.STREET,
    Precision.AREA: WorkLocation.Precision.VILLAGE,
}
ADDRESS = ("street", "house_number", "postcode", "locality")


@dataclass(frozen=True, kw_only=True)
class PinSearch:
    """What came of it: the place, what may be meant, or nothing."""

    place: Place | None = None
    near: Place | None = None
    asked_near: bool = False
    choices: tuple[str, ...] = ()
    is_unavailable: bool = False


def is_asked(data: QueryDict) -> bool:
    """Whether the person looks something up, and saves nothing yet."""
    return FIND in data or NEAR in data


def looked_up(data: QueryDict, municipality: Municipality) -> tuple[QueryDict, PinSearch]:
    """What was typed, with the pin at the address when it is sure; and what came of looking it up."""
    if NEAR in data:
        pin = _pin(data.get("point_text", ""))
        near = address_at(*pin, municipality) if pin else None
        return data, PinSearch(near=near, asked_near=True)
    text = str(data[FIND]) or data.get("wanted", "") or _typed(data.get(name, "") for name in ADDRESS)
    answer = find_place(text[:200].replace("\x00", ""), municipality)
    choices = tuple(one.text for one in answer.suggestions if taken_apart(one.text).is_precise)
    found = PinSearch(place=answer.place, choices=choices, is_unavailable=answer.is_unavailable)
    return _with_pin(data, answer.place) if answer.place else data, found


def unchecked(form: Any, search: PinSearch) -> Any:
    """A form that shows what was typed and what came of the search, and finds no fault yet."""
    form._errors, form.cleaned_data = ErrorDict(), {}
    form.search = search
    return form


def _pin(text: str) -> tuple[float, float] | None:
    """Where the pin is, east and north; None when that cannot be read."""
    try:
        _kind, places = read_places(text)
    except ValidationError:
        return None
    return places[0] if len(places) == 1 else None


def _typed(parts: Iterable[str]) -> str:
    street, number, postcode, locality = parts
    return f"{street} {number}, {postcode} {locality}".strip(" ,")


def _with_pin(data: QueryDict, place: Place) -> QueryDict:
    data = data.copy()
    data["wanted"] = place.label
    data["point_text"] = text_of([(place.lon, place.lat)])
    data["precision"] = PRECISIONS[place.precision]
    data["placed_by"] = place.source
    return data
