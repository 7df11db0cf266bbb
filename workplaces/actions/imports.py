"""Bringing in a table of work locations."""

from collections.abc import Sequence

from django.utils import timezone

from areas.models import Municipality
from core.history import because
from core.intake import agree
from core.tables import Row
from core.verbs import Actor, locked, require, verb
from workplaces.actions.shared import write_offers, write_teams, write_week
from workplaces.models import OpeningHours, ServiceOffer, TeamPlace, WorkLocation
from workplaces.plan import FIELDS, Plan, PlannedRow, make_plan


@verb
def import_locations(
    *,
    municipality: Municipality,
    by: Actor,
    rows: Sequence[Row],
    digest: str | None = None,
    dry_run: bool = False,
    file_name: str = "",
) -> Plan:
    """Add and change the locations of a table; refused rows are left out. `digest` is the plan that was confirmed."""
    require("workplaces.import_locations", municipality, by=by)
    if dry_run:
        return make_plan(municipality, rows)
    locked(municipality)
    plan = make_plan(municipality, rows, lock=True)
    agree(plan, digest)
    with because("workplaces.imported", by=by, file=file_name):
        _add(municipality, plan.added)
        _change(plan.changed)
    return plan


def _add(municipality: Municipality, planned: list[PlannedRow]) -> None:
    locations = WorkLocation.objects.bulk_create(
        [
            WorkLocation(
                municipality=municipality,
                slug=row.slug,
                **{name: row.values[name] for name in FIELDS if name in row.values},
            )
            for row in planned
        ]
    )
    pairs = list(zip(planned, locations, strict=True))
    ServiceOffer.objects.bulk_create(
        ServiceOffer(location=location, service=service, from_source=False)
        for row, location in pairs
        for service in row.values.get("services", ())
    )
    TeamPlace.objects.bulk_create(
        TeamPlace(location=location, team=team)
        for row, location in pairs
        for team in row.values.get("teams", ())
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(location=location, weekday=day, opens=stretch.opens, closes=stretch.closes)
        for row, location in pairs
        for day in range(7)
        for stretch in row.values.get(f"day{day}", ())
    )


def _change(planned: list[PlannedRow]) -> None:
    now = timezone.now()
    changed: list[WorkLocation] = []
    for row in planned:
        location = row.location
        if location is None:
            continue
        # What was prefetched under the lock must be read before anything is written.
        week = {day: row.values[f"day{day}"] for day in range(7) if f"day{day}" in row.values}
        if week:
            for one in location.hours.all():
                if one.weekday not in week:
                    week[one.weekday] = location.schedule().week[one.weekday]
            write_week(location, week)
        if "services" in row.values:
            write_offers(location, row.values["services"])
        if "teams" in row.values:
            write_teams(location, row.values["teams"])
        for name in FIELDS:
            if name in row.values:
                setattr(location, name, row.values[name])
        location.updated_at = now
        changed.append(location)
    WorkLocation.objects.bulk_update(changed, [*FIELDS, "updated_at"], batch_size=500)
