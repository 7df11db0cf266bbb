"""What a data steward says of a file of addresses."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.actions import AboutAddresses
from areas.addresses.reading import register_of
from areas.filekinds import ADDRESSES
from areas.models import Municipality
from core.forms import DayField
from core.uploads import UploadField


class AddressFileForm(forms.Form):
    """A file of addresses and where it comes from."""

    file = UploadField(kind=ADDRESSES)
    reference_date = DayField(label=gettext_lazy("Addresses as of"))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200)
    licence = forms.CharField(label=gettext_lazy("Licence"), required=False, max_length=200)
    is_complete = forms.BooleanField(
        label=gettext_lazy("All addresses of the municipality are in this file"),
        required=False,
        help_text=gettext_lazy("Addresses that are not in it disappear."),
    )

    def __init__(self, municipality: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register = register_of(municipality)
        self.initial = {
            "source": register.title,
            "licence": register.licence,
            "reference_date": timezone.localdate(),
            "is_complete": True,
        }

    @property
    def about(self) -> AboutAddresses:
        """What is said of the file."""
        values = self.cleaned_data
        return AboutAddresses(
            reference_date=values["reference_date"],
            source=values["source"],
            licence=values["licence"],
            is_complete=values["is_complete"],
        )
