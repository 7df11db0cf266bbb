"""Who keeps a council, who sits in it, and who sees of its people what others do not."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Model, Q
from django.utils import timezone

from accounts.competence import Mandates, mandates
from accounts.models import Competence, RoleAssignment, User
from accounts.reach import works_on
from accounts.rules import Rule, grant, role_everywhere, role_here
from areas.models import Municipality
from core.access import permitted
from councils.models import (
    Advice,
    AgendaItem,
    Answer,
    Council,
    Evaluation,
    Meeting,
    Membership,
    Office,
    Person,
)
from councils.models.evaluation import evaluated_around

Role = RoleAssignment.Role
OFFICE = role_everywhere(Role.DATA_STEWARD, Role.ADMINISTRATOR)


def through(field: str, councils: Callable[[Any], Any]) -> Rule:
    """The council to which a field leads ("" is the object itself) is one of those that a query gives for a person."""

    def holds(user: Any, obj: Any) -> bool:
        *way, last = (field or "pk").split("__")
        value: Any = obj
        for step in way:
            value = getattr(value, step)
        key = value.pk if last == "pk" else getattr(value, f"{last}_id")
        return bool(councils(user).filter(pk=key).exists())

    def rows(user: Any, model: type[Model]) -> Q:
        return Q(**{f"{field or 'pk'}__in": councils(user).values("pk")})

    return Rule(holds, rows)


def kept_by(user: Any) -> Any:
    """The councils of which this person, or who they stand in for, is secretary today; with the second factor, as a role is."""
    secretaries = Office.objects.current().filter(
        works_on(user, user="membership__person__user", municipality="council__municipality"),
        kind=Office.Kind.SECRETARY,
    )
    return Council.objects.filter(pk__in=secretaries.values("council"))


def sat_in_by(user: Any) -> Any:
    """The councils in which this person has a seat today."""
    if not isinstance(user, User) or not user.is_active:
        return Council.objects.none()
    seats = Membership.objects.current().filter(person__user=user)
    return Council.objects.filter(pk__in=seats.values("council"))


def chaired_by(user: Any) -> Any:
    """The councils that this person chairs today."""
    if not isinstance(user, User) or not user.is_active:
        return Council.objects.none()
    chairs = Office.objects.current().filter(membership__person__user=user, kind=Office.Kind.CHAIR)
    return Council.objects.filter(pk__in=chairs.values("council"))


def keepers(field: str) -> Rule:
    """Who does everything for the council to which a field leads: its secretary, a council secretary of the area, the office."""
    # What the roles say costs no query, and goes first.
    return role_here(Role.COUNCIL_SECRETARY) | OFFICE | through(field, kept_by)


def members(field: str) -> Rule:
    """Who sits in the council to which a field leads."""
    return through(field, sat_in_by)


def chair(field: str) -> Rule:
    """Who chairs the council to which a field leads."""
    return through(field, chaired_by)


def sits_with(rule: Rule) -> Rule:
    """A person who sits, sat or will sit in a council of which the rule holds."""

    def people(user: Any) -> Any:
        councils = Council.objects.filter(rule.rows(user, Council))
        return Membership.objects.filter(council__in=councils.values("pk")).values("person")

    return Rule(
        lambda user, obj: bool(people(user).filter(person=obj.pk).exists()),
        lambda user, model: Q(pk__in=people(user)),
    )


def kept_in_any_way(user: Any) -> Any:
    """The councils for which this person may do everything."""
    return permitted(Council.objects.all(), user, "councils.keep_council")


def is_evaluated(user: Any, evaluation: Any) -> bool:
    """Whether a person sits in a council that is evaluated."""
    return bool(sat_in_by(user).filter(pk__in=evaluation.councils()).exists())


def evaluated(user: Any, model: type[Model]) -> Q:
    """The evaluations of councils in which a person sits."""
    return Q(Exists(sat_in_by(user).filter(evaluated_around())))


grant("councils.manage_council", OFFICE, Municipality, Council)
KEEPS = keepers("")
WRITES = role_here(Role.COUNCIL_SECRETARY) | through("", kept_by)
grant("councils.keep_council", KEEPS, Council)
# Gender of members is for who writes for a council alone; the office keeps councils, but has no need of it.
grant("councils.see_gender", WRITES, Council)
grant("councils.attend", keepers("") | members(""), Council)
grant("councils.see_person", OFFICE | sits_with(KEEPS), Person)
grant("councils.see_person_gender", sits_with(WRITES), Person)
grant("councils.keep_meeting", keepers("council"), Meeting)
grant("councils.attend_meeting", keepers("council") | members("council"), Meeting)
grant("councils.chair_meeting", chair("council"), Meeting)
grant("councils.keep_item", keepers("meeting__council"), AgendaItem)
grant("councils.attend_item", keepers("meeting__council") | members("meeting__council"), AgendaItem)


def competences_of(user: Any) -> Any:
    """The competences that this person, or who they stand in for, holds today."""
    return Competence.objects.current().filter(
        works_on(user, user="holder__user", municipality="municipality")
    )


def competent_today(user: Any, advices: Any) -> list[Advice]:
    """Those of these advices that this person answers today, as the competent mandate holder or who stands in for one.

    Each with its council. One query for who holds no competence, else two more and one for each municipality.
    """
    mine = list(competences_of(user).select_related("municipality"))
    if not mine:
        return []
    keys, places = {one.pk for one in mine}, {one.municipality for one in mine}
    known = {place.pk: mandates(place, timezone.localdate()) for place in places}
    rows = advices.filter(municipality__in=known, state=Advice.State.ADOPTED, policy_field__isnull=False)
    rows = rows.select_related("council").prefetch_related("council__areas")
    return [one for one in rows if keys & _answering(one, known[one.municipality_id])]


def _answering(advice: Advice, known: Mandates) -> set[int]:
    """The competences by which an advice is answered."""
    if advice.state != Advice.State.ADOPTED or advice.policy_field_id is None:
        return set()
    areas = [area.pk for area in advice.council.areas.all()]
    return {one.pk for one in known.competent_for(advice.policy_field_id, areas)}


def competent(field: str) -> Rule:
    """Who is competent today for the advice to which a field leads ("" is the object itself)."""

    def holds(user: Any, obj: Any) -> bool:
        advice: Advice = getattr(obj, field) if field else obj
        mine = set(
            competences_of(user).filter(municipality=advice.municipality_id).values_list("pk", flat=True)
        )
        return bool(mine and mine & _answering(advice, mandates(advice.municipality, timezone.localdate())))

    return Rule(
        holds,
        lambda user, model: Q(
            **{f"{field or 'pk'}__in": [one.pk for one in competent_today(user, Advice.objects.all())]}
        ),
    )


# Only an advice that was given is answered; whoever may answer one in the making has nothing to answer yet.
grant("councils.write_advice", keepers("council"), Advice)
grant("councils.view_advice", keepers("council") | members("council"), Advice)
grant("councils.receive_advice", keepers("council") | competent(""), Advice)
grant("councils.answer_advice", OFFICE | competent(""), Advice)
grant("councils.write_answer", OFFICE | competent("advice"), Answer)
grant("councils.publish_answer", OFFICE | competent("advice"), Answer)
grant("councils.keep_evaluation", through("council", kept_in_any_way) | OFFICE, Evaluation)
grant("councils.answer_evaluation", Rule(is_evaluated, evaluated), Evaluation)
