"""The ASGI application: pages over HTTP, live sessions over websockets (none yet)."""

import os
import warnings

import django
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only the web process: the worker and the commands may take their time.
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "5000")
os.environ.setdefault("CONNECT_WITHIN", "1")

# WhiteNoise hands static files to Django as ordinary iterators: small files, read once.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402  (only after the set-up above)

from accounts.oidc.configuration import providers  # noqa: E402
from core.asgi import BodyLimit, OneThreadHandler, ReadableOrigin, no_socket  # noqa: E402
from core.remembered import Remembered  # noqa: E402

providers()  # identity providers that are described wrong stop the process here, not the first person who signs in

sockets = [re_path("", no_socket)]  # type: ignore[arg-type]  # channels takes applications for views

application = ProtocolTypeRouter(
    {
        "http": Remembered(BodyLimit(OneThreadHandler(), settings.MAX_BODY_BYTES), "/kaartlagen/"),
        "websocket": ReadableOrigin(AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(sockets)))),
    }
)
