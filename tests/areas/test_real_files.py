"""Real boundaries of Hoogstraten, Gent and Hengelo go in, with the counts and surfaces that are known."""

import datetime as dt

import pytest

from areas.actions import import_areas, read_edition
from areas.importers.faults import ImportRefused
from areas.importers.presets import preset_for
from areas.models import Area, AreaEdition, AreaKind, AreaPart, AreaShape, Municipality
from tests.conftest import OPERATOR, make_municipality
from tests.realdata import real

DAY = dt.date(2025, 1, 1)
PIC = "provincies-in-cijfers"
KINDS = (("gemeente", 10, "nis"), ("deelgemeente", 20, "nis6"), ("wijk", 40, "ggw7"))


def city(slug: str, code: str) -> Municipality:
    municipality = make_municipality(slug=slug, name=slug.title(), full_name=slug.title(), code=code)
    for word, rank, scheme in KINDS:
        AreaKind.objects.create(
            municipality=municipality, slug=word, name=word.title(), plural=f"{word}en",
            rank=rank, scheme=scheme, is_working_level=word == "wijk",
        )  # fmt: skip
    return municipality


def bring(municipality: Municipality, kind: str, file: str) -> AreaEdition:
    return import_areas(
        municipality=municipality, kind=kind, data=real(file), preset=PIC, by=OPERATOR, reference_date=DAY, source="PiC"
    )  # fmt: skip


@pytest.fixture
def hoogstraten(db: None) -> Municipality:
    municipality = city("hoogstraten", "13014")
    bring(municipality, "deelgemeente", "hoogstraten_deelgemeente.geojson")
    bring(municipality, "wijk", "hoogstraten_ggw7.geojson")
    return municipality


def test_hoogstraten(hoogstraten: Municipality) -> None:
    wijken = Area.objects.of(hoogstraten).of_kind("wijk")
    assert [area.slug for area in wijken] == [
        "hoogstraten", "meer", "meerle", "meersel-dreef", "minderhout", "wortel",
    ]  # fmt: skip
    assert [area.slug for area in Area.objects.of(hoogstraten).of_kind("deelgemeente")] == [
        "hoogstraten-deelgemeente", "meer-deelgemeente", "meerle-deelgemeente", "minderhout-deelgemeente",
        "wortel-deelgemeente",
    ]  # fmt: skip


def test_meersel_dreef_lies_in_two(hoogstraten: Municipality) -> None:
    parts = AreaPart.objects.filter(child__slug="meersel-dreef").select_related("parent").order_by("-share")
    assert [(part.parent.name, part.is_main) for part in parts] == [("Meer", True), ("Meerle", False)]
    assert [part.area_m2 / 10_000 for part in parts] == [pytest.approx(500, abs=1), pytest.approx(135, abs=1)]


def test_the_same_file_twice_changes_nothing(hoogstraten: Municipality) -> None:
    before = list(Area.objects.values_list("pk", "slug", "uuid").order_by("pk"))
    editions = list(AreaEdition.objects.values_list("pk", "status"))
    shapes = list(AreaShape.objects.values_list("pk", flat=True).order_by("pk"))
    bring(hoogstraten, "wijk", "hoogstraten_ggw7.geojson")
    assert list(Area.objects.values_list("pk", "slug", "uuid").order_by("pk")) == before
    assert list(AreaEdition.objects.values_list("pk", "status")) == editions
    assert list(AreaShape.objects.values_list("pk", flat=True).order_by("pk")) == shapes


@pytest.mark.parametrize(("name", "code"), [("hoogstraten", "13014"), ("gent", "44021")])
def test_lambert_equals_wgs84(db: None, name: str, code: str) -> None:
    municipality = city(name, code)
    bring(municipality, "wijk", f"{name}_ggw7.geojson")
    degrees = bring(municipality, "wijk", f"{name}_ggw7.geojson")
    keys = sorted(Area.objects.values_list("pk", "uuid", "slug"))
    metres = read_edition(
        kind=degrees.kind, data=real(f"{name}_ggw7_31370.geojson"), preset=preset_for(PIC)
    ).difference
    assert not metres.new
    assert not metres.gone
    assert not metres.moved, "another way to write the same lines is not a move"
    assert metres.redrawn
    for change in metres.redrawn:
        # Six decimals of a degree are 0.1 m; over a border of kilometres that is tens of square metres, and no more.
        assert change.iou is not None
        assert change.iou > 0.9998
        assert change.area_m2 == pytest.approx(change.old_area_m2, rel=5e-5)
    bring(municipality, "wijk", f"{name}_ggw7_31370.geojson")
    assert sorted(Area.objects.values_list("pk", "uuid", "slug")) == keys


def test_gent(db: None) -> None:
    gent = city("gent", "44021")
    bring(gent, "gemeente", "gent_gemeente.geojson")
    bring(gent, "wijk", "gent_ggw7.geojson")
    bring(gent, "deelgemeente", "gent_deelgemeente.geojson")
    counts = {kind.slug: kind.areas.count() for kind in gent.kinds.all()}
    assert counts == {"gemeente": 1, "deelgemeente": 14, "wijk": 25}


@pytest.mark.parametrize(
    ("file", "preset", "faulty", "mended"),
    [
        ("hengelo_wijk2014.geojson", "cbs-wijken", {"WK016409": "664 m"}, set()),
        (
            "hengelo_buurt2014_q1e3.geojson",
            "cbs-buurten",
            # The hole of one is the other: a village that fell together to a point.
            {"BU01640909": "0,8", "BU01640900": ""},
            {"BU01640401", "BU01640204"},
        ),
    ],
)
def test_hengelo_is_refused_with_reasons(
    db: None, file: str, preset: str, faulty: dict[str, str], mended: set[str]
) -> None:
    hengelo = make_municipality(slug="hengelo", country="NL", code="0164", srid=28992)
    kind = AreaKind.objects.create(
        municipality=hengelo, slug="wijk", name="Wijk", plural="Wijken", rank=40, scheme="cbs"
    )
    with pytest.raises(ImportRefused) as refused:
        import_areas(
            municipality=hengelo,
            kind=kind,
            data=real(file),
            preset=preset,
            by=OPERATOR,
            reference_date=DAY,
            source="CBS",
        )
    reasons = {fault.code: fault.reason for fault in refused.value.faults}
    assert set(reasons) == set(faulty)
    assert all(faulty[code] in reason for code, reason in reasons.items())
    assert AreaEdition.objects.count() == 0
    reading = read_edition(kind=kind, data=real(file), preset=preset_for(preset))
    assert {repair.code for repair in reading.faults.kept_repairs} == mended
    assert all(repair.change < 1e-9 for repair in reading.faults.kept_repairs)
    assert all(not candidate.name.startswith("Wijk ") for candidate in reading.candidates)
