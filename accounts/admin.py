"""Administration of people by the operators; roles are given and ended on the pages of the municipality, with their history."""

from allauth.account.decorators import secure_admin_login
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from accounts.models import AccessLog, Invitation, RoleAssignment, User
from core.changes import changes_of

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


# Providers come from the environment, tokens are not kept, and how somebody signs in is theirs.
admin.site.unregister([SocialApp, SocialToken, SocialAccount])


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by actions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Changed by actions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Deleted by actions."""
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Accounts can be closed here; passwords are nobody's business, and forgetting a person is more than deleting a row."""

    list_display = ("email", "name", "is_active", "is_staff", "is_demo", "last_login")
    list_filter = ("is_active", "is_staff", "is_demo")
    search_fields = ("email", "name")
    fields = (
        "uuid",
        "email",
        "name",
        "is_active",
        "is_staff",
        "is_superuser",
        "is_demo",
        "joined_at",
        "last_login",
    )
    readonly_fields = ("uuid", "email", "is_demo", "joined_at", "last_login")
    ordering = ("email",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up or are invited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """People are erased (`erase_person`), so that nothing of them stays behind."""
        return False


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ReadOnly):
    """Roles and how they came about."""

    list_display = ("user", "role", "municipality", "area", "valid_from", "valid_until")
    list_filter = ("municipality", "role")
    search_fields = ("user__email", "user__name")
    list_select_related = ("user", "municipality", "area")
    fields = (
        "user", "role", "municipality", "area", "valid_from", "valid_until", "replaces", "what_happened",
    )  # fmt: skip
    readonly_fields = ("what_happened",)

    @admin.display(description=gettext_lazy("history"))
    def what_happened(self, obj: RoleAssignment) -> SafeString:
        """The last changes, with who and why."""
        rows = [
            (
                date_format(localtime(one.moment), "SHORT_DATETIME_FORMAT"),
                one.who,
                one.why,
                one.note,
                "; ".join(one.lines),
            )
            for one in changes_of(obj, limit=100)
        ]
        return format_html_join("", "<p>{} · {}: {} · {} · {}</p>", rows)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    """Invitations; never their links."""

    list_display = (
        "email",
        "role",
        "municipality",
        "area",
        "created_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
    )
    list_filter = ("municipality", "role")
    list_select_related = ("municipality", "area")
    exclude = ("token_hash",)


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnly):
    """Who handled whose data."""

    list_display = ("moment", "act", "actor", "subject_uuid")
    list_filter = ("act",)
    list_select_related = ("actor",)
