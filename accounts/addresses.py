"""E-mail addresses: one spelling of each, so that nobody is taken for somebody else.

What is the same letter differs between Python, PostgreSQL and mail servers: PostgreSQL makes an S of ſ and an I of ı, Python a k of
the Kelvin sign. So an address that we keep has ASCII characters only; it is kept in lower case, and compared exactly.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

PRINTABLE = re.compile(r"[!-~]+")


def validate_ascii(address: str) -> None:
    """Raise ValidationError unless every character of an address is a printable one of ASCII."""
    if not PRINTABLE.fullmatch(address):
        raise ValidationError(
            gettext_lazy(
                "Write the address without accents or special letters; a domain name that has them as xn--…."
            ),
            code="not_ascii",
        )


def spelled(address: str) -> str:
    """An address as it is kept and compared; raises ValidationError when it cannot be kept."""
    bare = address.strip()
    validate_ascii(bare)
    return bare.lower()
