"""How the verbs about people and roles are called."""

import datetime as dt
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from accounts import actions
from accounts.actions import closing, competence, consents, moving, providers
from accounts.actions.invitations import holder_of
from accounts.models import Invitation, RoleAssignment
from accounts.privacy import erase_person, export_person
from tests.accounts.asking import asking, period
from tests.accounts.helpers import FIRST, PASSWORD, give, with_password
from tests.verbs import Examples, World

Role = RoleAssignment.Role
SITE = "https://proefdorp.example/"
HELD = ("accounts.roles", "accounts.mandates", "accounts.standing_in", "accounts.keepers")


def _role(world: World, **more: Any) -> dict[str, Any]:
    assignment = world.cast["worker_here"].roles.get()
    return {"by": world.cast["administrator"], "assignment": assignment, "why": "Ruilt van taak", **more}


def _replaced(world: World) -> dict[str, Any]:
    asked = _role(world, last_day=timezone.localdate() - dt.timedelta(days=1))
    today = timezone.localdate()
    give(
        world.cast["neighbour"],
        Role.AREA_WORKER,
        world.land,
        "bergen",
        replaces=asked["assignment"],
        valid_until=today,
    )
    return asked


def _invitation(world: World) -> Invitation:
    return actions.invite(**_invited(world))


def _invited(world: World) -> dict[str, Any]:
    return {
        "by": world.cast["administrator"], "municipality": world.land.municipality, "site": SITE,
        "email": "nieuw@proefdorp.example", "role": Role.AREA_WORKER, "area": world.land["dalen"],
        "valid_from": FIRST, "why": "Vacature",
    }  # fmt: skip


def _accepted(world: World) -> dict[str, Any]:
    invitation = _invitation(world)
    token = invitation.link.rstrip("/").rsplit("/", 1)[1]
    return {"token": token, "by": holder_of(invitation), "name": "Nina", "password": PASSWORD}


def _synced(world: World) -> dict[str, Any]:
    give(world.cast["resident"], Role.MODERATOR, world.land, provider="staff")
    claim = providers.RoleClaim(Role.AREA_WORKER, world.land["bergen"], None, None)
    return {
        "user": world.cast["resident"], "municipality": world.land.municipality, "provider": "staff",
        "claimed": [claim], "by": providers.speaking_for("staff"),
    }  # fmt: skip


def _disconnected(world: World) -> dict[str, Any]:
    person = with_password(world.cast["resident"])
    give(person, Role.MODERATOR, world.land, provider="staff")
    link = SocialAccount.objects.create(user=person, provider="staff", uid="1")
    return {"by": person, "link": str(link.pk)}


def _moved(world: World) -> dict[str, Any]:
    give(world.cast["neighbour"], Role.MODERATOR, world.land, "dalen")
    _invitation(world)
    return {
        "by": world.cast["administrator"],
        "keys": [world.land["dalen"].pk],
        "to": world.land["midden"].pk,
    }


def _person(world: World) -> dict[str, Any]:
    give(
        world.cast["resident"],
        Role.MODERATOR,
        world.land,
        valid_until=timezone.localdate() - dt.timedelta(days=1),
    )
    return {"person": world.cast["resident"], "by": world.cast["resident"]}


def _away(world: World) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "by": world.cast["worker_here"], "user": world.cast["worker_here"], "municipality": world.land.municipality,
        "first": today, "last": today + dt.timedelta(days=5), "deputy": world.cast["worker_elsewhere"],
    }  # fmt: skip


def _absence(world: World, **more: Any) -> dict[str, Any]:
    return {"by": world.cast["worker_here"], "absence": actions.note_absence(**_away(world)), **more}


def _asking(world: World) -> dict[str, Any]:
    period(world.land)
    return asking(world.land, world.cast)


def _asked(world: World, **more: Any) -> dict[str, Any]:
    period(world.land)
    return {
        "by": world.cast["administrator"],
        "consent": consents.ask_consent(**asking(world.land, world.cast)),
        **more,
    }


def _holder(world: World, name: str = "Lid 1 (voorbeeld)") -> Any:
    return actions.name_holder(
        by=world.cast["administrator"], municipality=world.land.municipality, name=name
    )


def _given(world: World, **more: Any) -> dict[str, Any]:
    field = actions.add_policy_field(
        by=world.cast["administrator"], municipality=world.land.municipality, name="Mobiliteit"
    )
    return {
        "by": world.cast["administrator"], "municipality": world.land.municipality, "holder": _holder(world),
        "fields": [field], "areas": [world.land["dalen"]], "valid_from": FIRST, "why": "Na de verkiezingen", **more,
    }  # fmt: skip


def _competence(world: World, **more: Any) -> dict[str, Any]:
    asked = _given(world)
    competence = actions.give_competence(**asked)[0]
    return {"by": asked["by"], "competence": competence, "why": "Neemt ontslag", **more}


def _moved_competences(world: World) -> dict[str, Any]:
    actions.give_competence(**_given(world))
    return {
        "by": world.cast["administrator"], "keys": [world.land["dalen"].pk], "to": world.land["midden"].pk,
    }  # fmt: skip


def _colleague(world: World, **more: Any) -> dict[str, Any]:
    municipality, person = world.land.municipality, world.cast["worker_here"]
    holder = actions.name_holder(
        by=world.cast["administrator"], municipality=municipality, name="Mia", user=person
    )
    actions.give_competence(**_given(world, holder=holder))
    actions.note_absence(
        **{**_away(world), "by": world.cast["moderator"], "user": world.cast["moderator"], "deputy": person}
    )
    consents.name_keeper(
        by=world.cast["administrator"], municipality=municipality, kind="budget_freeze", user=person
    )
    return {"by": world.cast["administrator"], "municipality": municipality, "person": person, **more}


def _passed_on(world: World) -> dict[str, Any]:
    asked = _colleague(world)
    person = asked.pop("person")
    return {**asked, "user": person, "to": world.cast["secretary"]}


def _blocked(world: World) -> dict[str, Any]:
    asked = _colleague(world)
    actions.block_account(**asked)
    return asked


EXAMPLES: Examples = {
    consents.ask_consent: _asking,
    consents.decide_consent: lambda world: _asked(world, agrees=False, answer="Niet nu"),
    consents.withdraw_consent: lambda world: _asked(world, by=world.cast["steward"]),
    consents.name_keeper: lambda world: {
        "municipality": world.land.municipality, "kind": "budget_freeze", "user": world.cast["moderator"],
        "by": world.cast["administrator"],
    },
    closing.pass_on_keepers: _passed_on,
    actions.add_policy_field: lambda world: {
        "by": world.cast["administrator"], "municipality": world.land.municipality, "name": "Jeugd",
    },
    actions.rename_policy_field: lambda world: {
        "by": world.cast["administrator"], "field": _given(world)["fields"][0], "name": "Verkeer",
    },
    actions.name_holder: lambda world: {
        "by": world.cast["administrator"], "municipality": world.land.municipality, "name": "Lid 2 (voorbeeld)",
    },
    actions.change_holder: lambda world: {
        "by": world.cast["administrator"], "holder": _holder(world), "name": "Lid 3 (voorbeeld)", "title": "schepen",
    },
    actions.give_competence: _given,
    actions.change_competence: lambda world: _competence(
        world, version=None, holder=_holder(world, "Lid 4"), field=None, area=None, valid_from=FIRST, valid_until=None
    ),
    actions.end_competence: lambda world: _competence(
        world, last_day=timezone.localdate(), successor=_holder(world, "Lid 5")
    ),
    actions.pass_on_competences: lambda world: {
        "by": world.cast["administrator"], "holder": _competence(world)["competence"].holder,
        "last_day": timezone.localdate(), "successor": _holder(world, "Lid 6"), "why": "Nieuwe legislatuur",
    },
    competence.move_competences: _moved_competences,
    actions.close_account: lambda world: _colleague(
        world, why="Gaat met pensioen",
        to=dict.fromkeys(HELD, world.cast["secretary"]),
    ),
    actions.block_account: _colleague,
    actions.unblock_account: _blocked,
    closing.pass_on_roles: _passed_on,
    closing.pass_on_mandates: _passed_on,
    closing.pass_on_standing_in: _passed_on,
    actions.note_absence: _away,
    actions.change_absence: lambda world: _absence(world, last=timezone.localdate()),
    actions.end_absence: _absence,
    actions.set_working_week: lambda world: {
        "by": world.cast["worker_here"], "user": world.cast["worker_here"], "weekdays": [1, 2, 4],
    },
    actions.make_calendar_address: lambda world: {"by": world.cast["resident"]},
    actions.drop_calendar_address: lambda world: {"by": world.cast["resident"]},
    moving.move_roles: lambda world: _moved(world),
    moving.move_invitations: lambda world: _moved(world),
    actions.give_role: lambda world: {
        "by": world.cast["administrator"], "user": world.cast["neighbour"], "role": Role.AREA_WORKER,
        "municipality": world.land.municipality, "area": world.land["dalen"], "valid_from": FIRST, "why": "Nieuw",
    },
    actions.end_role: _replaced,
    actions.replace_role: lambda world: _role(
        world, user=world.cast["neighbour"], valid_from=FIRST, valid_until=timezone.localdate()
    ),
    actions.invite: _invited,
    actions.resend_invitation: lambda world: {
        "by": world.cast["administrator"], "invitation": _invitation(world), "site": SITE,
    },
    actions.revoke_invitation: lambda world: {
        "by": world.cast["administrator"], "invitation": _invitation(world),
    },
    actions.accept_invitation: _accepted,
    providers.sync_roles: _synced,
    providers.record_verification: lambda world: {
        "user": world.cast["resident"], "municipality": world.land.municipality, "provider": "residents",
        "lives_here": True, "age_from": 16, "by": providers.speaking_for("residents"),
    },
    providers.disconnect: _disconnected,
    erase_person: _person,
    export_person: _person,
}  # fmt: skip
