"""How the members of a council are reached about a meeting: by mail, by letter, or not, because nothing is known."""

from dataclasses import dataclass, field

from councils.models import Meeting, Membership


@dataclass(frozen=True)
class Reach:
    """The members of the day of a meeting, each in one of three lists, by name."""

    by_mail: list[Membership] = field(default_factory=list)
    by_letter: list[Membership] = field(default_factory=list)
    unknown: list[Membership] = field(default_factory=list)


def reach_of(meeting: Meeting) -> Reach:
    """Who has a seat on the day of the meeting, and how each is reached; one query."""
    rows = Membership.objects.current(meeting.day).filter(council=meeting.council)
    reach = Reach()
    for one in rows.select_related("person__user").order_by("person__name", "pk"):
        if address_of(one):
            reach.by_mail.append(one)
        elif one.person.postal_address.strip():
            reach.by_letter.append(one)
        else:
            reach.unknown.append(one)
    return reach


def address_of(member: Membership) -> str:
    """Where mails for a member go: the address noted for the council, else that of the account."""
    return member.person.email or (member.person.user.email if member.person.user else "")
