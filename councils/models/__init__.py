"""Councils, who sits in them, and by which rules."""

from councils.models.council import Council, CouncilArea, CouncilQuerySet, RuleChoice
from councils.models.membership import Hindrance, Membership, Office
from councils.models.person import Person, PublicOffice
from councils.models.term import Seat, Term

__all__ = [
    "Council",
    "CouncilArea",
    "CouncilQuerySet",
    "Hindrance",
    "Membership",
    "Office",
    "Person",
    "PublicOffice",
    "RuleChoice",
    "Seat",
    "Term",
]
