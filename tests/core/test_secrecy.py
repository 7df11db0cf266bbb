"""Secret choices, tried on a made-up table: the ballots come later."""

from collections.abc import Callable, Iterator
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.contrib.gis.db.models import PointField
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext, isolate_apps
from pghistory.middleware import HistoryMiddleware
from pghistory.models import Context
from pgtrigger import registry

from accounts.models import User
from areas.models import Municipality
from core.history import because, tracked
from core.personal import Personal
from core.secrecy import GUARD, secret, secret_models, tells_of, unrecorded
from core.verbs import Participant
from tests.conftest import Land
from tests.workplaces.conftest import Maker
from tests.workplaces.conftest import make_location as make_location


@pytest.fixture(autouse=True)
def _made_up_only() -> Iterator[None]:
    """What a test declares is no table of ours: its triggers go with it."""
    before = set(registry._registry)
    yield
    for uri in set(registry._registry) - before:
        registry.delete(uri)


@pytest.fixture
def ballots(db: None) -> Any:
    """A made-up table of votes, in the database for as long as the test."""
    with isolate_apps("core"):

        @secret
        class Vote(models.Model):  # noqa: DJ008
            question = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
            choice = models.CharField(max_length=20, choices=[("yes", "yes"), ("no", "no")])

            class Meta:
                app_label = "core"

    with connection.schema_editor() as editor:
        editor.create_model(Vote)
    registry._registry[f"core.Vote:{GUARD}"][1].install(Vote)
    return Vote


def test_what_is_declared_secret_keeps_secrets() -> None:
    assert [(model._meta.label, faults) for model in secret_models() if (faults := tells_of(model))] == []


def test_the_made_up_table_keeps_secrets(ballots: Any) -> None:
    assert tells_of(ballots) == []


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        (models.ForeignKey(User, models.CASCADE, related_name="+"), "leads to a person"),
        (models.ForeignKey("accounts.RoleAssignment", models.CASCADE, related_name="+"), "leads to a person"),
        (models.DateTimeField(auto_now_add=True), "a DateTimeField"),
        (models.TimeField(), "a TimeField"),
        (models.EmailField(), "a EmailField"),
        (models.URLField(), "a URLField"),
        (models.GenericIPAddressField(), "a GenericIPAddressField"),
        (PointField(), "a PointField"),
    ],
)
def test_a_column_that_tells_is_found_whatever_its_name(column: Any, fault: str) -> None:
    with isolate_apps("core"):

        class Told(models.Model):  # noqa: DJ008
            extra = column.clone()

            class Meta:
                app_label = "core"

        Told._meta.get_field("extra").related_model = column.related_model if column.is_relation else None
        if isinstance(column.related_model, str):
            Told._meta.get_field("extra").related_model = apps.get_model(column.related_model)
        assert tells_of(Told) == [f"extra: {fault}"]


@pytest.mark.parametrize("name", ["voted_at", "ip", "remote_address", "cast_by", "session_key", "path"])
def test_a_name_that_tells_is_found_whatever_its_type(name: str) -> None:
    with isolate_apps("core"):
        model = type("Told", (models.Model,), {
            "__module__": __name__, name: models.BigIntegerField(), "choice": models.TextField(),
            "Meta": type("Meta", (), {"app_label": "core"}),
        })  # fmt: skip
    assert tells_of(model) == [f"{name}: its name says so"]


def test_a_history_or_a_declaration_is_found() -> None:
    with isolate_apps("core"):

        @tracked()
        class Followed(models.Model):  # noqa: DJ008
            choice = models.TextField()

            class Meta:
                app_label = "core"

        class Known(models.Model):  # noqa: DJ008
            choice = models.TextField()
            personal = Personal(mentions=("choice",))

            class Meta:
                app_label = "core"

    assert "it is tracked" in tells_of(Followed)
    assert tells_of(Known) == ["it declares what it knows of persons"]


def asked(view: Callable[[HttpRequest], HttpResponse], person: User) -> None:
    """The view in a request of a person, as the middleware makes it known to the history."""
    request = RequestFactory().post("/stemmen/geheim/")
    request.user = person
    middleware: Any = HistoryMiddleware
    middleware(view)(request)


def test_a_write_in_a_request_leaves_nothing_of_who_or_where(
    land: Land, cast: dict[str, User], ballots: Any, make_location: Maker
) -> None:
    location = make_location()
    contexts = Context.objects.count()

    def view(request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), because("workplaces.details", by=Participant("k-1")):
            with unrecorded(), CaptureQueriesContext(connection) as queries:
                ballots.objects.create(question=land.municipality, choice="yes")
            said.extend(query["sql"] for query in queries)
            location.name = "Daarna"
            location.save()  # what is tracked is tracked again
        return HttpResponse()

    said: list[str] = []
    asked(view, cast["resident"])
    assert ballots.objects.get().choice == "yes"
    assert not [
        sql for sql in said if "stemmen" in sql or "k-1" in sql or str(cast["resident"].pk) in sql.split("'")
    ]
    assert Context.objects.count() == contexts + 1
    told = location.events.latest("pgh_id").pgh_context.metadata  # type: ignore[attr-defined]
    assert told == {"participant": "k-1", "why": "workplaces.details"}


def test_the_database_refuses_a_choice_that_the_history_knows_of(
    land: Land, cast: dict[str, User], ballots: Any
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        ballots.objects.create(question=land.municipality, choice="yes")
        return HttpResponse()

    with pytest.raises(DatabaseError, match="outside the history"), transaction.atomic():
        asked(view, cast["resident"])
    with unrecorded():
        vote = ballots.objects.create(question=land.municipality, choice="yes")
    writes: list[Callable[[], Any]] = [
        lambda: ballots.objects.update(choice="no"),
        lambda: ballots.objects.filter(pk=vote.pk).delete(),
    ]
    for write in writes:
        with pytest.raises(DatabaseError, match="outside the history"), transaction.atomic():  # noqa: SIM117
            with pghistory.context(user=1):
                write()
    with (
        unrecorded(),
        pytest.raises(DatabaseError, match="outside the history"),
        transaction.atomic(),
        because("workplaces.details", by=Participant("k-1")),  # a reason has no place there
    ):
        ballots.objects.create(question=land.municipality, choice="no")
    assert ballots.objects.count() == 1


def test_afterwards_the_history_goes_on(cast: dict[str, User], make_location: Maker) -> None:
    location = make_location()
    with pghistory.context(user=cast["steward"].pk, url="/x/"):
        with pytest.raises(ZeroDivisionError), unrecorded():
            1 / 0  # noqa: B018
        location.name = "Nieuw"
        location.save()
    with unrecorded():
        pass
    told = location.events.latest("pgh_id").pgh_context.metadata  # type: ignore[attr-defined]
    assert told == {"user": cast["steward"].pk, "url": "/x/"}
