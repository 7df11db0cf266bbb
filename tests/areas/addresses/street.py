"""Addresses of streets that nobody lives in, for tests."""

import datetime as dt
from typing import Any

from django.contrib.gis.geos import Point

from areas.addresses.words import number_key, street_key, street_words
from areas.models import Address, AddressImport, Municipality

BERGEN, MIDDEN, DALEN = (4.72, 51.45), (4.77, 51.44), (4.72, 51.41)


def register(municipality: Municipality) -> AddressImport:
    """The file that the addresses of a test came with."""
    found = AddressImport.objects.of(municipality).first()
    return found or AddressImport.objects.create(
        municipality=municipality, file_name="proef.csv", sha256="a" * 64, source="proefregister",
        reference_date=dt.date(2026, 1, 1),
    )  # fmt: skip


def house(
    municipality: Municipality, street: str, number: str, at: tuple[float, float], **fields: Any
) -> Address:
    """One address."""
    locality = fields.setdefault("locality", "Proefdorp")
    fields.setdefault("postcode", "9990")
    return Address.objects.create(
        municipality=municipality, brought_by=register(municipality), street=street, house_number=number,
        point=Point(*at, srid=4326), street_key=street_key(street), number_key=number_key(number),
        words=street_words(f"{street} {locality}"), **fields,
    )  # fmt: skip
