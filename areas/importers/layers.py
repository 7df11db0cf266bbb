"""Which of the layers of a file is meant: by hand, by the preset, by its fields; else the steward is asked."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from areas.importers.faults import refuse
from areas.importers.gdal import Layer
from areas.importers.presets import Preset, found_field


def chosen(layers: Sequence[Layer], preset: Preset) -> Layer:
    """The one that is meant; raises ImportRefused with the list when that is not clear."""
    if not layers:
        raise refuse(_("The file holds no layer with boundaries."))
    titles = [layer.title for layer in layers]
    if preset.layer:
        found = [layer for layer in layers if layer.title == preset.layer]
        if found:
            return found[0]
        raise refuse(
            _("The file has no layer “%(name)s”. Choose one: %(layers)s.")
            % {"name": preset.layer, "layers": ", ".join(titles)},
            ask="layer",
            choices=titles,
        )
    left = _narrowed(layers, preset)
    if len(left) == 1:
        return left[0]
    titles = [layer.title for layer in left]
    raise refuse(
        _("The file holds more than one layer. Choose one: %(layers)s.") % {"layers": ", ".join(titles)},
        ask="layer",
        choices=titles,
    )


def _narrowed(layers: Sequence[Layer], preset: Preset) -> Sequence[Layer]:
    """Those of the name that the publisher gives, then those with its fields."""
    named = [
        layer for layer in layers if any(re.search(p, layer.title, re.IGNORECASE) for p in preset.layers)
    ]
    left = named or layers
    fitting = [
        layer
        for layer in left
        if found_field(preset.code, layer.fields) and found_field(preset.name, layer.fields)
    ]
    return fitting or left
