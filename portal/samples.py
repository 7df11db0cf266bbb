"""What the style page shows in the blocks that pages fill from the database: made up, never saved."""

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter

from django import forms
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.current import municipality_of
from areas.ground import ground_of
from core.changes import Change
from core.drawing import ANYWHERE, DrawingField
from core.forms import DayField, Difference
from core.pages import ORDER, Tag
from core.text import StaffTextField
from core.waiting import Waiting, WaitingEntry, in_groups

TODAY = dt.date(2026, 11, 23)
HERE = "#waiting"


def waiting() -> Waiting:
    """Something late, something for today, something after that and something without a date."""
    entries = (
        WaitingEntry(title=_("Write news: the slow road behind the school"), url=HERE, kind="", area="Bergen",
                     detail=_("Sleeps in public until there is news."), due=dt.date(2026, 11, 4), is_example=True),
        WaitingEntry(title=_("Answer: a bench every 200 metres"), url=HERE, kind="", area="Dalen",
                     detail=_("Accept it, or ask for a change."), due=TODAY, is_example=True),
        WaitingEntry(title=_("Hand over your work"), url=HERE, kind="", detail=_("Your role ends on this day."),
                     due=dt.date(2026, 12, 15), is_example=True),
        WaitingEntry(title=_("Look at a finding: no opening hours"), url=HERE, kind="", area="Midden",
                     detail=_("Work location"), is_example=True),
    )  # fmt: skip
    return in_groups(entries, TODAY)


def nothing_waits() -> Waiting:
    """Nothing now, and what comes next."""
    entry = WaitingEntry(title=_("Hand over your work"), url=HERE, kind="", due=dt.date(2027, 2, 2))
    return in_groups([entry], TODAY)


@dataclass(frozen=True)
class ShownConflict:
    """What `partials/conflict.html` shows of somebody who was first."""

    words: str
    changes: tuple[Change, ...] = ()
    differences: tuple[Difference, ...] = ()
    is_gone: bool = False


def conflict() -> ShownConflict:
    """Somebody else saved another telephone number."""
    moment = dt.datetime(2026, 11, 23, 13, 14, tzinfo=dt.UTC)
    return ShownConflict(
        words=_("Somebody changed this in the meantime."),
        changes=(
            Change(
                moment=moment,
                who=_("Colleague 2"),
                why=_("Details corrected"),
                note="",
                lines=[_("Telephone: from 03 340 00 01 to 03 340 00 02")],
            ),
        ),
        differences=(Difference(_("Telephone"), "03 340 00 02", "03 340 00 03"),),
    )


def gone() -> ShownConflict:
    """Somebody else took it away."""
    return ShownConflict(words=_("This is no longer there."), is_gone=True)


def tags() -> list[Tag]:
    """Three filters that are on."""
    return [
        Tag(_("Area"), "Bergen", "#lists"),
        Tag(_("Word"), _("coffee"), "#lists"),
        Tag(_("Open now"), "", "#lists"),
    ]


class DayForm(forms.Form):
    """Three day fields: empty, filled in, and with what is not a day."""

    empty = DayField(label=gettext_lazy("First day"), required=False)
    filled = DayField(label=gettext_lazy("Last day"), quiet=True)
    wrong = DayField(label=gettext_lazy("Day of the meeting"))

    use_required_attribute = False


class StoryForm(forms.Form):
    """Text of staff, as it is typed."""

    story = StaffTextField(label=gettext_lazy("What are you going to do?"), level=3, rows=6)

    use_required_attribute = False


def story() -> str:
    """What was typed."""
    return _(
        "## What stays\n\nThe lime trees **stay**. So does the bench, says who sits on it:\n\n> Here I see everybody.\n\n"
        "## What changes\n\n- cars park behind the church\n- the street becomes *one way*\n\n"
        "Read more on [the map](/kaart/)."
    )


class DrawingForm(forms.Form):
    """Two drawings: one that may stay empty, and a polygon that crosses itself."""

    place = DrawingField(
        label=gettext_lazy("Where is it?"), required=False, nothing=gettext_lazy("In the whole area")
    )
    field = DrawingField(label=gettext_lazy("The field"), allow=("polygon",), most=12)


CROSSED = "51,4405 4,7290\n51,4465 4,7390\n51,4465 4,7290\n51,4405 4,7390"


def drawings(request: HttpRequest) -> DrawingForm:
    """Both, upon the municipality when there is one."""
    form = DrawingForm({"field_kind": "polygon", "field_text": CROSSED, "place_kind": ""})
    municipality = municipality_of(request)
    for name in ("place", "field"):
        form.fields[name].ground = ground_of(municipality) if municipality else ANYWHERE  # type: ignore[attr-defined]
    return form


@dataclass(frozen=True)
class ShownFile:
    """A file of a thing, as `core/partials/attachments.html` shows it."""

    title: str
    sort: str
    size: int
    is_public: bool = True
    is_picture: bool = False
    alternative: str = ""
    change_url: str = "#text"

    @property
    def file(self) -> "ShownFile":
        """Its bytes: how many."""
        return self

    def get_absolute_url(self) -> str:
        """A picture that is there, or nowhere."""
        return static("img/favicon.svg") if self.is_picture else "#text"


@dataclass(frozen=True)
class ShownFiles:
    """The files of a thing for somebody who may change them."""

    files: tuple[ShownFile, ...]
    may_change: bool = True
    add_url: str = "#text"


def attached() -> ShownFiles:
    """A paper, one for staff, and a picture."""
    return ShownFiles(
        (
            ShownFile(_("Village plan, version 2"), "PDF", 1_840_000),
            ShownFile(_("Answers of the neighbours"), "XLSX", 48_000, is_public=False),
            ShownFile(
                _("The new square"),
                "JPG",
                310_000,
                is_picture=True,
                alternative=_("A square with lime trees"),
            ),
        )
    )


@dataclass(frozen=True)
class Village:
    """A row of the table that sorts."""

    name: str
    residents: int


VILLAGES = (Village("Bergen", 3180), Village("Dalen", 940), Village("Midden", 5210))


def sorted_villages(request: HttpRequest) -> list[Village]:
    """The rows as the address asks (`core.pages.ORDER`), by name at first."""
    asked = request.GET.get(ORDER, "naam")
    column = "residents" if asked.removeprefix("-") == "inwoners" else "name"
    return sorted(VILLAGES, key=attrgetter(column), reverse=asked.startswith("-"))


def samples(request: HttpRequest) -> dict[str, object]:
    """All of it, for the templates of the page."""
    return {
        "waits": waiting(),
        "nothing_waits": nothing_waits(),
        "first": conflict(),
        "gone": gone(),
        "tags": tags(),
        "days": DayForm({"filled": "31-12-2026", "wrong": "31 februari"}),
        "attached": attached(),
        "staff_story": story(),
        "story_form": StoryForm({"story": story()}),
        "drawings": drawings(request),
        "sorted_villages": sorted_villages(request),
    }
