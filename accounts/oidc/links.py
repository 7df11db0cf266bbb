"""Which accounts at providers belong to a person here."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.oidc.provider import Provider


def links_of(request: HttpRequest) -> QuerySet[SocialAccount]:
    """The accounts at providers that open the account of the person who asks."""
    links: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=request.user.pk).order_by(
        "date_joined"
    )
    return links


def provider_of(request: HttpRequest) -> Provider | None:
    """A provider of this site with which the person can sign in anew."""
    offered = {one.app.provider_id: one for one in get_adapter().list_providers(request)}
    for name in links_of(request).values_list("provider", flat=True):
        if name in offered:
            found: Provider = offered[name]
            return found
    return None
