"""Work locations in the administration, for operators; managers use the pages of the site."""

from django.contrib import admin

from workplaces.models import (
    DayException,
    OpeningHours,
    QualityWaiver,
    Service,
    ServiceOffer,
    Team,
    WorkLocation,
)


class HoursInline(admin.TabularInline[OpeningHours, WorkLocation]):
    """The hours of a location."""

    model = OpeningHours
    extra = 0


class ExceptionInline(admin.TabularInline[DayException, WorkLocation]):
    """The exceptional days of a location."""

    model = DayException
    extra = 0


class OfferInline(admin.TabularInline[ServiceOffer, WorkLocation]):
    """The services of a location."""

    model = ServiceOffer
    extra = 0
    autocomplete_fields = ("service",)


@admin.register(WorkLocation)
class WorkLocationAdmin(admin.ModelAdmin[WorkLocation]):
    """A location with all that hangs on it; the place is moved on the site, where its precision is asked for."""

    list_display = ("name", "street", "house_number", "postcode", "locality", "precision", "closed_on")
    list_filter = ("municipality", "precision", "wheelchair")
    search_fields = ("name", "street", "locality", "address_as_printed")
    readonly_fields = ("uuid", "point", "precision", "placed_by", "created_at", "updated_at")
    inlines = (OfferInline, HoursInline, ExceptionInline)


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin[Service]):
    """The services of a municipality."""

    list_display = ("name", "slug", "is_basic", "municipality")
    list_filter = ("municipality", "is_basic")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin[Team]):
    """The teams of a municipality."""

    list_display = ("name", "email", "phone", "dissolved_on", "municipality")
    list_filter = ("municipality",)
    search_fields = ("name",)
    filter_horizontal = ("areas",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(QualityWaiver)
class QualityWaiverAdmin(admin.ModelAdmin[QualityWaiver]):
    """Findings that somebody called right; taking one away puts the finding back on the list."""

    list_display = ("location", "rule", "reason", "waived_by", "waived_at")
    list_filter = ("rule",)
    readonly_fields = ("location", "rule", "waived_by", "waived_at")
