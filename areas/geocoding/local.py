"""The addresses that the municipality has in its own table: asked first, and by default nobody else."""

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import F

from areas.addresses.search import alike
from areas.addresses.words import TypedAddress
from areas.geocoding.base import Place, Precision, Suggestion
from areas.models import Address, AddressImport, Municipality

MOST = 20
SUGGESTED = 5
DEGREES_NEAR = 0.002  # wide enough for the index to find what is near
METRES_NEAR = 50


class LocalGeocoder:
    """The address register as the municipality brought it in."""

    name = "local"

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality

    def suggest(self, typed: TypedAddress) -> list[Suggestion]:
        """Houses and streets whose names are like what was typed."""
        found = alike(typed, self.municipality, SUGGESTED)
        return [Suggestion(text=one.label, detail=one.detail, url=one.url) for one in found]

    def resolve(self, typed: TypedAddress) -> list[Place]:
        """The addresses with exactly this street and number; without a street, those behind the postcode."""
        if not typed.is_precise:
            return []
        found = Address.objects.of(self.municipality).at_number(typed.number_key)
        found = found.in_street(typed.street_key) if typed.street else found.filter(postcode=typed.postcode)
        return [self._place(address) for address in found.select_related("brought_by").order_by("box")[:MOST]]

    def reverse(self, lon: float, lat: float) -> Place | None:
        """The nearest address within fifty metres."""
        here = Point(lon, lat, srid=4326)
        near = (
            Address.objects.of(self.municipality)
            .filter(point__dwithin=(here, DEGREES_NEAR))
            .annotate(metres=Distance("point", here))
            .filter(metres__lte=D(m=METRES_NEAR))
            .select_related("brought_by")
            .order_by("metres", F("box"))
        )
        address = near.first()
        return self._place(address) if address else None

    def _place(self, address: Address) -> Place:
        brought_by: AddressImport = address.brought_by
        return Place(
            lon=address.point.x,
            lat=address.point.y,
            precision=Precision.ADDRESS,
            source=brought_by.source,
            street=address.street,
            number=address.house_number,
            box=address.box,
            postcode=address.postcode,
            locality=address.locality,
            address=address.uuid,
        )
