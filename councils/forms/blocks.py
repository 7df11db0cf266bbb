"""A block of text of a council, on the page where the council is kept."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import version_field
from councils.actions.blocks import MANAGE, add_block, change_block, remove_block
from councils.forms.keep import KeepForm
from councils.models import TextBlock
from councils.reading.textblocks import FIELDS


class BlockForm(KeepForm):
    """A new block, or one that there is."""

    title = gettext_lazy("Block of text")
    lead = gettext_lazy(
        "What you write in the minutes again and again. The record fills in what stands between braces."
    )

    def add_fields(self) -> None:
        """Title and text; whoever founds councils may make one for all of them."""
        self.fields["title"] = forms.CharField(
            label=_("Title"), max_length=60, help_text=_("What stands on the button.")
        )
        fields = format_html_join("; ", "{{{}}}: {}", ((name, one.words) for name, one in FIELDS.items()))
        self.fields["text"] = forms.CharField(
            label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
            help_text=format_html("{} {}.", _("Fields that you can use:"), fields),
        )  # fmt: skip
        if self.row is not None:
            self.fields["version"] = version_field()
        elif self.by.has_perm(MANAGE, self.council):
            self.fields["for_all"] = forms.BooleanField(
                label=_("For every council of the municipality"), required=False
            )

    def start(self) -> dict[str, Any]:
        """What there is."""
        return (
            {}
            if self.row is None
            else {name: getattr(self.row, name) for name in ("title", "text", "version")}
        )

    def apply(self) -> TextBlock:
        """Add it, or change it."""
        values = {name: self.cleaned_data[name] for name in ("title", "text")}
        if self.row is None:
            for_all = self.cleaned_data.get("for_all", False)
            return add_block(council=self.council, by=self.by, values=values, for_all=for_all)
        version = self.cleaned_data["version"] or None
        return change_block(block=self.row, by=self.by, values=values, version=version)


class SharedBlockForm(BlockForm):
    """A block of every council of the municipality."""

    permission = MANAGE


class RemoveBlockForm(KeepForm):
    """Take a block away."""

    title = gettext_lazy("Take the block away")
    lead = gettext_lazy("What stands in minutes already stays as it is.")
    button = gettext_lazy("Take away")

    def apply(self) -> None:
        """Do it."""
        remove_block(block=self.row, by=self.by)


class RemoveSharedBlockForm(RemoveBlockForm):
    """Take a block of every council away."""

    permission = MANAGE
