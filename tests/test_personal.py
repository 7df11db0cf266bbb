"""Every field that could hold something of a person is declared."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.gis.db import models as gis
from django.db import models

from accounts.privacy.declared import OTHERS, holdings, personal_of
from core.personal import TELLING, Personal, undeclared

OURS = {app.label for app in apps.get_app_configs() if Path(app.path).parent == Path(settings.BASE_DIR)}
MODELS = [m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy and m._meta.managed]


@pytest.mark.parametrize(
    "model", [m for m in MODELS if not hasattr(m, "pgh_tracked_model")], ids=lambda m: m._meta.label
)
def test_every_telling_field_is_declared(model: type[models.Model]) -> None:
    if model._meta.app_label in OURS:
        assert undeclared(model) == [], "declare them in `personal = Personal(...)` (core/personal.py)"
        return
    personal = OTHERS.get(model._meta.label_lower)
    named = personal.named if personal else set()
    telling = {f.name for f in model._meta.concrete_fields if isinstance(f, TELLING)}
    assert telling <= named, "declare them in accounts/privacy/declared.py"


def test_a_declaration_names_fields_that_exist() -> None:
    for holding in holdings():
        columns = {f.name for f in holding.model._meta.get_fields()}
        personal = holding.personal
        assert holding.is_history or personal.named <= columns, holding.model
        if personal.retention_days is not None:
            assert personal.retention_from in columns, holding.model
        if personal.subject and not holding.is_history:
            holding.model._default_manager.filter(**{f"{personal.subject}__isnull": False})


def test_what_is_blanked_may_be_blank() -> None:
    """Constraints that forbid an empty value would stop an erasure."""
    for holding in holdings():
        for name in holding.personal.fields:
            field = holding.model._meta.get_field(name)
            assert isinstance(field, models.Field), (holding.model, name)


class _Person(models.Model):
    name = models.CharField(max_length=10)
    email = models.EmailField()
    home = gis.PointField()
    notes = models.JSONField()
    role = models.CharField(max_length=10, choices=[("a", "a")])
    age = models.IntegerField()

    class Meta:
        app_label = "tests"
        managed = False

    def __str__(self) -> str:
        return self.name


def test_an_undeclared_field_is_found() -> None:
    assert undeclared(_Person) == ["name", "email", "home", "notes"]
    _Person.personal = Personal(impersonal=("name", "home"), mentions=("notes",))  # type: ignore[attr-defined]
    assert undeclared(_Person) == ["email"]


def test_history_follows_what_it_is_the_history_of() -> None:
    history = apps.get_model("accounts", "InvitationEvent")
    personal = personal_of(history)
    assert personal is not None
    assert set(personal.fields) == {"email", "name"}
    assert not personal.delete_row
