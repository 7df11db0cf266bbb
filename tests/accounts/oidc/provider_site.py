"""An identity provider to test with: allauth's own, as a site of its own in a process of its own, on SQLite.

    python -m tests.accounts.oidc.provider_site FOLDER PORT

FOLDER/clients.json says who may ask; FOLDER/people.json, read for every token, who can sign in and what it says of each:
{"ann@…": {"password": "…", "claims": {…}, "id_token": {…}, "forged": false}}; `id_token` is for the token only.
"""

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django
from django.conf import settings

FOLDER = Path(sys.argv[1])
PORT = int(sys.argv[2])


def new_key() -> str:
    """A private key for signing, as PEM."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    return (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


settings.configure(
    SECRET_KEY="of the provider of the tests",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="tests.accounts.oidc.provider_site",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.idp.oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "provider.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
            },  # two windows at once wait for each other
        }
    },
    MIGRATION_MODULES=dict.fromkeys(("auth", "contenttypes", "sessions", "account", "allauth_idp_oidc")),
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    SESSION_COOKIE_NAME="provider_session",  # cookies know no ports: our site is on this host too
    CSRF_COOKIE_NAME="provider_csrf",
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    LOGIN_URL="account_login",
    ACCOUNT_EMAIL_VERIFICATION="none",
    ACCOUNT_RATE_LIMITS=False,
    IDP_OIDC_ADAPTER="tests.accounts.oidc.provider_site.SaysWhatItIsTold",
    IDP_OIDC_PRIVATE_KEY=new_key(),
    USE_TZ=True,
)
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402  (only after the set-up above)
from allauth.idp.oidc.adapter import DefaultOIDCAdapter  # noqa: E402
from allauth.idp.oidc.models import Client, PrivateKey  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import include, path  # noqa: E402

urlpatterns = [path("", include("allauth.urls")), path("", include("allauth.idp.urls"))]
OTHER_KEY = PrivateKey(pem=new_key())


class SaysWhatItIsTold(DefaultOIDCAdapter):  # type: ignore[misc]
    """Claims from a file."""

    def get_claims(
        self,
        purpose: str,
        user: Any,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """The same in the token and in userinfo."""
        return {"sub": self.get_user_sub(client, user), **people()[user.username].get("claims", {})}

    def populate_id_token(
        self, id_token: dict[str, Any], client: Client, scopes: Iterable[str], **kwargs: Any
    ) -> None:
        """What stands in the token only."""
        told = next(
            one
            for name, one in people().items()
            if id_token["sub"] in (key_of(name), one["claims"].get("sub"))
        )
        id_token.update({"auth_time": int(time.time()), **told.get("id_token", {})})

    def get_signing_key(self) -> PrivateKey:
        """Its own key, or one that it does not publish."""
        forged = any(one.get("forged") for one in people().values())
        return OTHER_KEY if forged else super().get_signing_key()


def key_of(name: str) -> str:
    """How the provider itself numbers a person."""
    return str(User.objects.get(username=name).pk)


def people() -> dict[str, dict[str, Any]]:
    """Who can sign in, as the file says at this moment."""
    told: dict[str, dict[str, Any]] = json.loads((FOLDER / "people.json").read_text())
    return told


def prepare() -> None:
    """Make the tables, the people and the clients."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    for name, one in people().items():
        user = User.objects.create_user(name, name, one["password"])
        EmailAddress.objects.create(user=user, email=name, verified=True, primary=True)
    for client_id, given in json.loads((FOLDER / "clients.json").read_text()).items():
        client = Client(id=client_id, name=client_id, skip_consent=True)
        client.set_secret(given["secret"])
        client.set_scopes(["openid", "profile", "email"])
        client.set_redirect_uris(given["redirects"])
        client.data = {"client_metadata": {"post_logout_redirect_uris": given["after"]}}
        client.save()


if __name__ == "__main__":
    import uvicorn

    sys.modules["tests.accounts.oidc.provider_site"] = sys.modules["__main__"]
    prepare()
    uvicorn.run(get_asgi_application(), host="127.0.0.1", port=PORT, log_level="warning", lifespan="off")
