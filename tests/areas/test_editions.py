"""The desk of the data steward: upload, look, confirm."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from areas.calendar import latest
from areas.models import Area, AreaEdition
from core.changes import changes_of
from tests.areas.files import bring, collection, feature, square
from tests.conftest import CAST, Land

DESK = "/gebieden/grenzen/"
GOOD = collection(
    feature("99999W01", "Bergen", square(0, 0)),
    feature("99999W02", "Midden-Oost", square(1, 0)),
    feature("N", "Nieuw", square(2, 0)),
)
pytestmark = pytest.mark.django_db(transaction=True)


def upload(client: Client, land: Land, data: bytes, **fields: str) -> Any:
    values = {
        "kind": str(land.kinds["wijk"].pk), "preset": "free", "code_field": "code", "name_field": "name",
        "reference_date": "2026-01-01", "source": "Proef", **fields,
        "file": SimpleUploadedFile("wijken.geojson", data),
    }  # fmt: skip
    return client.post(DESK, values)


def digest_of(steward: Client, draft: AreaEdition) -> dict[str, str]:
    """What the page of a draft showed; nothing when there is nothing to confirm."""
    html = steward.get(draft.get_absolute_url()).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(digest)" value="([^"]*)"', html))


def test_who_may_come_here(land: Land, as_part: Callable[[str], Client]) -> None:
    statuses = {part: as_part(part).get(DESK).status_code for part in CAST}
    assert {part for part, status in statuses.items() if status == 200} == {"steward", "administrator"}
    assert statuses["visitor"] == 302
    assert statuses["alderman"] == 404


def test_from_file_to_force(land: Land, as_part: Callable[[str], Client]) -> None:
    steward = as_part("steward")
    progress = upload(steward, land, GOOD)
    assert progress.headers["Location"].startswith("/voortgang/")
    draft = AreaEdition.objects.get(status="draft")
    html = steward.get(draft.get_absolute_url()).content.decode()
    for word in ("Midden-Oost", "Nieuw", "Dalen"):
        assert word in html
    assert AreaEdition.objects.in_force().filter(kind=land.kinds["wijk"]).get() == land.editions["wijk"]
    for part in ("alderman", "worker_here"):
        assert as_part(part).post(f"{draft.get_absolute_url()}activeren/").status_code == 404
    done = steward.post(f"{draft.get_absolute_url()}activeren/", digest_of(steward, draft))
    assert done.status_code == 302
    draft.refresh_from_db()
    assert draft.status == "active"
    # What the worker does for somebody is done by them, to the last row: boundaries, new areas, what became of the old ones.
    assert {change.who for change in changes_of(draft)} == {"Steward"}
    new = Area.objects.get(name="Nieuw")
    assert [(change.who, change.why) for change in changes_of(new)] == [("Steward", "laten ingaan")]
    assert set(Area.objects.of_kind("wijk").active().values_list("name", flat=True)) == {
        "Bergen",
        "Midden-Oost",
        "Nieuw",
    }
    assert steward.get(draft.get_absolute_url()).status_code == 200
    assert [entry.url for entry in latest(municipality=land.municipality, user=None, limit=5, area=None)] == [
        "/gebieden/?soort=wijk"
    ]


def test_faults_are_shown(land: Land, as_part: Callable[[str], Client]) -> None:
    steward = as_part("steward")
    upload(
        steward, land, collection(feature("99999W01", "Bergen", square(0, 0)), feature("X", "", square(0, 0)))
    )
    draft = AreaEdition.objects.get(status="draft")
    html = steward.get(draft.get_absolute_url()).content.decode()
    assert html.count('<td class="number">2</td>') >= 2  # no name, and an overlap
    steward.post(f"{draft.get_absolute_url()}activeren/", digest_of(steward, draft))
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_no_geojson_at_all(land: Land, as_part: Callable[[str], Client]) -> None:
    steward = as_part("steward")
    upload(steward, land, b"PK\x03\x04")
    draft = AreaEdition.objects.get(status="draft")
    html = steward.get(draft.get_absolute_url()).content.decode()
    assert "activeren" not in html
    assert steward.post(f"{draft.get_absolute_url()}weg/").status_code == 302
    assert not AreaEdition.objects.filter(status="draft").exists()


def test_the_form_says_what_is_missing(land: Land, as_part: Callable[[str], Client]) -> None:
    steward = as_part("steward")
    for fields in (
        {"code_field": ""},
        {"source": ""},
        {"reference_date": "x"},
        {"kind": "0"},
        {"preset": "x"},
    ):
        response = upload(steward, land, GOOD, **fields)
        assert response.status_code == 422, fields
    assert not AreaEdition.objects.filter(status="draft").exists()


def test_a_stale_draft_must_be_checked_again(land: Land, as_part: Callable[[str], Client]) -> None:
    steward = as_part("steward")
    upload(steward, land, GOOD)
    draft = AreaEdition.objects.get(status="draft")
    bring(land.kinds["wijk"], collection(feature("99999W01", "Bergen", square(0, 0))))
    assert "activeren" not in steward.get(draft.get_absolute_url()).content.decode()
    steward.post(f"{draft.get_absolute_url()}controleren/")
    assert "activeren" in steward.get(draft.get_absolute_url()).content.decode()


def test_another_municipality_is_not_found(land: Land, as_part: Callable[[str], Client]) -> None:
    from areas.models import AreaKind
    from tests.conftest import make_municipality

    other = make_municipality(slug="elders", code="11111")
    kind = AreaKind.objects.create(
        municipality=other, slug="wijk", name="Wijk", plural="Wijken", rank=40, scheme="x"
    )
    edition = bring(kind, GOOD)
    assert as_part("steward").get(edition.get_absolute_url()).status_code == 404
