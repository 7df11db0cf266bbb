from django import forms
from django.core.exceptions import ValidationError

from core.forms import add_errors


class PlaceForm(forms.Form):
    lat = forms.CharField(required=False)


def test_what_is_refused_stands_at_its_field_or_on_top() -> None:
    form = PlaceForm({})
    add_errors(form, ValidationError({"point": ["outside"], "slug": ["taken"]}), shown_at={"point": "lat"})
    add_errors(form, ValidationError("closed"))
    assert form.errors == {"lat": ["outside"], "__all__": ["taken", "closed"]}
