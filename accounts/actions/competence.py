"""Policy fields, mandate holders, and who is competent for what, where and when."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.actions.roles import holder as open_account
from accounts.actions.roles import lock, yesterday
from accounts.models import Competence, MandateHolder, PolicyField, User
from areas.models import Area, Municipality
from core.history import because
from core.slugs import free_slug
from core.verbs import Actor, Refused, locked, require, same_version, verb

MANAGE = "accounts.manage_competences"


@verb
def add_policy_field(*, by: Actor, municipality: Municipality, name: str) -> PolicyField:
    """Know another field of policy."""
    require(MANAGE, municipality, by=by)
    lock(municipality)
    taken = {"nieuw", *PolicyField.objects.of(municipality).values_list("slug", flat=True)}
    field = PolicyField(
        municipality=municipality, name=name, slug=free_slug(slugify(name)[:50] or "beleid", taken)
    )
    field.full_clean()
    with because("accounts.field_named", by=by):
        field.save()
    return field


@verb
def rename_policy_field(*, by: Actor, field: PolicyField, name: str) -> PolicyField:
    """Call a field of policy otherwise; its address stays."""
    require(MANAGE, field, by=by)
    current = locked(field)
    current.name = name
    current.full_clean()
    with because("accounts.field_named", by=by):
        current.save(update_fields=["name"])
    return current


@verb
def name_holder(
    *,
    by: Actor,
    municipality: Municipality,
    name: str,
    title: str = "",
    is_college: bool = False,
    user: User | None = None,
) -> MandateHolder:
    """Know a mandate holder, or the whole college."""
    require(MANAGE, municipality, by=by)
    lock(municipality)
    holder = MandateHolder(municipality=municipality)
    return _write_holder(holder, by, name=name, title=title, is_college=is_college, user=user)


@verb
def change_holder(
    *,
    by: Actor,
    holder: MandateHolder,
    name: str,
    title: str = "",
    is_college: bool = False,
    user: User | None = None,
) -> MandateHolder:
    """Call a mandate holder otherwise, or name another account."""
    require(MANAGE, holder, by=by)
    lock(holder.municipality)
    return _write_holder(locked(holder), by, name=name, title=title, is_college=is_college, user=user)


def _write_holder(
    holder: MandateHolder, by: Actor, *, name: str, title: str, is_college: bool, user: User | None
) -> MandateHolder:
    if user is not None and user.pk != holder.user_id:
        user = open_account(user)
    holder.name, holder.title, holder.is_college, holder.user = name, title, is_college, user
    holder.full_clean()
    with because("accounts.holder_named", by=by):
        holder.save()
    return holder


@verb
def give_competence(
    *,
    by: Actor,
    municipality: Municipality,
    holder: MandateHolder,
    fields: Collection[PolicyField] = (),
    areas: Collection[Area] = (),
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    why: str,
) -> list[Competence]:
    """Make a mandate holder competent for fields (none: every field) in areas (none: everywhere) in a period."""
    require(MANAGE, municipality, by=by)
    lock(municipality)
    rows = [
        Competence(
            municipality=municipality, holder=holder, field=field, area=area,
            valid_from=valid_from, valid_until=valid_until,
        )
        for field in (fields or (None,))
        for area in (areas or (None,))
    ]  # fmt: skip
    with because("accounts.competence_given", by=by, note=why):
        for row in rows:
            row.full_clean()
            row.save()
    return rows


@verb
def change_competence(
    *,
    by: Actor,
    competence: Competence,
    version: str | None,
    holder: MandateHolder,
    field: PolicyField | None,
    area: Area | None,
    valid_from: dt.date,
    valid_until: dt.date | None,
    why: str,
) -> Competence:
    """Put right what was written about a competence; who follows somebody up is a successor (`end_competence`)."""
    require(MANAGE, competence, by=by)
    lock(competence.municipality)
    current = locked(competence)
    same_version(current, version)
    current.holder, current.field, current.area = holder, field, area
    current.valid_from, current.valid_until = valid_from, valid_until
    current.full_clean()
    with because("accounts.competence_changed", by=by, note=why):
        current.save()
    return current


@verb
def end_competence(
    *,
    by: Actor,
    competence: Competence,
    last_day: dt.date,
    successor: MandateHolder | None = None,
    why: str,
) -> Competence | None:
    """End a competence after a day; a successor has it from the next, until what was its end. What is open passes along."""
    require(MANAGE, competence, by=by)
    lock(competence.municipality)
    with because("accounts.competence_ended", by=by, note=why):
        return end_of(locked(competence), last_day, successor)


@verb
def pass_on_competences(
    *, by: Actor, holder: MandateHolder, last_day: dt.date, successor: MandateHolder | None = None, why: str
) -> int:
    """End everything for which a mandate holder is competent after a day, and let a successor go on."""
    require(MANAGE, holder, by=by)
    lock(holder.municipality)
    rows = Competence.objects.filter(holder=holder).lasting(last_day + dt.timedelta(days=1))
    with because("accounts.competence_ended", by=by, note=why):
        found = list(rows.select_for_update(of=("self",)).order_by("pk"))
        for row in found:
            end_of(row, last_day, successor)
    return len(found)


def end_of(row: Competence, last_day: dt.date, successor: MandateHolder | None) -> Competence | None:
    """End a locked competence after a day; the successor goes on from the next."""
    last = row.valid_until
    if last is not None and last < timezone.localdate():
        raise Refused(_("This competence has ended already."), "ended")
    if last is not None and last_day > last:
        raise Refused({"last_day": _("This competence ends earlier already.")}, "later")
    if successor is not None and successor.pk == row.holder_id:
        raise Refused({"successor": _("Nobody succeeds themself.")}, "same_person")
    begins = max(row.valid_from, last_day + dt.timedelta(days=1))
    if row.valid_from > last_day:
        row.delete()
    else:
        row.valid_until = last_day
        row.full_clean()
        row.save()
    if successor is None or (last is not None and begins > last):
        return None
    next_one = Competence(
        municipality=row.municipality, holder=successor, field=row.field, area=row.area,
        valid_from=begins, valid_until=last,
    )  # fmt: skip
    next_one.full_clean()
    next_one.save()
    return next_one


@verb
def move_competences(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the competences that count in some areas, or will, count in another one; who is competent there stays so."""
    area = Area.objects.select_related("municipality").get(pk=to)
    require(MANAGE, area.municipality, by=by)
    lock(area.municipality)
    moved, today = 0, timezone.localdate()
    with because("accounts.competence_moved", by=by, area=str(area.uuid)):
        rows = Competence.objects.lasting(today).filter(area__in=keys).select_for_update(of=("self",))
        for row in rows.order_by("pk"):
            there = Competence.objects.lasting(today).filter(
                municipality=row.municipality, field=row.field_id, area=area
            )
            if there.filter(valid_from__lte=row.valid_until or dt.date.max).exclude(
                valid_until__lt=row.valid_from
            ):
                end_of(row, yesterday(), None)
                continue
            row.area = area
            row.save()
            moved += 1
    return moved
