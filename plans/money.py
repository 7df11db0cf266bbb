"""Amounts in euro as people in Flanders write them: 1.234,50, 1 234,50, € 1.234 and (1.234) for what is negative."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = Decimal(10) ** 12  # euro; twelve digits before the comma are kept
BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f'’"), " ")
BELGIAN = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:,\d{1,2}|,-)?", re.ASCII)
BY_MACHINE = re.compile(r"\d+\.\d{1,2}", re.ASCII)  # one or two digits behind a point group no thousands
MARKS = re.compile(r"€|\beuro?\b")


def euro_in(text: str) -> Decimal:
    """The amount; raises ValidationError that says how one is written."""
    bare = " ".join(MARKS.sub(" ", text.translate(BLANKS).lower().replace("\u2212", "-")).split())
    is_negative = False
    if bare.startswith("(") and bare.endswith(")"):
        bare, is_negative = bare[1:-1].strip(), True
    elif bare.startswith("-") or (bare.endswith("-") and not bare.endswith(",-")):
        bare, is_negative = bare.strip("- "), True
    if BELGIAN.fullmatch(bare):
        amount = Decimal(bare.replace(" ", "").replace(".", "").removesuffix(",-").replace(",", "."))
    elif BY_MACHINE.fullmatch(bare):
        amount = Decimal(bare)
    else:
        raise ValidationError(
            _(
                "“%(text)s” is no amount. Write it as 1.234,50, and what is negative as -1.234,50 or (1.234,50)."
            )
            % {"text": text[:40]},
            code="invalid",
        )
    if amount >= LARGEST:
        raise ValidationError(_("“%(text)s” is too large an amount.") % {"text": text[:40]}, code="too_large")
    return (-amount if is_negative else amount).quantize(Decimal("0.01"))


def grouped(amount: Decimal) -> str:
    """The amount as it is written here, without its mark: 1.234,50, and 1.234 of whole euro."""
    whole, cents = f"{amount:,.2f}".split(".")
    return whole.replace(",", ".") + ("" if cents == "00" else f",{cents}")


def euro_text(amount: Decimal) -> str:
    """The amount as people read it: € 1.234,50."""
    return f"€\u00a0{grouped(amount)}"
