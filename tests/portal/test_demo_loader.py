"""The demo as it is in the database once it is loaded."""

import datetime as dt
import time
from collections.abc import Iterator
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Count
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import PeriodKeeper, RoleAssignment, User
from areas.actions import import_areas
from areas.figures.totals import totals_of, wholes_of
from areas.models import Area, AreaEdition, AreaPart, CalendarPeriod, Indicator, IndicatorValue, Municipality
from councils.models import Advice, AgendaItem, Agreement, Council, Meeting, TextBlock, Vote
from councils.reading.reach import reach_of
from plans.models import Assignment, Milestone, News, Plan, Step
from portal.demo.loader import load
from portal.demo.people import PEOPLE
from tests.conftest import OPERATOR
from tests.portal.test_demo_data import REAL
from tests.realdata import real
from tests.stage import staged
from workplaces.models import OpeningHours, ServiceOffer, Team, WorkLocation

PLACED = {"hoogstraten": 10, "minderhout": 3, "meer": 3, "meerle": 2, "meersel-dreef": 2, "wortel": 3}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for all tests here."""
    with staged(django_db_blocker), override_settings(DEMO=True):
        load(say=lambda line: None)
        yield


@pytest.fixture
def hoogstraten(loaded: None, db: None) -> Municipality:
    return Municipality.objects.get()


def counts() -> dict[str, int]:
    models = (Municipality, Area, AreaEdition, AreaPart, WorkLocation, ServiceOffer, OpeningHours, Team, User)
    more = (RoleAssignment, Authenticator, EmailAddress)
    return {model.__name__: model._default_manager.count() for model in (*models, *more)}


def placed(municipality: Municipality) -> dict[str, int]:
    """How many work locations lie in each wijk, by slug."""
    areas = Area.objects.of(municipality).working_level()
    return {area.slug: WorkLocation.objects.of(municipality).in_area(area).count() for area in areas}


def test_all_that_is_loaded_says_who_and_why(hoogstraten: Municipality) -> None:
    reasons = set()
    for model in (model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")):
        for metadata in model._default_manager.values_list("pgh_context__metadata", flat=True).distinct():
            assert metadata, f"{model.__name__}: nobody, for no reason"
            assert metadata["operator"] == "load_demo"
            reasons.add(metadata["why"])
    assert {one for one in reasons if not one.startswith(("councils.", "core.release_"))} == {
        "portal.demo_loaded", "areas.boundaries_imported", "areas.figures_imported", "plans.adopted",
        "core.file_attached",
    }  # fmt: skip


def test_municipality(hoogstraten: Municipality) -> None:
    assert (hoogstraten.full_name, hoogstraten.code, hoogstraten.srid) == ("Stad Hoogstraten", "13014", 31370)
    assert hoogstraten.is_demo
    assert hoogstraten.contact_email.endswith(".example")


def test_areas(hoogstraten: Municipality) -> None:
    areas = Area.objects.of(hoogstraten).on_the_map()
    assert areas.of_kind("deelgemeente").count() == 5
    assert set(areas.working_level().values_list("slug", flat=True)) == set(PLACED)
    assert set(AreaEdition.objects.in_force().values_list("is_schematic", flat=True)) == {True}


def test_meersel_dreef_has_two_parents(hoogstraten: Municipality) -> None:
    parts = AreaPart.objects.filter(child__slug="meersel-dreef", parent_kind__slug="deelgemeente")
    assert dict(parts.values_list("parent__name", "is_main")) == {"Meer": True, "Meerle": False}


def test_locations_lie_in_their_village(hoogstraten: Municipality) -> None:
    assert placed(hoogstraten) == PLACED


def test_a_location_as_printed(hoogstraten: Municipality) -> None:
    koffiekrant = WorkLocation.objects.get(number=12)
    assert koffiekrant.address_as_printed == "schoolstraat 6; 2322"
    assert koffiekrant.address == "schoolstraat 6"
    assert koffiekrant.is_approximate
    assert koffiekrant.details_are_examples


def test_services_say_what_the_source_names(hoogstraten: Municipality) -> None:
    offers = ServiceOffer.objects.filter(location__slug="stadhuis")
    named = dict(offers.values_list("service__slug", "from_source"))
    assert named == {"burgerzaken": False, "sociaal-huis": False}
    assert ServiceOffer.objects.filter(service__slug="bibliotheek", from_source=True).count() == 6


def test_every_location_has_hours_and_teams_are_examples(hoogstraten: Municipality) -> None:
    assert not WorkLocation.objects.annotate(n=Count("hours")).filter(n=0).exists()
    stadhuis = OpeningHours.objects.filter(location__slug="stadhuis", weekday=OpeningHours.Weekday.MONDAY)
    assert [str(span) for span in stadhuis] == ["0 09:00-12:00", "0 13:30-19:30"]
    assert Team.objects.filter(is_example=True).count() == 10


def test_people_are_roles(hoogstraten: Municipality) -> None:
    held = {role.user.email: role for role in RoleAssignment.objects.current().select_related("user", "area")}
    for person in PEOPLE:
        role = held.pop(person.email, None)
        assert (role and role.role) == person.role
    assert not held
    worker = RoleAssignment.objects.get(user__email="gebiedswerker.meerle@hoogstraten.example")
    assert worker.area is not None
    assert worker.area.slug == "meerle"
    assert not User.objects.filter(is_demo=False).exists()
    assert not User.objects.exclude(email__endswith=".example").exists()


def test_people_can_sign_in(hoogstraten: Municipality) -> None:
    for person in PEOPLE:
        assert authenticate(username=person.email, password=person.password) is not None
        assert EmailAddress.objects.filter(email=person.email, verified=True, primary=True).exists()


def test_staff_have_a_second_factor(hoogstraten: Municipality) -> None:
    for person in PEOPLE:
        factor = Authenticator.objects.filter(user__email=person.email).first()
        assert (factor is not None) == (person.role is not None)
        if factor is not None:
            assert validate_totp_code(factor.data["secret"], person.code)


def test_secrets_differ_by_person_and_installation(settings: Settings) -> None:
    here = {(person.password, person.totp_secret) for person in PEOPLE}
    assert len(here) == len(PEOPLE)
    settings.SECRET_KEY = "another installation"
    assert here.isdisjoint((person.password, person.totp_secret) for person in PEOPLE)


def test_loading_again_changes_nothing(hoogstraten: Municipality) -> None:
    before, keys = counts(), dict(Area.objects.values_list("slug", "uuid"))
    touched = dict(WorkLocation.objects.values_list("slug", "updated_at"))
    load(say=lambda line: None)
    assert counts() == before
    assert dict(Area.objects.values_list("slug", "uuid")) == keys
    assert dict(WorkLocation.objects.values_list("slug", "updated_at")) == touched


def test_loading_again_puts_back_what_changed(hoogstraten: Municipality) -> None:
    WorkLocation.objects.filter(number=1).update(phone="03 000 99 99")
    OpeningHours.objects.filter(location__number=1, weekday=0).delete()
    ServiceOffer.objects.filter(location__number=1).update(from_source=True)
    person = User.objects.get(email=PEOPLE[0].email)
    person.set_password("forgotten")
    person.save()
    load(say=lambda line: None)
    assert WorkLocation.objects.get(number=1).phone == "03 000 00 01"
    assert OpeningHours.objects.filter(location__number=1, weekday=0).count() == 2
    assert not ServiceOffer.objects.filter(location__number=1, from_source=True).exists()
    assert authenticate(username=PEOPLE[0].email, password=PEOPLE[0].password) == person


def test_real_boundaries_replace_the_drawing_and_keep_every_key(hoogstraten: Municipality) -> None:
    keys = dict(Area.objects.values_list("uuid", "slug"))
    for kind, name in REAL.items():
        import_areas(
            municipality=hoogstraten,
            kind=kind,
            data=real(name),
            preset="provincies-in-cijfers",
            by=OPERATOR,
            reference_date=dt.date(2025, 1, 1),
            source="Provincies in Cijfers",
        )
    assert dict(Area.objects.values_list("uuid", "slug")) == keys
    assert not Area.objects.filter(retired_by__isnull=False).exists()
    assert set(AreaEdition.objects.in_force().values_list("is_schematic", flat=True)) == {False}
    assert placed(hoogstraten) == PLACED
    load(say=lambda line: None)
    assert set(AreaEdition.objects.in_force().values_list("is_schematic", flat=True)) == {False}


def test_signins_are_printed(hoogstraten: Municipality) -> None:
    out, err = StringIO(), StringIO()
    call_command("demo_signins", stdout=out, stderr=err)
    for person in PEOPLE:
        assert f"{person.email} " in out.getvalue()
        assert person.password in out.getvalue()
    assert err.getvalue() == ""


def test_only_codes(hoogstraten: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_795_000_000.0)
    out = StringIO()
    call_command("demo_signins", "--codes", stdout=out)
    for person in PEOPLE:
        assert (person.email in out.getvalue()) == bool(person.role)
        assert person.password not in out.getvalue()
        assert person.code in out.getvalue()


def test_example_figures(hoogstraten: Municipality) -> None:
    indicators = {indicator.slug: indicator for indicator in Indicator.objects.of(hoogstraten)}
    assert all(indicator.is_example for indicator in indicators.values())
    wholes = wholes_of(indicators.values())
    people = wholes[indicators["inwoners"].pk]
    assert sorted(people) == [str(year) for year in range(2016, 2026)]
    assert people["2025"].value == 22_400
    assert not people["2025"].is_lower_bound
    assert wholes[indicators["alleenwonende-80-plussers"].pk]["2025"].is_lower_bound
    figures = IndicatorValue.objects.filter(indicator__in=indicators.values())
    assert {value.reason for value in figures} == {"", "suppressed", "unknown"}


def test_example_figures_of_villages_and_districts_agree(hoogstraten: Municipality) -> None:
    for slug in ("inwoners", "huishoudens"):
        totals = totals_of(Indicator.objects.filter(slug=slug))
        for period in {total.period for total in totals}:
            assert len({total.value for total in totals if total.period == period}) == 1, (slug, period)


def test_example_figures_are_put_back_and_otherwise_left_alone(hoogstraten: Municipality) -> None:
    IndicatorValue.objects.filter(indicator__slug="inwoners", period="2025").update(value=1)
    load(say=lambda line: None)
    assert wholes_of(Indicator.objects.filter(slug="inwoners")).popitem()[1]["2025"].value == 22_400
    remembered = IndicatorValue.pgh_event_model.objects.count()  # type: ignore[attr-defined]
    load(say=lambda line: None)
    assert IndicatorValue.pgh_event_model.objects.count() == remembered  # type: ignore[attr-defined]


def test_the_story_is_told_in_plans(hoogstraten: Municipality) -> None:
    plans = {plan.slug: plan for plan in Plan.objects.of(hoogstraten)}
    assert {goal.level for goal in plans["meerjarenplan"].goals.all()} == {"bd", "ap"}
    assert sum(plan.kind == Plan.Kind.PATH for plan in plans.values()) == 7
    bench = plans["dorpsplan-meerle"].actions.get(number=1)
    assert bench.carries_out is not None
    assert bench.carries_out.plan == plans["meerjarenplan"]
    assert bench.assignments.get().state == Assignment.State.RUNNING
    assert {action.geometry.geom_type for action in plans["dorpsplan-meerle"].actions.all() if action.geometry} == {
        "Point", "LineString", "Polygon",
    }  # fmt: skip
    meer = Area.objects.get(slug="meer", kind__slug="wijk")
    assert [milestone.title for milestone in Milestone.objects.in_area(meer)] == [
        "Zes picknicktafels in één namiddag"
    ]


def test_the_calendar_has_periods_and_who_is_asked(hoogstraten: Municipality) -> None:
    periods = CalendarPeriod.objects.of(hoogstraten)
    assert {period.kind for period in periods} == {
        "budget_freeze",
        "school_holiday",
        "building_holiday",
        "before_elections",
    }
    assert all(period.last >= timezone.localdate() for period in periods)
    keepers = PeriodKeeper.objects.filter(municipality=hoogstraten)
    assert {keeper.kind for keeper in keepers} >= {period.kind for period in periods if period.asks_first}


def test_plans_that_are_there_stay_as_people_made_them(hoogstraten: Municipality) -> None:
    Plan.objects.filter(slug="trage-wegen").update(name="Plan voor de trage wegen")
    before = Step.objects.count(), News.objects.count(), Assignment.objects.count()
    load(say=lambda _text: None)
    assert Plan.objects.get(slug="trage-wegen").name == "Plan voor de trage wegen"
    assert (Step.objects.count(), News.objects.count(), Assignment.objects.count()) == before


def test_a_year_of_councils(hoogstraten: Municipality) -> None:
    assert Council.objects.count() == 9
    assert set(Meeting.objects.values_list("state", flat=True)) == {"closed", "convened"}
    held = Meeting.objects.held()
    assert held.exclude(works="file").filter(minutes="draft").count() == 1
    assert (held.filter(works="light").count(), held.filter(works="file").count()) == (16, 1)
    before = held.filter(works="light", decisions__kind="decision")
    assert before.count() == 10  # the year before, beside which an evaluation lays this one
    assert max(before.values_list("starts_at", flat=True)) < timezone.now() - dt.timedelta(days=370)
    late = Advice.objects.overdue().values_list("title", flat=True)
    assert set(late) == {"Water op straat na zware regen", "Fietspad naar de school"}
    waits = Advice.objects.open_now().exclude(answers=None)
    assert {one.title for one in waits} == {"Een zaal om te repeteren", "Een oversteek aan De Mosten"}
    assert Advice.objects.answered().count() == 9


def test_what_stands_around_the_evenings(hoogstraten: Municipality) -> None:
    coming = Meeting.objects.get(council__slug="dorpsraad-meerle", state="convened")
    reach = reach_of(coming)
    assert [one.person.name for one in reach.by_letter] == ["Lid 5 (voorbeeld)", "Lid 8 (voorbeeld)"]
    assert (len(reach.by_mail), reach.unknown) == (13, [])
    sent = coming.agendas.get().content["items"]
    assert [one["is_public"] for item in sent for one in item.get("papers", ())] == [True, False]
    assert {one.how for one in Vote.objects.filter(item__meeting=coming, state="prepared")} == {
        "names",
        "secret",
    }
    today = timezone.localdate()
    late = Agreement.objects.late(today)
    assert (late.count(), Agreement.objects.exclude(done_on=None).count()) == (1, 1)
    assert TextBlock.objects.get().council == coming.council
    tied = AgendaItem.objects.exclude(advice=None).get()
    assert [one.kind for one in tied.meeting.agendas.all()] == ["final", "supplement"]
