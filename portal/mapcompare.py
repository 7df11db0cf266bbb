"""Two figures side by side on the same areas: two periods of one with one legend, or two different ones with their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from areas.figures.choropleth import (
    AreaFigure,
    Choropleth,
    LegendRow,
    choices_of,
    choropleth,
    classes_for,
    periods_of,
)
from areas.figures.wording import difference_words
from areas.map.drawing import Drawing, draw
from areas.models import AreaEdition, AreaKind, Indicator, Municipality
from portal.mapsides import Option, choose_sides


@dataclass(frozen=True)
class Side:
    """One of the two maps."""

    figure: Choropleth
    drawing: Drawing

    @property
    def word(self) -> str:
        """How the address names it."""
        return word_of(self.figure)


@dataclass(frozen=True)
class Row:
    """An area in the table under the maps; `change` is empty where there is nothing to subtract."""

    name: str
    slug: str
    url: str
    left: str
    right: str
    change: str


@dataclass(frozen=True)
class SharedRow:
    """A line of the legend of both maps, with how many areas on each side."""

    row: LegendRow
    left: int
    right: int


@dataclass(frozen=True)
class Tally:
    """In how many areas the right side is higher, lower, the same, or not to be compared."""

    higher: int
    lower: int
    same: int
    unknown: int

    def words(self, kinds: str) -> str:
        """As a phrase: "higher in 4 wijken, lower in 2"."""
        of_all = self.higher + self.lower + self.same + self.unknown
        for number, words in (
            (self.higher, _("higher in all %(number)d %(kinds)s")),
            (self.lower, _("lower in all %(number)d %(kinds)s")),
            (self.same, _("the same in all %(number)d %(kinds)s")),
        ):
            if number == of_all > 1:
                return words % {"number": number, "kinds": kinds}
        told = (
            (self.higher, _("higher in %(number)d")),
            (self.lower, _("lower in %(number)d")),
            (self.same, _("the same in %(number)d")),
            (self.unknown, _("not to be said in %(number)d")),
        )
        phrases = [words % {"number": number} for number, words in told if number]
        return _("%(phrases)s of the %(number)d %(kinds)s") % {
            "phrases": ", ".join(phrases),
            "number": of_all,
            "kinds": kinds,
        }


@dataclass(frozen=True)
class Comparison:
    """The two maps and what the page says of them."""

    kinds: Sequence[AreaKind]
    kind: AreaKind
    options: Sequence[Option]
    left: Side
    right: Side
    notes: Sequence[str] = ()

    @property
    def sides(self) -> tuple[Side, Side]:
        """Left and right."""
        return self.left, self.right

    @property
    def figures(self) -> tuple[Choropleth, Choropleth]:
        """What both sides show."""
        return self.left.figure, self.right.figure

    @property
    def choosers(self) -> list[tuple[str, str, str]]:
        """The word of the address, what it says now, and how the page calls it."""
        return [("links", self.left.word, _("Left")), ("rechts", self.right.word, _("Right"))]

    @property
    def is_one_figure(self) -> bool:
        """Whether both sides show the same indicator, with the same classes."""
        return self.left.figure.indicator == self.right.figure.indicator

    @property
    def has_difference(self) -> bool:
        """Whether one may be taken from the other."""
        return self.left.figure.indicator.unit == self.right.figure.indicator.unit

    @property
    def legend(self) -> list[SharedRow]:
        """The legend of both maps, when they show one figure."""
        right = {row.face: row for row in self.right.figure.legend}
        left = {row.face: row for row in self.left.figure.legend}
        rows = {**right, **left}
        return [
            SharedRow(
                row,
                left[face].count if face in left else 0,
                right[face].count if face in right else 0,
            )
            for face, row in sorted(rows.items())
        ]

    @property
    def rows(self) -> list[Row]:
        """The areas by name, with both figures and their difference."""
        return [
            self._row(figure, self.right.figure.figures[slug])
            for slug, figure in self.left.figure.figures.items()
        ]

    @property
    def tally(self) -> Tally:
        """How the sides differ, over all areas."""
        decimals = self._finest.decimals
        changes = [
            round(change, decimals)
            for slug, figure in self.left.figure.figures.items()
            if (change := _difference(figure, self.right.figure.figures[slug])) is not None
        ]
        higher, lower = sum(one > 0 for one in changes), sum(one < 0 for one in changes)
        unknown = len(self.left.figure.figures) - len(changes)
        return Tally(higher, lower, len(changes) - higher - lower, unknown)

    @property
    def change_words(self) -> str:
        """How the sides differ, as a phrase."""
        return self.tally.words(self.kind.plural.lower())

    @property
    def sources(self) -> list[str]:
        """Where the figures come from, each source once."""
        indicators = [figure.indicator for figure in self.figures]
        return list(
            dict.fromkeys(
                ", ".join(filter(None, (indicator.source, indicator.licence))) for indicator in indicators
            )
        )

    @property
    def swapped_url(self) -> str:
        """The same with the sides changed."""
        return compare_url(self.right.word, self.left.word, self.kind.slug)

    @property
    def _finest(self) -> Indicator:
        """The indicator with the most decimals: a difference is not written coarser than its parts."""
        return max((figure.indicator for figure in self.figures), key=attrgetter("decimals"))

    def _row(self, left: AreaFigure, right: AreaFigure) -> Row:
        change = _difference(left, right) if self.has_difference else None
        return Row(
            left.name,
            left.slug,
            reverse("areas:detail", args=[left.slug]),
            self.left.figure.look_of(left).words,
            self.right.figure.look_of(right).words,
            difference_words(self._finest, change) if change is not None else "",
        )


def _difference(left: AreaFigure, right: AreaFigure) -> Decimal | None:
    return None if left.value is None or right.value is None else right.value - left.value


def word_of(figure: Choropleth) -> str:
    """An indicator in a period, as the address names it."""
    return f"{figure.indicator.slug}@{figure.period}"


def compare_url(left: str, right: str, kind: str) -> str:
    """The address of a comparison."""
    query = urlencode({"links": left, "rechts": right, "soort": kind})
    return f"{reverse('portal:map_compare')}?{query}"


def comparison(municipality: Municipality, query: QueryDict) -> Comparison | None:
    """What the address asks for; what it does not say or what is not known is chosen. None without figures."""
    all_kinds = AreaKind.objects.filter(
        municipality=municipality, editions__in=AreaEdition.objects.in_force()
    ).order_by("rank", "slug")
    choices = choices_of(municipality, list(all_kinds))
    kinds = [kind for kind in all_kinds if any(kind.slug in choice.kinds for choice in choices)]
    if not kinds:
        return None
    kind = _kind(kinds, query.get("soort", ""))
    periods = periods_of(kind)
    options = [
        Option(choice.indicator, periods[choice.indicator.pk])
        for choice in choices
        if choice.indicator.pk in periods
    ]
    chosen = choose_sides(options, query.get("links", ""), query.get("rechts", ""))
    figures = [
        choropleth(option.indicator, kind, period, option.periods)
        for option, period in (chosen.left, chosen.right)
    ]
    sides = [_side(municipality, figure) for figure in _classed(figures)]
    return Comparison(kinds, kind, options, sides[0], sides[1], chosen.notes)


def _kind(kinds: Sequence[AreaKind], wanted: str) -> AreaKind:
    """The kind that was asked for, else the level of area-based work."""
    asked = next((kind for kind in kinds if kind.slug == wanted), None)
    return asked or next((kind for kind in kinds if kind.is_working_level), kinds[0])


def _classed(figures: Sequence[Choropleth | None]) -> list[Choropleth]:
    """Both sides of one figure with the classes of both together, so that a colour means the same."""
    left, right = (figure for figure in figures if figure is not None)
    if left.indicator != right.indicator:
        return [left, right]
    classes = classes_for(left.indicator, [*left.figures.values(), *right.figures.values()])
    return [replace(left, classes=classes), replace(right, classes=classes)]


def _side(municipality: Municipality, figure: Choropleth) -> Side:
    return Side(figure, draw(municipality, kind=figure.kind, looks=figure.looks))
