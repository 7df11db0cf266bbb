"""Taking boundaries back: the edition before comes into force again, with names, codes and retirements as they were."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.actions.shared import forget_map, lock_kinds
from areas.importers.activation import refresh_parts
from areas.importers.undo import Undo
from areas.models import Area, AreaEdition
from core.hanging import Hanging, hanging_on
from core.history import because
from core.states import may_move, move
from core.verbs import Actor, Refused, locked, require, verb

OnArea = tuple[Area, list[Hanging]]


@dataclass(frozen=True)
class TakeBack:
    """What taking an edition back does.

    `leaving` are the areas that exist in this edition only, with what hangs on them; while something is bound to one of them
    (`blocked`) it cannot go. `retiring` were retired before and are again; `returning` are back in force.
    """

    edition: AreaEdition
    before: AreaEdition
    undo: Undo
    leaving: list[OnArea]
    retiring: list[Area]
    returning: list[Area]

    @property
    def blocked(self) -> list[OnArea]:
        """The areas that cannot go, with what is bound to them."""
        bound = [(area, [one for one in hanging if one.is_bound]) for area, hanging in self.leaving]
        return [(area, hanging) for area, hanging in bound if hanging]


def what_goes_back(edition: AreaEdition) -> TakeBack:
    """What taking an edition back would do; raises Refused when there is no way back."""
    if not may_move(edition, "status", AreaEdition.Status.TAKEN_BACK):
        raise Refused(_("These boundaries are not in force (any more)."), "not_in_force")
    if edition.replaces is None:
        raise Refused(
            _("There were no boundaries of this kind before these: nothing to go back to."), "first"
        )
    undo = Undo.of(edition)
    if undo is None:
        raise Refused(
            _("It was not kept what these boundaries changed, so that they cannot be taken back."), "not_kept"
        )
    areas = Area.objects.in_bulk([*undo.created, *undo.returned, *undo.retired])
    hanging = hanging_on("areas.area", undo.created)
    return TakeBack(
        edition,
        edition.replaces,
        undo,
        leaving=[(areas[pk], hanging.get(pk, [])) for pk in undo.created],
        retiring=[areas[pk] for pk in undo.returned],
        returning=[areas[pk] for pk in undo.retired],
    )


@verb
def take_back_edition(*, edition: AreaEdition, by: Actor) -> AreaEdition:
    """Take the boundaries in force back; returns the edition that is in force again.

    Raises Refused when there is no way back, or when something has come to hang on an area that would go.
    """
    require("areas.activate_edition", edition.kind, by=by)
    with because("areas.boundaries_taken_back", by=by, edition=str(edition.uuid)):
        kind = lock_kinds(edition.kind)
        # Who hangs something on an area at this moment is waited for, and seen.
        list(Area.objects.select_for_update().filter(kind=kind).values_list("pk"))
        taken = what_goes_back(locked(edition, queryset=AreaEdition.objects.select_related("replaces")))
        if taken.blocked:
            raise Refused(
                _("Something has come to hang on areas that only these boundaries have."), "hanging"
            )
        taken.edition.kind = kind
        taken.undo.apply(taken.edition)
        move(taken.edition, "status", AreaEdition.Status.TAKEN_BACK)
        taken.edition.taken_back_at = timezone.now()
        taken.edition.save(update_fields=["status", "taken_back_at"])
        before = taken.before
        move(before, "status", AreaEdition.Status.ACTIVE)
        before.revision += 1  # a name given by hand in the meantime stays, and shows
        before.save(update_fields=["status", "revision"])
        refresh_parts(kind)
        forget_map(kind.municipality_id)
    return before
