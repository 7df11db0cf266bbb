"""What is known about a person: handing it out, erasing it, not keeping it too long."""

from accounts.privacy.erase import erase_person, erasure_role
from accounts.privacy.export import export_person
from accounts.privacy.retain import apply_retention

__all__ = ["apply_retention", "erase_person", "erasure_role", "export_person"]
