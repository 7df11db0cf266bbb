"""The doors of people and roles."""

import datetime as dt

from django.utils import timezone

from accounts.actions import (
    add_policy_field,
    give_competence,
    invite,
    make_calendar_address,
    name_holder,
    note_absence,
)
from accounts.models import Absence, Competence, Consent, MandateHolder, PolicyField, RoleAssignment, User
from tests.accounts import asking  # noqa: F401 (registers what is asked)
from tests.conftest import Land
from tests.doors import ADMINISTRATOR, EVERYONE, NOBODY, PEOPLE, SHUT, STAFF, Door, World

DOORS: dict[str, list[Door]] = {
    "account/eerst-vragen/": [Door("/account/eerst-vragen/", ADMINISTRATOR)],
    "account/eerst-vragen/<uuid:uuid>/": [
        Door("/account/eerst-vragen/{consent}/", frozenset({"worker_here", "administrator"}))
    ],
    "account/eerst-vragen/<uuid:uuid>/intrekken/": [
        Door("/account/eerst-vragen/{consent}/intrekken/", frozenset({"worker_here"}), "post")
    ],
    "api/v1/bevoegdheden/": [Door("/api/v1/bevoegdheden/", EVERYONE)],
    "api/v1/bevoegdheden/<uuid:uuid>/": [Door("/api/v1/bevoegdheden/{competence}/", EVERYONE)],
    # One query a source of what waits.
    "mijn/": [Door("/mijn/", PEOPLE, personal=True, more_for_staff=11)],
    "mijn/gegevens/": [Door("/mijn/gegevens/", PEOPLE, personal=True)],
    "mijn/agenda/": [Door("/mijn/agenda/", PEOPLE, "post", personal=True)],
    "mijn/agenda/weg/": [Door("/mijn/agenda/weg/", PEOPLE, "post", personal=True)],
    # The address is the key: whoever has it, may read.
    "mijn/agenda/<str:token>.ics": [
        Door("/mijn/agenda/{calendar}.ics", EVERYONE),
        Door("/mijn/agenda/geraden.ics", NOBODY, visitor=SHUT),
    ],
    "mijn/downloaden/": [Door("/mijn/downloaden/", PEOPLE, "post", personal=True)],
    "mijn/verwijderen/": [Door("/mijn/verwijderen/", PEOPLE, personal=True)],
    # No provider is configured: the doors of signing in elsewhere are closed (tests/accounts/oidc opens them).
    "account/aanmelden/<slug:provider_id>/": [
        Door("/account/aanmelden/staff/", NOBODY, "post", visitor=SHUT)
    ],
    "account/aanmelden/<slug:provider_id>/terug/": [
        Door("/account/aanmelden/staff/terug/", NOBODY, visitor=SHUT)
    ],
    "account/afgemeld/<slug:provider_id>/": [Door("/account/afgemeld/staff/", NOBODY, visitor=SHUT)],
    "account/koppelen/": [Door("/account/koppelen/", EVERYONE)],
    "account/koppelingen/": [Door("/account/koppelingen/", NOBODY)],
    "account/rollen/": [Door("/account/rollen/", ADMINISTRATOR)],
    "account/rollen/geven/": [Door("/account/rollen/geven/", ADMINISTRATOR)],
    "account/rollen/<uuid:uuid>/beeindigen/": [Door("/account/rollen/{role}/beeindigen/", ADMINISTRATOR)],
    "account/rollen/<uuid:uuid>/vervangen/": [Door("/account/rollen/{role}/vervangen/", ADMINISTRATOR)],
    "account/afwezig/": [Door("/account/afwezig/", STAFF)],
    "account/afwezig/nieuw/": [Door("/account/afwezig/nieuw/", STAFF)],
    "account/afwezig/<uuid:uuid>/": [
        Door("/account/afwezig/{absence}/", frozenset({"worker_here", "administrator"}))
    ],
    "account/afwezig/<uuid:uuid>/einde/": [
        Door("/account/afwezig/{absence}/einde/", frozenset({"worker_here", "administrator"}), "post")
    ],
    "account/werkdagen/": [Door("/account/werkdagen/", STAFF)],
    "account/afwezigen/": [Door("/account/afwezigen/", ADMINISTRATOR)],
    "account/afwezigen/nieuw/": [Door("/account/afwezigen/nieuw/", ADMINISTRATOR)],
    "bevoegd/": [Door("/bevoegd/", EVERYONE)],
    "account/bevoegdheden/": [Door("/account/bevoegdheden/", ADMINISTRATOR)],
    "account/bevoegdheden/geven/": [Door("/account/bevoegdheden/geven/", ADMINISTRATOR)],
    "account/bevoegdheden/<uuid:uuid>/": [Door("/account/bevoegdheden/{competence}/", ADMINISTRATOR)],
    "account/bevoegdheden/<uuid:uuid>/beeindigen/": [
        Door("/account/bevoegdheden/{competence}/beeindigen/", ADMINISTRATOR)
    ],
    "account/mandaten/": [Door("/account/mandaten/", ADMINISTRATOR)],
    "account/mandaten/nieuw/": [Door("/account/mandaten/nieuw/", ADMINISTRATOR)],
    "account/mandaten/<uuid:uuid>/": [Door("/account/mandaten/{holder}/", ADMINISTRATOR)],
    "account/mandaten/<uuid:uuid>/doorgeven/": [Door("/account/mandaten/{holder}/doorgeven/", ADMINISTRATOR)],
    "account/beleidsvelden/nieuw/": [Door("/account/beleidsvelden/nieuw/", ADMINISTRATOR)],
    "account/beleidsvelden/<slug:slug>/": [Door("/account/beleidsvelden/{field}/", ADMINISTRATOR)],
    "account/collega/<uuid:uuid>/": [Door("/account/collega/{colleague}/", ADMINISTRATOR)],
    "account/collega/<uuid:uuid>/blokkeren/": [
        Door("/account/collega/{colleague}/blokkeren/", ADMINISTRATOR, "post")
    ],
    "account/collega/<uuid:uuid>/heropenen/": [
        Door("/account/collega/{colleague}/heropenen/", ADMINISTRATOR, "post")
    ],
    "account/uitnodigen/": [Door("/account/uitnodigen/", ADMINISTRATOR)],
    "account/uitnodigen/<uuid:uuid>/opnieuw/": [
        Door("/account/uitnodigen/{invitation}/opnieuw/", ADMINISTRATOR, "post")
    ],
    "account/uitnodigen/<uuid:uuid>/intrekken/": [
        Door("/account/uitnodigen/{invitation}/intrekken/", ADMINISTRATOR, "post")
    ],
    "account/uitnodiging/<str:token>/": [Door("{invitation_link}", EVERYONE)],
}

SCREENS = {
    "public": (
        "/account/login/",
        "/account/login/code/",
        "/account/signup/",
        "/account/password/reset/",
        "/bevoegd/",
    ),
    "staff": (
        "/mijn/",
        "/mijn/gegevens/",
        "/mijn/verwijderen/",
        "/account/rollen/",
        "/account/rollen/geven/",
        "/account/eerst-vragen/",
        "/account/afwezig/",
        "/account/afwezig/nieuw/",
        "/account/werkdagen/",
        "/account/afwezigen/",
        "/account/afwezigen/nieuw/",
        "/account/bevoegdheden/",
        "/account/bevoegdheden/geven/",
        "/account/mandaten/",
        "/account/mandaten/nieuw/",
        "/account/uitnodigen/",
        "/account/2fa/",
    ),
}
# The pages of allauth guard themselves: those that anyone may see, and those of a person who signed in.
ALLAUTH_OPEN = {
    "account/login/", "account/logout/", "account/inactive/", "account/signup/", "account/confirm-email/",
    "account/confirm-email/(?P<key>[-:\\w]+)/", "account/password/reset/", "account/password/reset/done/",
    "account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/", "account/password/reset/key/done/",
    "account/login/code/", "account/login/code/confirm/", "account/2fa/authenticate/",
}  # fmt: skip
ALLAUTH_SIGNED_IN = {
    "account/reauthenticate/", "account/email/", "account/password/change/", "account/password/set/", "account/2fa/",
    "account/2fa/reauthenticate/", "account/2fa/totp/activate/", "account/2fa/totp/deactivate/",
    "account/2fa/recovery-codes/", "account/2fa/recovery-codes/generate/", "account/2fa/recovery-codes/download/",
}  # fmt: skip


def world(made: World) -> None:
    """The role of a worker, an invitation that waits, and the address of a calendar."""
    municipality = made.land.municipality
    made.names["role"] = str(RoleAssignment.objects.get(user=made.cast["worker_here"]).uuid)
    invitation = invite(
        by=made.cast["administrator"], municipality=municipality, email=f"nieuw@{municipality.slug}.example",
        role=RoleAssignment.Role.MODERATOR, valid_from=dt.date(2026, 1, 1), why="proef", site="http://testserver",
    )  # fmt: skip
    made.names["calendar"] = make_calendar_address(by=made.cast["neighbour"])
    made.names["invitation"] = str(invitation.uuid)
    coming = timezone.localdate() + dt.timedelta(days=20)
    absence = note_absence(
        by=made.cast["administrator"], user=made.cast["worker_here"], municipality=municipality,
        first=coming, last=coming, deputy=made.cast["worker_elsewhere"],
    )  # fmt: skip
    made.names["absence"] = str(absence.uuid)
    by = made.cast["administrator"]
    field = add_policy_field(by=by, municipality=municipality, name=made.named("Mobiliteit"))
    holder = name_holder(by=by, municipality=municipality, name=made.named("Lid 1"), title="schepen")
    competence, *_more = give_competence(
        by=by,
        municipality=municipality,
        holder=holder,
        fields=[field],
        valid_from=dt.date(2025, 1, 1),
        why="proef",
    )
    made.names |= {"field": field.slug, "holder": str(holder.uuid), "competence": str(competence.uuid)}
    made.names["colleague"] = str(made.cast["worker_here"].uuid)
    made.names["invitation_link"] = invitation.link.removeprefix("http://testserver")
    asked = Consent.objects.create(
        municipality=municipality, period_kind="budget_freeze", period_name=made.named("Budgetstop"), kind="tests.area",
        period_last=dt.date(2199, 12, 31), subject=made.land["bergen"].uuid, title=made.named("Bergen heet voortaan Berg"),
        payload={"name": made.named("Berg")}, why="proef", asked_by=made.cast["worker_here"],
    )  # fmt: skip
    made.names["consent"] = str(asked.uuid)


def rows(land: Land, numbers: range) -> None:
    """People with a role, who are away; policy fields, each with who is competent."""
    people = User.objects.bulk_create(
        User(email=f"p{n}@proefdorp.example", name=f"Inwoner {n}") for n in numbers
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=person, role="moderator", municipality=land.municipality, valid_from="2025-01-01")
        for person in people
    )
    today = timezone.localdate()
    Absence.objects.bulk_create(
        Absence(user=person, municipality=land.municipality, first=today, last=today) for person in people
    )
    fields = PolicyField.objects.bulk_create(
        PolicyField(municipality=land.municipality, slug=f"veld-{n}", name=f"Veld {n}") for n in numbers
    )
    holders = MandateHolder.objects.bulk_create(
        MandateHolder(municipality=land.municipality, name=f"Mandataris {n}") for n in numbers
    )
    Competence.objects.bulk_create(
        Competence(municipality=land.municipality, holder=holder, field=field, valid_from="2025-01-01")
        for holder, field in zip(holders, fields, strict=True)
    )
