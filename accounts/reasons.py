"""Why roles and invitations were changed; what an administrator typed about it is the note."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(Reason(name="accounts.role_given", words=gettext_lazy("role given")))
reasons.register(Reason(name="accounts.role_ended", words=gettext_lazy("role ended")))
reasons.register(Reason(name="accounts.replacement_named", words=gettext_lazy("replacement named")))
reasons.register(
    Reason(
        name="accounts.provider_roles",
        words=gettext_lazy("as the identity provider says"),
        was=("identity provider *",),
    )
)
reasons.register(
    Reason(name="accounts.invited", words=gettext_lazy("invited"), was=("create_administrator",))
)
reasons.register(
    Reason(
        name="accounts.invitation_sent_again",
        words=gettext_lazy("invitation sent again"),
        was=("sent again",),
    )
)
reasons.register(
    Reason(name="accounts.invitation_revoked", words=gettext_lazy("invitation revoked"), was=("revoked",))
)
reasons.register(
    Reason(name="accounts.invitation_accepted", words=gettext_lazy("invitation accepted"), was=("accepted",))
)
reasons.register(
    Reason(name="accounts.forgotten", words=gettext_lazy("at the wish of the person to be forgotten"))
)
reasons.register(Reason(name="accounts.role_moved", words=gettext_lazy("went along to another area")))
reasons.register(Reason(name="accounts.absence_noted", words=gettext_lazy("away")))
reasons.register(Reason(name="accounts.absence_changed", words=gettext_lazy("absence changed")))
reasons.register(Reason(name="accounts.absence_ended", words=gettext_lazy("back")))
reasons.register(Reason(name="accounts.consent_asked", words=gettext_lazy("asked first")))
reasons.register(Reason(name="accounts.consent_given", words=gettext_lazy("agreed")))
reasons.register(Reason(name="accounts.consent_refused", words=gettext_lazy("not agreed")))
reasons.register(Reason(name="accounts.consent_withdrawn", words=gettext_lazy("asked no longer")))
reasons.register(Reason(name="accounts.keeper_named", words=gettext_lazy("named who is asked first")))
reasons.register(Reason(name="accounts.field_named", words=gettext_lazy("policy field named")))
reasons.register(Reason(name="accounts.holder_named", words=gettext_lazy("mandate holder named")))
reasons.register(Reason(name="accounts.competence_given", words=gettext_lazy("competent")))
reasons.register(Reason(name="accounts.competence_changed", words=gettext_lazy("competence put right")))
reasons.register(Reason(name="accounts.competence_ended", words=gettext_lazy("competence ended")))
reasons.register(
    Reason(name="accounts.competence_moved", words=gettext_lazy("competence went along to another area"))
)
reasons.register(Reason(name="accounts.handed_over", words=gettext_lazy("handed over")))
