"""Administration of municipalities, kinds and areas; boundaries come in by import only, and are looked at here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from areas.actions import change_area
from areas.models import Area, AreaCode, AreaEdition, AreaKind, AreaName, AreaSuccession, Municipality
from core.verbs import Operator


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin[Municipality]):
    """Who this site belongs to; added with `manage.py create_municipality`, never deleted here."""

    list_display = ["name", "full_name", "country", "code", "srid", "contact_email"]
    prepopulated_fields = {"slug": ["name"]}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AreaKind)
class AreaKindAdmin(admin.ModelAdmin[AreaKind]):
    """Kinds of areas; a municipality may define its own."""

    list_display = ["name", "municipality", "slug", "rank", "scheme", "is_partition", "is_working_level"]
    list_filter = ["municipality"]
    list_select_related = ["municipality"]


class CodeInline(admin.TabularInline[AreaCode, Area]):
    """The codes of an area; its identity in files, so they are not changed by hand."""

    model = AreaCode
    fields = ["scheme", "code"]
    readonly_fields = ["scheme", "code"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NameInline(admin.TabularInline[AreaName, Area]):
    """Other names of an area."""

    model = AreaName
    fields = ["name", "source"]
    extra = 0


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin[Area]):
    """Areas: only the name changes here, and the old one is kept."""

    list_display = ["name", "kind", "municipality", "slug", "retired_by"]
    list_filter = ["municipality", "kind", "is_residual"]
    list_select_related = ["kind", "municipality", "retired_by__kind"]
    search_fields = ["name", "slug", "codes__code"]
    fields = ["name", "slug", "kind", "municipality", "is_residual", "retired_by"]
    readonly_fields = ["slug", "kind", "municipality", "is_residual", "retired_by"]
    inlines = [CodeInline, NameInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Area, form: forms.ModelForm[Area], change: bool) -> None:
        # Whoever may enter the administration acts as its operator; the history names the person.
        change_area(area=obj, by=Operator("beheer"), name=obj.name)


@admin.register(AreaEdition)
class AreaEditionAdmin(admin.ModelAdmin[AreaEdition]):
    """Editions of boundaries, to look at."""

    list_display = [
        "kind",
        "reference_date",
        "status",
        "source",
        "is_schematic",
        "is_complete",
        "activated_at",
    ]
    list_filter = ["status", "kind__municipality"]
    list_select_related = ["kind"]
    exclude = ["outline_path", "graticule"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AreaSuccession)
class AreaSuccessionAdmin(admin.ModelAdmin[AreaSuccession]):
    """What became of areas."""

    list_display = ["predecessor", "relation", "successor", "weight", "edition"]
    list_select_related = ["predecessor", "successor", "edition__kind"]
    autocomplete_fields = ["predecessor", "successor"]
