"""The order of the apps holds for foreign keys too, which import-linter cannot see."""

from django.apps import apps
from django.db.models import Field

ORDER = [
    "core",
    "areas",
    "accounts",
    "workplaces",
    "plans",
    "councils",
    "participation",
    "live",
    "reports",
    "portal",
    "config",
]


def upward_relations() -> list[str]:
    """Relations of our models that point from a lower app to a higher one."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        app = model._meta.app_label
        if app not in ORDER:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not isinstance(field, Field) or target is None or target._meta.app_label not in ORDER:
                continue
            if ORDER.index(target._meta.app_label) > ORDER.index(app):
                found.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    return found


def test_no_model_points_upwards() -> None:
    assert upward_relations() == []
