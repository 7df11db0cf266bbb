"""The style page: every component in every state, so that whoever builds something new begins there."""

from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from areas.chrome import Emblem
from core.access import open_to_all
from core.templatetags.ui import ICONS

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
    keep_me_posted = forms.BooleanField(label=gettext_lazy("Keep me posted"), required=False)

    use_required_attribute = False

    def clean_address(self) -> str:
        """Always refuses, to show what that looks like."""
        raise forms.ValidationError(gettext_lazy("This address lies in Bergen, the round is about Dalen."))


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
    Part("badges", gettext_lazy("Badges and notices")),
    Part("states", gettext_lazy("Empty, loading, failed")),
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
    return render(
        request,
        "portal/style.html",
        {"parts": PARTS, "swatches": SWATCHES, "icons": ICONS, "villages": VILLAGES, "form": form},
    )
