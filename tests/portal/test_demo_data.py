"""The demo's own drawing and lists: whole in themselves, and near enough to the real thing."""

import json
import tomllib
from itertools import pairwise

import pytest
import shapely
from shapely.geometry import Point, shape
from shapely.geometry.polygon import Polygon

from portal.demo.outlines import drawing, feature_collection, geojson
from portal.demo.places import places
from portal.demo.plans import SOURCE
from tests.realdata import real, seed

REAL = {
    "gemeente": "hoogstraten_gemeente.geojson",
    "deelgemeente": "hoogstraten_deelgemeente.geojson",
    "wijk": "hoogstraten_ggw7.geojson",
}
CODES = {
    "deelgemeente": ["13014A", "13014B", "13014C", "13014D", "13014E"],
    "wijk": ["13014W01", "13014W02", "13014W03", "13014W04", "13014W05", "13014W06"],
}
KINDS = list(CODES)
POSTCODES = {
    "Hoogstraten": "2320",
    "Meer": "2321",
    "Minderhout": "2322",
    "Wortel": "2323",
    "Meerle": "2328",
    "Meersel-Dreef": "2328",
}


def drawn(kind: str) -> dict[str, Polygon]:
    return {f["properties"]["geoitem"]: shape(f["geometry"]) for f in feature_collection(kind)["features"]}


def measured(kind: str) -> dict[str, Polygon]:
    features = json.loads(real(REAL[kind]))["features"]
    return {f["properties"]["geoitem"]: shape(f["geometry"]) for f in features}


def overlap(one: Polygon, other: Polygon) -> float:
    return float(one.intersection(other).area / one.union(other).area)


@pytest.mark.parametrize("kind", KINDS)
def test_codes(kind: str) -> None:
    assert list(drawn(kind)) == CODES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_named_like_the_preset(kind: str) -> None:
    for feature in json.loads(geojson(kind))["features"]:
        assert set(feature["properties"]) == {"geoitem", "naam"}
        assert feature["properties"]["naam"].endswith(" (Hoogstraten)")


@pytest.mark.parametrize("kind", KINDS)
def test_a_handful_of_vertices(kind: str) -> None:
    for code, area in drawn(kind).items():
        assert 15 <= len(area.exterior.coords) - 1 <= 40, code


@pytest.mark.parametrize("kind", KINDS)
def test_borders_are_shared_exactly(kind: str) -> None:
    areas = list(drawn(kind).values())
    assert all(area.is_valid and area.exterior.is_ccw for area in areas)
    assert shapely.coverage_is_valid(areas)
    whole = shapely.union_all(areas)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


def test_all_kinds_cover_the_same_ground() -> None:
    (municipality,) = drawn("gemeente").values()
    assert municipality.is_valid
    assert municipality.exterior.is_ccw
    for kind in KINDS:
        assert municipality.equals(shapely.union_all(list(drawn(kind).values()))), kind


def test_meersel_dreef_lies_in_two() -> None:
    dreef, upper = drawn("wijk")["13014W04"], drawn("deelgemeente")
    shares = {code: dreef.intersection(area).area / dreef.area for code, area in upper.items()}
    assert {code for code, share in shares.items() if share > 0} == {"13014C", "13014D"}
    assert shares["13014C"] == pytest.approx(500 / 635, abs=0.03)


def test_drawn_on_a_round_grid() -> None:
    sketch = drawing()
    vertices = [*sketch["points"].values(), *(v for arc in sketch["arcs"].values() for v in arc["via"])]
    assert all(value == round(value, 3) for vertex in vertices for value in vertex)
    assert len({tuple(vertex) for vertex in vertices}) == len(vertices)


def test_no_arc_is_walked_twice_the_same_way() -> None:
    sketch = drawing()
    for kind in KINDS:
        walked = [arc for outline in sketch["kinds"][kind] for arc in outline["arcs"]]
        assert len(walked) == len(set(walked)), kind


@pytest.mark.parametrize("kind", KINDS)
def test_resembles_the_real_boundaries(kind: str) -> None:
    official = measured(kind)
    for code, area in drawn(kind).items():
        assert overlap(area, official[code]) >= 0.85, code


@pytest.mark.parametrize("kind", KINDS)
def test_is_not_the_real_boundary(kind: str) -> None:
    for code, official in measured(kind).items():
        copied = set(official.exterior.coords) & set(drawn(kind)[code].exterior.coords)
        assert not copied, code


def test_all_locations_in_order() -> None:
    assert [place["number"] for place in places()["locations"]] == list(range(1, 24))


def test_locations_as_printed() -> None:
    source = seed("001").splitlines()
    for place in places()["locations"]:
        assert f"{place['number']}. {place['printed']}" in source
        address = f"{place['street']} {place['house_number']}".strip()
        printed = place["printed"].replace(";", ",")
        assert printed.startswith(f"{place['name']}, ")
        assert printed.endswith(f"{address}, {place['postcode']}")


def test_contradictions_are_kept() -> None:
    by_number = {place["number"]: place for place in places()["locations"]}
    odd = {n for n, place in by_number.items() if place["postcode"] != POSTCODES[place["locality"]]}
    assert odd == {22, 23}
    assert by_number[5]["street"] == "Jaak Aertsiaan"
    assert "schoolstraat 6; 2322" in by_number[12]["printed"]
    assert {n for n, place in by_number.items() if not place["house_number"]} == {10, 13, 18}


def test_each_location_lies_in_its_village_as_drawn() -> None:
    assert_in_village(drawn("wijk"))


def test_each_location_lies_in_its_village_in_reality() -> None:
    assert_in_village(measured("wijk"))


def assert_in_village(wijken: dict[str, Polygon]) -> None:
    for place in places()["locations"]:
        within = [code for code, area in wijken.items() if area.contains(Point(place["position"]))]
        assert within == [place["area"]], place["printed"]


def test_locality_is_the_name_of_the_area() -> None:
    names = {o["code"]: o["name"] for o in drawing()["kinds"]["wijk"]}
    for place in places()["locations"]:
        assert place["locality"] == names[place["area"]]


def test_positions_are_honest() -> None:
    locations = places()["locations"]
    assert {place["precision"] for place in locations} <= {"address", "street", "village", "none"}
    assert len({tuple(place["position"]) for place in locations}) == len(locations)
    assert all(place["placed_by"].endswith(".") and len(place["placed_by"]) <= 200 for place in locations)
    assert [place["number"] for place in locations if place["precision"] == "address"] == [1]


def test_what_a_location_refers_to_exists() -> None:
    data = places()
    services = {service["slug"] for service in data["services"]}
    for place in data["locations"]:
        offered = [*place["services"], *place.get("example_services", [])]
        assert offered
        assert len(offered) == len(set(offered))
        assert services.issuperset(offered), place["printed"]
        assert place["schedule"] in data["schedules"]
    used = {s for p in data["locations"] for s in (*p["services"], *p.get("example_services", []))}
    assert used == services


def test_teams_refer_to_areas_and_locations() -> None:
    data = places()
    assert len(data["teams"]) == 5
    for team in data["teams"]:
        assert set(team["areas"]) <= set(CODES["wijk"])
        assert set(team["locations"]) <= set(range(1, 24))
        assert team["email"].endswith(".example")


def test_phones_cannot_be_real() -> None:
    data = places()
    phones = [thing["phone"] for thing in (*data["locations"], *data["teams"])]
    assert all(phone.startswith("03 000 ") for phone in phones)
    assert len(set(phones)) == len(phones)


def test_hours_follow_each_other() -> None:
    for name, days in places()["schedules"].items():
        for day, spans in days.items():
            assert 1 <= int(day) <= 7, name
            times = [moment for span in spans for moment in span.split("-")]
            assert all(a < b for a, b in pairwise(times)), (name, day)


def test_a_side_agreed_only_with_what_is_asked_now() -> None:
    """As the verbs have it: asking takes the answer of the contractor back, asking for a change that of both."""
    plans = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    agreed = {"asked": [True, False], "change_asked": [False, False]}
    for one in plans["assignments"]:
        assert [bool(day) for day in one["agreed"]] == agreed.get(one["state"], [True, True]), one["name"]
