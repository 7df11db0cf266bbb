"""The rules of the data-quality list."""

from typing import Any

import pytest

from tests.conftest import Land
from tests.workplaces.conftest import BERGEN, DALEN, MIDDEN, Maker
from workplaces.models import OpeningHours, QualityWaiver, ServiceOffer, WorkLocation
from workplaces.quality import RULES, SEVERITIES, Checkup, findings, one_letter_off


def found(land: Land, rule: str) -> dict[str, str]:
    return {f.location.name: f.sentence for f in findings(land.municipality) if f.rule.name == rule}


def test_the_school_with_the_postcode_of_another_village(land: Land, make_location: Maker) -> None:
    """As in the source: the schools of Wortel are printed with the postcode of Meerle."""
    make_location("Bib Meerle", postcode="2328"), make_location("IKO Meerle", postcode="2328")
    (
        make_location("Krant Dreef", at=MIDDEN, postcode="2328"),
        make_location("School Dreef", at=MIDDEN, postcode="2328"),
    )
    make_location("Bib Wortel", at=DALEN, postcode="2323")
    make_location("School 1", at=DALEN, postcode="2328"), make_location("School 2", at=DALEN, postcode="2328")
    odd = found(land, "postcode-of-another-village")
    assert set(odd) == {"School 1", "School 2"}
    assert all(word in odd["School 1"] for word in ("2328", "Dalen", "2323"))


def test_a_postcode_that_nobody_else_uses(land: Land, make_location: Maker) -> None:
    make_location("A"), make_location("B"), make_location("C", postcode="2302")
    assert set(found(land, "postcode-of-another-village")) == {"C"}


def test_two_villages_may_share_a_postcode(land: Land, make_location: Maker) -> None:
    for number, at in enumerate((BERGEN, BERGEN, MIDDEN, MIDDEN)):
        make_location(f"P{number}", at=at)
    assert found(land, "postcode-of-another-village") == {}


CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("no-house-number", {"house_number": ""}, {"house_number": "1b"}),
    ("no-house-number", {"street": "", "house_number": ""}, {}),
    ("street-without-capital", {"street": "schoolstraat"}, {"street": "'t Hof"}),
    (
        "stray-punctuation",
        {"address_as_printed": "schoolstraat 6; 2322"},
        {"address_as_printed": "Dr. X-straat 6, 2322"},
    ),
    ("stray-punctuation", {"street": "Dreef  2"}, {}),
    ("probable-misprint", {"street": "Jaak Aertsiaan"}, {"street": "Jaak Aertslaan"}),
    ("probable-misprint", {"street": "Kerkstraal"}, {"street": "Ringlaan"}),
    ("not-placed", {"at": None}, {}),
    ("only-in-the-village", {"precision": "village"}, {"precision": "street"}),
    ("outside-the-municipality", {"at": (5.5, 51.0)}, {}),
    ("no-services", {}, {}),
    ("no-hours", {}, {}),
]


@pytest.mark.parametrize(("rule", "wrong", "right"), CASES)
def test_rules(
    land: Land,
    make_location: Maker,
    library: WorkLocation,
    rule: str,
    wrong: dict[str, Any],
    right: dict[str, Any],
) -> None:
    make_location("Fout", **{"street": "Markt", "house_number": "5", **wrong})
    good = make_location("Goed", **{"street": "Plein", "house_number": "6", **right})
    ServiceOffer.objects.create(location=good, service=library.services.get())
    OpeningHours.objects.create(location=good, weekday=1, opens="09:00", closes="10:00")
    assert set(found(land, rule)) == {"Fout"}


def test_a_misprint_of_a_street_that_occurs_more_often(land: Land, make_location: Maker) -> None:
    make_location("A", street="Gemeenteplein"), make_location("B", street="Gemeenteplein")
    make_location("C", street="Gementeplein")
    assert set(found(land, "probable-misprint")) == {"C"}


@pytest.mark.parametrize(
    ("one", "other", "off"),
    [
        ("lindendreef", "lindendreef", False),
        ("lindendreef", "lindedreef", True),
        ("lindendreef", "lindemdreef", True),
        ("lindendreef", "lindnedreef", True),
        ("lindendreef", "lindendreeft", True),
        ("lindendreef", "beukendreef", False),
        ("dreef", "dreaf", False),
    ],
)
def test_one_letter_off(one: str, other: str, off: bool) -> None:
    assert one_letter_off(one, other) is one_letter_off(other, one) is off


def test_same_address(land: Land, make_location: Maker) -> None:
    make_location("A"), make_location("B", street="lindendreef "), make_location("C", house_number="2")
    assert set(found(land, "same-address")) == {"A", "B"}


def test_what_is_right_so_leaves_the_list(land: Land, make_location: Maker) -> None:
    location = make_location()
    assert found(land, "no-hours")
    QualityWaiver.objects.create(location=location, rule="no-hours", reason="Altijd dicht")
    assert not found(land, "no-hours")
    assert found(land, "no-services")


def test_closed_locations_are_left_in_peace(land: Land, make_location: Maker) -> None:
    make_location(closed_on="2020-01-01")
    assert list(findings(land.municipality)) == []


def test_the_worst_come_first_and_queries_are_few(
    land: Land, make_location: Maker, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        make_location(f"P{number}", at=None if number % 2 else BERGEN, house_number="")
    with django_assert_max_num_queries(5):
        severities = [f.severity for f in findings(land.municipality)]
    assert severities == sorted(severities, key=list(SEVERITIES).index)
    assert {"error", "warning", "info"} == set(severities)


def test_one_location_is_told_the_same_as_in_the_list_of_all(
    land: Land, make_location: Maker, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        make_location(f"B{number}", postcode="2328", street="Gemeenteplein", house_number=str(number))
        make_location(f"D{number}", at=DALEN, postcode="2323", street="Lindendreef", house_number=str(number))
    make_location("Vreemd", at=DALEN, postcode="2328", street="Gementeplein", house_number="1")
    make_location("Dubbel", at=DALEN, postcode="2323", street="lindendreef ", house_number="1")
    make_location("Buiten", at=(5.5, 51.0)), make_location("Nergens", at=None)
    make_location("Dicht", closed_on="2020-01-01", postcode="2323", street="Lindendreef", house_number="2")
    told: dict[str, list[tuple[str, str]]] = {}
    for each in findings(land.municipality):
        told.setdefault(each.location.name, []).append((each.rule.name, each.sentence))
    rules = {rule for found_ in told.values() for rule, _sentence in found_}
    assert {
        "postcode-of-another-village",
        "probable-misprint",
        "same-address",
        "outside-the-municipality",
    } <= rules
    for location in WorkLocation.objects.all():
        with django_assert_max_num_queries(5):
            alone = [(each.rule.name, each.sentence) for each in findings(land.municipality, only=[location])]
        assert alone == told.get(location.name, [])
        assert len(Checkup(land.municipality, [location]).locations) <= 1


def test_every_rule_has_a_title() -> None:
    assert all(str(rule.title) and rule.severity in SEVERITIES for rule in RULES.values())
