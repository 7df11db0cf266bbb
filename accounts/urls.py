"""Addresses that are of people: roles, invitations, my data."""

from django.urls import path

from accounts.views import (
    absences,
    calendars,
    closing,
    competence,
    consents,
    invitations,
    mine,
    roles,
    waiting,
)
from core.limits import limited

app_name = "accounts"
urlpatterns = [
    path("account/rollen/", roles.role_list, name="roles"),
    path("account/rollen/geven/", roles.role_give, name="give_role"),
    path("account/rollen/<uuid:uuid>/beeindigen/", roles.role_end, name="end_role"),
    path("account/rollen/<uuid:uuid>/vervangen/", roles.role_replace, name="replace_role"),
    path("account/uitnodigen/", invitations.invitation_send, name="invite"),
    path("account/uitnodigen/<uuid:uuid>/opnieuw/", invitations.invitation_resend, name="resend_invitation"),
    path(
        "account/uitnodigen/<uuid:uuid>/intrekken/", invitations.invitation_revoke, name="revoke_invitation"
    ),
    path("account/uitnodiging/<str:token>/", invitations.invitation_accept, name="accept_invitation"),
    path("account/afwezig/", absences.away, name="away"),
    path("account/afwezig/nieuw/", absences.note, name="note_absence"),
    path("account/afwezig/<uuid:uuid>/", absences.change, name="change_absence"),
    path("account/afwezig/<uuid:uuid>/einde/", absences.end, name="end_absence"),
    path("account/werkdagen/", absences.week, name="working_week"),
    path("account/afwezigen/", absences.everybody, name="absences"),
    path("account/afwezigen/nieuw/", absences.note_for, name="note_absence_of"),
    path("account/eerst-vragen/", consents.keepers, name="keepers"),
    path("account/eerst-vragen/<uuid:uuid>/", consents.consent, name="consent"),
    path("account/eerst-vragen/<uuid:uuid>/intrekken/", consents.withdraw, name="withdraw_consent"),
    path("account/collega/<uuid:uuid>/", closing.colleague, name="colleague"),
    path("account/collega/<uuid:uuid>/blokkeren/", closing.block, name="block_account"),
    path("account/collega/<uuid:uuid>/heropenen/", closing.unblock, name="unblock_account"),
    path("bevoegd/", competence.public, name="competent"),
    path("account/bevoegdheden/", competence.competence_list, name="competences"),
    path("account/bevoegdheden/geven/", competence.competence_give, name="give_competence"),
    path("account/bevoegdheden/<uuid:uuid>/", competence.competence_change, name="change_competence"),
    path("account/bevoegdheden/<uuid:uuid>/beeindigen/", competence.competence_end, name="end_competence"),
    path("account/mandaten/", competence.holder_list, name="mandates"),
    path("account/mandaten/nieuw/", competence.holder_add, name="add_holder"),
    path("account/mandaten/<uuid:uuid>/", competence.holder_change, name="change_holder"),
    path("account/mandaten/<uuid:uuid>/doorgeven/", competence.holder_pass_on, name="pass_on_competences"),
    path("account/beleidsvelden/nieuw/", competence.field_add, name="add_field"),
    path("account/beleidsvelden/<slug:slug>/", competence.field_rename, name="rename_field"),
    path("mijn/", waiting.waiting, name="waiting"),
    path("mijn/gegevens/", mine.mine, name="mine"),
    path("mijn/downloaden/", limited("export", per_minute=3)(mine.download), name="download"),
    path("mijn/agenda/", limited("calendar", per_minute=10)(calendars.make), name="make_calendar"),
    path("mijn/agenda/weg/", calendars.drop, name="drop_calendar"),
    path(
        "mijn/agenda/<str:token>.ics",
        limited("feeds", per_minute=60)(calendars.own_calendar),
        name="own_calendar",
    ),
    path("mijn/verwijderen/", mine.erase, name="erase"),
]
