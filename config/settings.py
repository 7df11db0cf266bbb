"""All settings, from the environment; the defaults suit the demo (`./run` sets what it needs)."""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

from config.geolibs import gdal_library, geos_library

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
# The demo speaks plain http on this machine; everything else is production and speaks https only.
PRODUCTION = not (DEBUG or DEMO or TESTING)
# A proxy in front says what the protocol is and who asks; it must replace what visitors say of themselves.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("Set SECRET_KEY: at least 50 random characters, kept secret.")
    SECRET_KEY = "only-for-the-demo-and-tests-never-in-production-0123456789"  # noqa: S105

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

GDAL_LIBRARY_PATH = gdal_library()
GEOS_LIBRARY_PATH = geos_library()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.admin",
    "django.contrib.sites",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "channels",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "leaflet",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "rest_framework_gis",
    "drf_spectacular",
    "rules",
    "core",
    "areas",
    "accounts",
    "workplaces",
    "plans",
    "councils",
    "portal",
]
if TESTING:
    INSTALLED_APPS.append("zeal")

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "core.middleware.OpenDataMiddleware",
    "core.away.AwayMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "core.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.PrivateByDefaultMiddleware",
    "core.middleware.RefusalMiddleware",
    "core.middleware.InvalidFormMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]
if TESTING:  # a query repeated for each row fails the test that runs it, request by request
    MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
    ZEAL_ALLOWLIST = [
        {"model": "sessions.*"},
        {"model": "account.*"},
    ]  # what Django and allauth ask twice is their own

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "areas.context.municipality",
                "core.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FORMS_URLFIELD_ASSUME_HTTPS = True  # www.example.org means https; Django 6 does so by itself

DATABASES = {"default": env.db("DATABASE_URL", default="postgis:///gebiedsplein")}
DATABASES["default"]["ENGINE"] = "django.contrib.gis.db.backends.postgis"
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
DATABASES["default"].setdefault("OPTIONS", {})
# Set by the web process (config/asgi.py): a request that takes longer is a fault of ours, not a reason to hold a connection.
if STATEMENT_TIMEOUT_MS := env.int("STATEMENT_TIMEOUT_MS", default=0):
    DATABASES["default"]["OPTIONS"]["options"] = (
        DATABASES["default"]["OPTIONS"].get("options", "") + f" -c statement_timeout={STATEMENT_TIMEOUT_MS}"
    ).strip()
if not TESTING:
    # How long somebody waits for a connection: a page (config/asgi.py) a second, a command longer. After two seconds without a
    # database the pool begins anew, instead of waiting longer each time.
    DATABASES["default"]["OPTIONS"].setdefault(
        "pool",
        {
            "min_size": 1,
            "max_size": 8,
            "timeout": env.int("CONNECT_WITHIN", default=10),
            "reconnect_timeout": 2,
        },
    )
    DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 2)
DATABASES["default"]["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    }
else:
    # Many: the usual 300 let anybody push the counters of the rate limits out.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    }
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend",
    }
}

# Dutch is the language of a Flemish or Dutch administration, whatever the browser prefers; English by choice.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", gettext_lazy("Dutch")), ("en", gettext_lazy("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
SITE_ID = 1

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
# Tests that run beside each other each have files of their own.
MEDIA_OF_TESTS = Path("media-of-tests") / os.environ.get("PYTEST_XDIST_WORKER", "main")
MEDIA_ROOT = env.path(
    "MEDIA_ROOT", default=str(BASE_DIR / ".local" / (MEDIA_OF_TESTS if TESTING else "media"))
)()
STORAGES = {
    "private": {"BACKEND": "core.files.PrivateStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "core.staticfiles.HashedStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
# In tests each client sets up the whole chain: looking through every file of the look each time was an eighth of their time.
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
MAX_BODY_BYTES = 64_000_000  # of a whole request; each kind of private file has its own, smaller bound

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "accounts.backends.PersonBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A code by mail instead of the password: a way in that wrong tries of others do not close.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # a mail takes its time
# What allauth counts by account alone, anybody can use up for its owner: accounts/guessing.py counts that instead. `login_failed`
# stays for the codes of the second factor, for which one has to know the password first.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip", "reset_password": "20/m/ip"}
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignUpForm",
    "request_login_code": "accounts.forms.CodeByMailForm",
    "reset_password": "accounts.forms.ResetByMailForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
STAFF_IDLE_SECONDS = 30 * 60

# Identity providers: OIDC_PROVIDERS names them, OIDC_<NAME>_… describes each (accounts/oidc/configuration.py).
OIDC = {} if TESTING else {name: value for name, value in os.environ.items() if name.startswith("OIDC_")}
SOCIALACCOUNT_ADAPTER = "accounts.oidc.adapter.ProviderAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

# Mails go into the queue; the worker hands them to the server of EMAIL_URL. The demo writes them in .local/mail.
EMAIL_CONFIG = env.email(
    "EMAIL_URL", default="dummymail://" if PRODUCTION else f"filemail:///{BASE_DIR / '.local' / 'mail'}"
)
vars().update(EMAIL_CONFIG)
# None in production without a server: the queue waits, and /readyz says so.
MAIL_DELIVERY_BACKEND = None if "Dummy" in EMAIL_CONFIG["EMAIL_BACKEND"] else EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "core.mail.QueueBackend"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Gebiedsplein <gebiedsplein@localhost>")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
DEVICE_COOKIE_NAME = "device"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    DEVICE_COOKIE_NAME = "__Host-device"
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

BASEMAP = env.str("BASEMAP", default="")
BASEMAP_HOSTS = {"grb": "https://geo.api.vlaanderen.be", "pdok": "https://service.pdok.nl"}
# Who outside is asked about an address that is not in our own table; nobody unless the municipality chooses one.
GEOCODER = env.str("GEOCODER", default="")
if GEOCODER not in ("", "flanders", "pdok", "auto"):
    raise ImproperlyConfigured("GEOCODER is flanders, pdok, auto (by the country) or empty (nobody).")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *([BASEMAP_HOSTS[BASEMAP]] if BASEMAP in BASEMAP_HOSTS else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "geolocation": ["self"],
}

# Reading changes nothing: it needs no name in the history, and a map layer should not ask who is there.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "core.rest.Schema",
    "EXCEPTION_HANDLER": "core.rest.answer_refusal",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min"},
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Gebiedsplein",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.rest.as_it_is",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AccessEnum": "workplaces.models.location.WorkLocation.Access",
        "PlanKindEnum": "plans.models.plan.Plan.Kind",
        "ActionKindEnum": "plans.models.action.Action.Kind",
        "AmountKindEnum": "plans.models.around.Amount.Kind",
        "CouncilKindEnum": "councils.models.council.Council.Kind",
        "CompositionVerdictEnum": ["met", "not_met", "unknown"],
        "AnswerVerdictEnum": "councils.models.answer.AnswerLine.Verdict",
    },
}

# What the scripts of other sites may read (core.middleware.OpenDataMiddleware); a person's own pages are never among it.
OPEN_DATA_PATHS = r"^/(kaartlagen|api|ogc|cijfers)(/|$)|^/(?!mijn/|raden/mijn/|account/|beheer/).*\.(csv|xlsx|ics|rss|jsonld)$"

# Leaflet itself comes from django-leaflet; our own module draws the map.
LEAFLET_CONFIG = {"RESET_VIEW": False, "TILES": []}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "core.logs.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "core.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "line"}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "urllib3": {"level": "WARNING"},  # it would tell which addresses are asked about
    },
}
