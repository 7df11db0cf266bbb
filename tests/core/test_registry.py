"""A wrong registration stops the start and says what is wrong."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from areas.models import Area
from core import registry as registry_module
from core.attachments import AttachmentKind, attachment_kinds
from core.calendar import (
    CalendarEntry,
    CalendarSource,
    FeedSource,
    OwnCalendar,
    calendar_sources,
    feed_sources,
    own_calendars,
)
from core.changes import Telling, tellings
from core.consents import ConsentKind, consent_kinds
from core.facts import Fact, FactSource, fact_sources
from core.filekinds import FileKind, file_kinds
from core.filters import ListFilter, list_filters
from core.handover import HandoverSource, handover_sources
from core.hanging import Hanging, HangingSource, hanging_sources
from core.history import Reason, reasons
from core.intake import IntakeKind, intake_kinds
from core.jobs import NightlyJob, nightly_jobs
from core.layers import LayerSource, layer_sources
from core.loop import LoopStep, loop_steps
from core.models import Intake
from core.navigation import NavItem, nav_items
from core.office import OfficeKind, office_kinds
from core.panels import Panel, panels
from core.registry import RegistrationError, Registry, autodiscover, functions_of, registries
from core.release import ReleaseKind, release_kinds
from core.search import SearchSource, search_sources
from core.specimens import Specimen, specimens
from core.waiting import WaitingSource, waiting_sources


class Nothing:
    """A plan that does nothing."""

    digest = ""


FACT = Fact(figure="1", words="w")
ENTRY = CalendarEntry(uid="a.1", start=dt.date(2026, 3, 2), title="T", url="/", kind="K")
EXAMPLES: list[tuple[Registry[Any], Any]] = [
    (
        panels,
        lambda name: Panel(
            name=name, target="areas.area", title="T", template="t.html", content=lambda **asked: None
        ),
    ),
    (layer_sources, lambda name: LayerSource(name=name, layers=lambda *, municipality: [], geometry="point")),
    (
        specimens,
        lambda name: Specimen(name=name, title="T", template="t.html", content=lambda *, villages: {}),
    ),
    (search_sources, lambda name: SearchSource(name=name, title="T", find=lambda **asked: [])),
    (
        calendar_sources,
        lambda name: CalendarSource(
            name=name, between=lambda **asked: Area.objects.none(), entry=lambda *, row: ENTRY
        ),
    ),
    (
        own_calendars,
        lambda name: OwnCalendar(
            name=name, title="T", path=lambda *, token: "/", is_for=lambda *, user: False
        ),
    ),
    (feed_sources, lambda name: FeedSource(name=name, latest=lambda **asked: [])),
    (nightly_jobs, lambda name: NightlyJob(name=name, title="T", run=lambda *, dry_run: 0)),
    (
        fact_sources,
        lambda name: FactSource(
            name=name,
            target="areas.area",
            title="T",
            count=lambda **asked: Area.objects.none(),
            fact=lambda **asked: FACT,
        ),
    ),
    (reasons, lambda name: Reason(name=name, words="w")),
    (tellings, lambda name: Telling(name=name, target="areas.area")),
    (
        waiting_sources,
        lambda name: WaitingSource(name=name, title="T", waiting=lambda **asked: []),
    ),
    (
        hanging_sources,
        lambda name: HangingSource(
            name=name,
            target="areas.area",
            title="T",
            count=lambda **asked: Area.objects.none(),
            hanging=lambda *, number: Hanging(number=number, words="w"),
        ),
    ),
    (
        handover_sources,
        lambda name: HandoverSource(name=name, title="T", held=lambda *, user: [], pass_on=lambda **asked: 0),
    ),
    (
        release_kinds,
        lambda name: ReleaseKind(
            name=name,
            title="T",
            model=Intake,
            change="p.q",
            publish="p.q",
            people=lambda *, thing: None,  # type: ignore[arg-type]
            on_release=lambda **asked: None,
        ),
    ),
    (
        office_kinds,
        lambda name: OfficeKind(name=name, title="T", words={}, lines=(), example=lambda: {}),
    ),
    (
        consent_kinds,
        lambda name: ConsentKind(
            name=name,
            title="T",
            permission="p.q",
            find=lambda *, subject: None,
            shown=lambda *, payload: [],
            go_on=lambda **asked: None,
        ),
    ),
    (
        list_filters,
        lambda name: ListFilter(
            name=name,
            target="areas.area",
            parameter="p",
            title="T",
            choices=lambda *, municipality: [],
            narrow=lambda *, queryset, value: queryset,
        ),
    ),
    (
        attachment_kinds,
        lambda name: AttachmentKind(
            name=name,
            title="T",
            model=Intake,
            seen=lambda *, user: Intake.objects.all(),
            change="p.q",
            private="p.q",
        ),
    ),
    (loop_steps, lambda name: LoopStep(name=name, title="T", measure=lambda **asked: None)),
    (nav_items, lambda name: NavItem(name=name, label="L", url="/voorbeeld/")),
    (
        file_kinds,
        lambda name: FileKind(name=name, title="T", accepts=("application/pdf",), max_bytes=1),
    ),
    (
        intake_kinds,
        lambda name: IntakeKind(
            name=name,
            title="T",
            files="tests.files",
            permission="tests.bring",
            place=lambda **asked: None,
            plan=lambda **asked: Nothing(),
            apply=lambda **asked: None,
            page=lambda *, intake: "/",
        ),
    ),
]
EACH = pytest.mark.parametrize(
    ("registry", "make"), EXAMPLES, ids=[example[0].kind.__name__ for example in EXAMPLES]
)


def test_every_registry_is_tried_here() -> None:
    kinds = {registry.kind for registry in registries if registry.kind.__module__.startswith("core.")}
    assert kinds == {registry.kind for registry, _make in EXAMPLES}


@EACH
def test_registers_and_finds(registry: Registry[Any], make: Any) -> None:
    entry = registry.register(make("tests.example"))
    try:
        assert registry["tests.example"] is entry
        assert "tests.example" in registry
        assert entry in list(registry)
    finally:
        registry.unregister("tests.example")
    assert "tests.example" not in registry


@EACH
def test_says_that_the_type_is_wrong(registry: Registry[Any], make: Any) -> None:
    with pytest.raises(RegistrationError, match=rf"{registry.module}\.py registers a dict, expected a "):
        registry.register({"name": "tests.example"})


@EACH
@pytest.mark.parametrize("name", ["example", "Tests.Example", "tests.example.more", "tests-example", ""])
def test_says_that_the_name_is_wrong(registry: Registry[Any], make: Any, name: str) -> None:
    with pytest.raises(RegistrationError, match=rf"{registry.kind.__name__} '{name}': the name must be"):
        registry.register(make(name))


@EACH
def test_says_that_it_is_there_already(registry: Registry[Any], make: Any) -> None:
    registry.register(make("tests.example"))
    try:
        with pytest.raises(RegistrationError, match=r"'tests\.example' is registered twice"):
            registry.register(make("tests.example"))
    finally:
        registry.unregister("tests.example")


def test_panel_names_a_model_in_lower_case() -> None:
    with pytest.raises(RegistrationError, match=r"target 'areas.Area' must be 'app.model' in lower case"):
        Panel(name="a.b", target="areas.Area", title="T", template="t.html", content=lambda **asked: None)


def test_navigation_leads_into_the_site() -> None:
    with pytest.raises(RegistrationError, match="must start with a slash"):
        NavItem(name="a.b", label="L", url="kaart/")


@pytest.mark.parametrize("target", ["areas.Area", "areas", "areas.area.name", ""])
def test_target_is_a_model_in_lower_case(target: str) -> None:
    with pytest.raises(RegistrationError, match=r"must be 'app\.model' in lower case"):
        fact_sources.register(
            FactSource(
                name="a.b",
                target=target,
                title="T",
                count=lambda **asked: Area.objects.none(),
                fact=lambda **asked: FACT,
            )
        )
    assert "a.b" not in fact_sources


def test_file_kind_names_content_types_we_recognise() -> None:
    with pytest.raises(RegistrationError, match="image/svg"):
        FileKind(name="a.b", title="T", accepts=("image/svg+xml",), max_bytes=1)
    with pytest.raises(RegistrationError, match="accepts nothing"):
        FileKind(name="a.b", title="T", accepts=(), max_bytes=1)
    with pytest.raises(RegistrationError, match="max_bytes"):
        FileKind(name="a.b", title="T", accepts=("application/pdf",), max_bytes=0)


@pytest.mark.parametrize(
    ("run", "fault"),
    [
        (lambda dry_run: 0, "run takes 'dry_run' by its place"),
        (lambda *, dry: 0, "run asks for 'dry', which it does not get"),
        (lambda: 0, "run does not take 'dry_run'"),
        (lambda *, dry_run, why: 0, "run asks for 'why', which it does not get"),
    ],
)
def test_says_that_a_function_asks_for_something_else(run: Any, fault: str) -> None:
    with pytest.raises(RegistrationError, match=rf"'a\.b': {fault}; it is called as run\(dry_run\)"):
        nightly_jobs.register(NightlyJob(name="a.b", title="T", run=run))
    assert "a.b" not in nightly_jobs


def test_a_function_may_have_more_with_a_default() -> None:
    nightly_jobs.register(NightlyJob(name="a.b", title="T", run=lambda *, dry_run, loud=False: 0))
    nightly_jobs.unregister("a.b")


def test_functions_that_need_not_be_there_are_held_against_too() -> None:
    assert functions_of(NavItem) == {"shown": {"request"}}
    assert functions_of(ListFilter) == {"choices": {"municipality"}, "narrow": {"queryset", "value"}}


def test_entries_come_in_order() -> None:
    registry: Registry[NightlyJob] = Registry(NightlyJob, "nowhere")
    try:
        for name, order in (("a.late", 300), ("b.early", 1), ("a.same", 100), ("b.same", 100)):
            registry.register(NightlyJob(name=name, title="T", run=lambda *, dry_run: 0, order=order))
        assert [entry.name for entry in registry] == ["b.early", "a.same", "b.same", "a.late"]
    finally:
        registries.pop()


def test_start_imports_the_file_of_every_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(registry_module, "autodiscover_modules", lambda *names: asked.extend(names))
    autodiscover()
    assert set(asked) == {
        "panels",
        "layers",
        "search",
        "calendar",
        "jobs",
        "filekinds",
        "navigation",
        "facts",
        "filters",
        "loop",
    } | {registry.module for registry in registries}


def test_start_discovers() -> None:
    assert apps.get_app_config("core").name == "core"
    assert "core.sessions" in nightly_jobs
