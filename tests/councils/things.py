"""Councils of every sort of place, and what else permissions of councils are about."""

from collections.abc import Iterable

from accounts.models import User
from areas.models import Area, Municipality
from tests.councils.advised import make_answer, make_competent, make_draft, make_given
from tests.councils.made import make_council, make_item, make_meeting, make_member
from tests.councils.verbs_evaluation import evaluation_of


def things(municipality: Municipality, areas: Iterable[Area | None], person: User) -> None:
    """A council in every area and in none; a person writes for one, chairs one, sits in one and sat in another."""
    offices = ["secretary", "chair", ""]
    for number, area in enumerate(areas):
        council = make_council(municipality, *([area] if area else []))
        make_member(council)
        make_item(make_meeting(council))
        evaluation_of(council)
        if number < len(offices):
            make_member(council, user=person, office=offices[number])
        else:
            make_member(council, user=person, last_on="2025-06-30")
    make_competent(municipality, person)
    make_draft(council)
    make_answer(make_given(council))
