"""The style page: every component in every state, so that whoever builds something new begins there."""

from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from areas.chrome import Emblem
from areas.map.drawing import Drawing, DrawnArea
from areas.map.signs import DrawnSign, MapSign
from core.access import open_to_all
from core.navigation import Tab
from core.specimens import shown_specimens
from core.steps import Step, walk_through
from core.templatetags.ui import ICONS
from core.uploads import FileInput
from portal.samples import samples

# Three villages of nowhere, for a database that has no areas yet; the map of the page draws them too.
VILLAGES = (
    Emblem("M80 90 330 60 470 180 430 330 250 420 110 330 60 210Z", "60 60 410 360", "Bergen"),
    Emblem("M470 180 680 90 840 170 870 380 720 450 560 400 430 330Z", "430 90 440 360", "Midden"),
    Emblem("M250 420 430 330 560 400 720 450 760 620 520 680 300 640 200 540Z", "200 330 560 350", "Dalen"),
)


class SampleForm(forms.Form):
    """The form of the style page: shown with mistakes in it, never saved."""

    title = forms.CharField(
        label=gettext_lazy("Title of your idea"), help_text=gettext_lazy("A few words will do.")
    )
    story = forms.CharField(
        label=gettext_lazy("What do you want to tell?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    address = forms.CharField(label=gettext_lazy("Address or place"))
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    reply = forms.ChoiceField(
        label=gettext_lazy("How do you want the answer?"),
        choices=[
            ("receipt", gettext_lazy("With a receipt on this screen")),
            ("mail", gettext_lazy("By e-mail")),
        ],
        widget=forms.RadioSelect,
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Area"), choices=[(village.name, village.name) for village in VILLAGES]
    )
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("JPG or PNG, at most 5 MB."),
        widget=FileInput(most=5_000_000, endings=".jpg,.png"),
    )
    keep_me_posted = forms.BooleanField(label=gettext_lazy("Keep me posted"), required=False)

    use_required_attribute = False

    def clean_address(self) -> str:
        """Always refuses, to show what that looks like."""
        raise forms.ValidationError(gettext_lazy("This address lies in Bergen, the round is about Dalen."))


class IdeaStep(forms.Form):
    """The first step of the form in steps."""

    idea = forms.CharField(
        label=gettext_lazy("Title of your idea"), help_text=gettext_lazy("A few words will do.")
    )
    why = forms.CharField(
        label=gettext_lazy("What do you want to tell?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    use_required_attribute = False


class PlaceStep(forms.Form):
    """The second one."""

    village = forms.ChoiceField(
        label=gettext_lazy("Area"),
        choices=[(village.name, village.name) for village in VILLAGES],
        widget=forms.RadioSelect,
    )

    use_required_attribute = False


class ReplyStep(forms.Form):
    """The last one."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("Only to tell you what became of it.")
    )

    use_required_attribute = False


STEPS = (
    Step(word="idee", title=gettext_lazy("Your idea"), form=IdeaStep),
    Step(word="plaats", title=gettext_lazy("The place"), form=PlaceStep),
    Step(word="antwoord", title=gettext_lazy("The answer"), form=ReplyStep),
)


@dataclass(frozen=True)
class Phase:
    """A phase as partials/phases.html shows it."""

    title: object
    dates: object
    state: str


PHASES = (
    Phase(gettext_lazy("Question"), gettext_lazy("September 2026"), "done"),
    Phase(gettext_lazy("Ideas"), gettext_lazy("until 13 December"), "now"),
    Phase(gettext_lazy("Talk"), gettext_lazy("14 January, 20:00"), "coming"),
    Phase(gettext_lazy("Choose"), gettext_lazy("1 to 28 February"), "coming"),
    Phase(gettext_lazy("Answer"), gettext_lazy("before 15 April"), "coming"),
    Phase(gettext_lazy("Done"), gettext_lazy("from 2028"), "coming"),
)


HERE = "#lists"
TABS = (
    Tab(title=gettext_lazy("Map"), url=HERE, is_current=True),
    Tab(title=gettext_lazy("List"), url=HERE, count=23),
    Tab(title=gettext_lazy("Table"), url=HERE),
)
MANY_TABS = (
    Tab(title=gettext_lazy("At a glance"), url=HERE),
    Tab(title=gettext_lazy("Goals"), url=HERE, count=7, is_current=True),
    Tab(title=gettext_lazy("Actions"), url=HERE, count=31),
    Tab(title=gettext_lazy("Money"), url=HERE),
    Tab(title=gettext_lazy("Who does what"), url=HERE, count=12),
    Tab(title=gettext_lazy("Milestones"), url=HERE, count=9),
    Tab(title=gettext_lazy("Advice"), url=HERE, count=3),
    Tab(title=gettext_lazy("What was heard"), url=HERE, count=148),
    Tab(title=gettext_lazy("History"), url=HERE),
)
CARD = Drawing(
    name="Proefdorp",
    height=740,
    areas=tuple(DrawnArea(village.name, village.name.lower(), "", village.path) for village in VILLAGES),
    chosen=DrawnArea(VILLAGES[1].name, VILLAGES[1].name.lower(), "", VILLAGES[1].path),
    signs=(DrawnSign(600, 240, MapSign(None, "location", "")),),
    symbol_size=120,
)


@dataclass(frozen=True)
class Swatch:
    """A colour of the page."""

    key: str
    label: object


SWATCHES: tuple[Swatch, ...] = (
    Swatch("paper", gettext_lazy("Paper")),
    Swatch("soft", gettext_lazy("Soft paper")),
    Swatch("ink", gettext_lazy("Ink: text, lines")),
    Swatch("soft-ink", gettext_lazy("Soft ink: beside the point")),
    Swatch("accent", gettext_lazy("Boundary: this area, now, what you can do")),
    Swatch("accent-soft", gettext_lazy("Boundary, soft: chosen")),
    Swatch("good", gettext_lazy("Good")),
    Swatch("warning", gettext_lazy("Take care")),
    Swatch("error", gettext_lazy("Wrong")),
    Swatch("info", gettext_lazy("To know")),
    Swatch("focus", gettext_lazy("Focus, nowhere else")),
)


@dataclass(frozen=True)
class Part:
    """A section of the page: its anchor, its name and its template."""

    key: str
    title: object

    folder: ClassVar[str] = "portal/style"

    @property
    def template(self) -> str:
        """The template of the section."""
        return f"{self.folder}/{self.key}.html"


PARTS: tuple[Part, ...] = (
    Part("colour", gettext_lazy("Colour and type")),
    Part("layout", gettext_lazy("Layout")),
    Part("buttons", gettext_lazy("Buttons")),
    Part("forms", gettext_lazy("Forms")),
    Part("fields", gettext_lazy("Files and days")),
    Part("text", gettext_lazy("Text that staff write")),
    Part("drawing", gettext_lazy("Drawing on the map")),
    Part("steps", gettext_lazy("A form in steps")),
    Part("badges", gettext_lazy("Badges and notices")),
    Part("dialogs", gettext_lazy("Asking and telling")),
    Part("conflict", gettext_lazy("Somebody else was first")),
    Part("states", gettext_lazy("Empty, loading, failed")),
    Part("waiting", gettext_lazy("For you")),
    Part("lists", gettext_lazy("Lists")),
    Part("tables", gettext_lazy("Tables and figures")),
    Part("loop", gettext_lazy("Steps and phases")),
    Part("map", gettext_lazy("Map")),
    Part("icons", gettext_lazy("Icons and symbols")),
)


@open_to_all
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`/stijl/`."""
    form = SampleForm({"title": "", "story": gettext_lazy("A long table under the lime tree."), "address": "Mussenakker 13",
                       "reply": "receipt", "area": "Dalen", "keep_me_posted": "on"})  # fmt: skip
    context = {
        "parts": PARTS,
        "brought": shown_specimens(request, VILLAGES),
        "swatches": SWATCHES,
        "icons": ICONS,
        "villages": VILLAGES,
        "form": form,
        "walk": walk_through(STEPS, request.GET),
        "phases": PHASES,
        "tabs": TABS,
        "many_tabs": MANY_TABS,
        "card": CARD,
        **samples(request),
    }
    return render(request, "portal/style.html", context)
