"""Which identity providers there are, from the environment: `OIDC_PROVIDERS=staff,residents` and `OIDC_STAFF_URL`, … for each.

What is wrong is collected and said at once: `manage.py check` lists it, and the web process does not start.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.oidc.claims import ClaimsMap, read_map
from accounts.oidc.reading import Faults

NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
SETTINGS = (
    "URL", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "LABEL", "KIND", "MUNICIPALITY", "SCOPES", "ACR",
    "CLAIMS", "CLAIMS_FILE",
)  # fmt: skip
NEEDED = ("URL", "CLIENT_ID", "LABEL", "KIND", "MUNICIPALITY")
LOCAL = ("localhost", "127.0.0.1", "::1")


class Kind(Enum):
    """For whom a provider is: only that of the staff gives roles, only that of residents says who lives where."""

    STAFF = "staff"
    RESIDENTS = "residents"


@dataclass(frozen=True)
class IdentityProvider:
    """One way to sign in elsewhere; `name` is in the addresses and in the database, `label` on the button."""

    name: str
    label: str
    kind: Kind
    municipality: str
    url: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...]
    acr: tuple[str, ...]
    claims: ClaimsMap


def providers() -> Mapping[str, IdentityProvider]:
    """Every provider by its name; raises ImproperlyConfigured when something is wrong."""
    found, faults = read(settings.OIDC)
    if faults:
        raise ImproperlyConfigured("; ".join(faults))
    return found


def read(environment: Mapping[str, str]) -> tuple[Mapping[str, IdentityProvider], tuple[str, ...]]:
    """The providers that the environment describes, and what is wrong with the description."""
    return _read(tuple(sorted(environment.items())))


def is_safe_address(url: str) -> bool:
    """Whether we may talk to an address: https, and plain http to this machine while developing and testing."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname) and parts.username is None
    return parts.scheme == "http" and parts.hostname in LOCAL and not settings.PRODUCTION


@lru_cache(maxsize=4)
def _read(items: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, IdentityProvider], tuple[str, ...]]:
    environment = {key: value.strip() for key, value in items if value.strip()}
    names = [name.strip() for name in environment.pop("OIDC_PROVIDERS", "").split(",") if name.strip()]
    environment.pop("OIDC_SUBJECT_KEY", None)
    faults = [
        f"OIDC_PROVIDERS: “{name}” is no name (small letters, digits, -)"
        for name in names
        if not NAME.fullmatch(name)
    ]
    faults += [
        f"OIDC_PROVIDERS: “{name}” is named twice" for name in {n for n in names if names.count(n) > 1}
    ]
    known = {f"{_prefix(name)}{setting}" for name in names for setting in SETTINGS}
    faults += [f"{key} belongs to no provider of OIDC_PROVIDERS" for key in environment if key not in known]
    found = {name: _provider(name, environment, faults) for name in names if NAME.fullmatch(name)}
    return {name: one for name, one in found.items() if one is not None}, tuple(faults)


def _prefix(name: str) -> str:
    return f"OIDC_{name.upper().replace('-', '_')}_"


def _provider(name: str, environment: Mapping[str, str], faults: list[str]) -> IdentityProvider | None:
    prefix = _prefix(name)
    given = {key.removeprefix(prefix): value for key, value in environment.items() if key.startswith(prefix)}
    before = len(faults)
    faults += [f"{prefix}{setting} is missing" for setting in NEEDED if setting not in given]
    kind = given.get("KIND", "")
    if kind and kind not in {each.value for each in Kind}:
        faults.append(f"{prefix}KIND is “{kind}”: say staff or residents")
    if "URL" in given and not is_safe_address(given["URL"]):
        faults.append(f"{prefix}URL needs https")
    scopes = tuple(given.get("SCOPES", "openid profile email").split())
    if "openid" not in scopes:
        faults.append(f"{prefix}SCOPES lacks openid")
    secret = _secret(prefix, given, faults)
    claims = read_map(
        _table(prefix, given, faults), Faults(f"{prefix}CLAIMS", faults), is_staff=kind == "staff"
    )
    if len(faults) > before:
        return None
    return IdentityProvider(
        name=name, label=given["LABEL"], kind=Kind(kind), municipality=given["MUNICIPALITY"],
        url=given["URL"].removesuffix("/.well-known/openid-configuration").rstrip("/"),
        client_id=given["CLIENT_ID"], client_secret=secret, scopes=scopes,
        acr=tuple(given.get("ACR", "").split()), claims=claims,
    )  # fmt: skip


def _secret(prefix: str, given: Mapping[str, str], faults: list[str]) -> str:
    if ("CLIENT_SECRET" in given) == ("CLIENT_SECRET_FILE" in given):
        faults.append(f"Give either {prefix}CLIENT_SECRET or {prefix}CLIENT_SECRET_FILE")
        return ""
    if "CLIENT_SECRET" in given:
        return given["CLIENT_SECRET"]
    return _text(prefix + "CLIENT_SECRET_FILE", given["CLIENT_SECRET_FILE"], faults).strip()


def _table(prefix: str, given: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    """What to read from the claims: JSON in the environment, or a TOML file."""
    if "CLAIMS" in given and "CLAIMS_FILE" in given:
        faults.append(f"Give {prefix}CLAIMS or {prefix}CLAIMS_FILE, not both")
        return {}
    try:
        if "CLAIMS_FILE" in given:
            return tomllib.loads(_text(prefix + "CLAIMS_FILE", given["CLAIMS_FILE"], faults))
        table = json.loads(given.get("CLAIMS", "{}"))
    except ValueError as error:
        faults.append(f"{prefix}CLAIMS cannot be read: {error}")
        return {}
    if not isinstance(table, dict):
        faults.append(f"{prefix}CLAIMS is no table")
        return {}
    return table


def _text(setting: str, path: str, faults: list[str]) -> str:
    try:
        return Path(path).read_text()
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{setting}: {error}")
        return ""
