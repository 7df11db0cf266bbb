"""The people of the demo, by role only, and what they sign in with.

Passwords and second-factor secrets follow from the secret key of the installation: fixed, yet not the same in every demo.
"""

import base64
import time
from dataclasses import dataclass

from allauth.mfa import app_settings as mfa
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils.crypto import salted_hmac

from accounts.models import RoleAssignment

Role = RoleAssignment.Role
DOMAIN = "hoogstraten.example"


@dataclass(frozen=True)
class DemoPerson:
    """An account of the demo; `area` is the code of the area of the role, none for the whole municipality."""

    name: str
    mailbox: str
    role: Role | None = None
    area: str | None = None

    @property
    def email(self) -> str:
        """The address, on a domain that cannot exist."""
        return f"{self.mailbox}@{DOMAIN}"

    @property
    def password(self) -> str:
        """The password in this installation."""
        return base64.b32encode(self._derive("password"))[:12].decode().lower()

    @property
    def totp_secret(self) -> str:
        """The secret of the authenticator in this installation."""
        return base64.b32encode(self._derive("totp")).decode()

    @property
    def code(self) -> str:
        """The second-factor code of this moment; nothing for who needs none."""
        if self.role is None:
            return ""
        counter = int(time.time()) // mfa.TOTP_PERIOD
        return str(format_hotp_value(hotp_value(self.totp_secret, counter)))

    def _derive(self, purpose: str) -> bytes:
        return salted_hmac(f"gebiedsplein.demo.{purpose}", self.email, algorithm="sha256").digest()[:20]


PEOPLE = (
    DemoPerson("Inwoner Meerle", "inwoner"),
    DemoPerson("Inwoner Wortel", "buur"),
    DemoPerson("Lid dorpsraad Meerle", "raadslid"),
    DemoPerson("Secretaris dorpsraad Meerle", "secretaris", Role.COUNCIL_SECRETARY, "13014W03"),
    DemoPerson("Gebiedswerker Meerle", "gebiedswerker.meerle", Role.AREA_WORKER, "13014W03"),
    DemoPerson("Gebiedswerker Wortel", "gebiedswerker.wortel", Role.AREA_WORKER, "13014W06"),
    DemoPerson("Collega 1 (voorbeeld), openbaar domein", "medewerker.domein", Role.COLLEAGUE),
    DemoPerson("Moderator", "moderator", Role.MODERATOR),
    DemoPerson("Schepen", "schepen", Role.ALDERMAN),
    DemoPerson("Gegevensbeheerder", "gegevensbeheerder", Role.DATA_STEWARD),
    DemoPerson("Beheerder", "beheerder", Role.ADMINISTRATOR),
)


def seconds_left() -> int:
    """How long the codes of this moment still count as new."""
    return int(mfa.TOTP_PERIOD - time.time() % mfa.TOTP_PERIOD)
