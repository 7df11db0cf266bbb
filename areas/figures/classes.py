"""Classes for a map: which limits suit figures, so that no class is empty and every limit is a number that people can read.

A class holds what is at least its lower limit and less than its upper one. Figures are compared as they are written (rounded to the
decimals of their indicator): what a map says of an area is what its colour says.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import jenkspy

COLOURS = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
MOST = 5
MOST_FOR_NATURAL = 1_000  # finding natural breaks takes the square of this many steps
LEADS = (5, 2, 1)


@dataclass(frozen=True)
class Class:
    """One class: from `low` (counted in) to `high` (not counted in); None where it is open. `colour` is 1 to 5."""

    low: Decimal | None
    high: Decimal | None
    colour: int
    count: int


@dataclass(frozen=True)
class Classes:
    """The classes of figures, from low to high; no limits is one class, no classes at all is nothing known."""

    limits: tuple[Decimal, ...]
    decimals: int
    is_empty: bool = False

    def colour_of(self, value: Decimal) -> int:
        """The colour of a figure, 1 to 5."""
        return COLOURS[len(self.limits) + 1][bisect_right(self.limits, rounded(value, self.decimals))]

    def counted(self, values: Iterable[Decimal]) -> list[Class]:
        """The classes with how many of the figures lie in each."""
        if self.is_empty:
            return []
        counts = Counter(self.colour_of(value) for value in values)
        bounds = [None, *self.limits, None]
        colours = COLOURS[len(self.limits) + 1]
        return [
            Class(low, high, colour, counts[colour])
            for low, high, colour in zip(bounds, bounds[1:], colours, strict=False)
        ]

    @property
    def written_decimals(self) -> int:
        """With how many decimals every limit can be written exactly."""
        return max((max(0, -_exponent(limit)) for limit in self.limits), default=0)


def classify(
    values: Iterable[Decimal], *, method: str, count: int, decimals: int, breaks: Sequence[Decimal] = ()
) -> Classes:
    """The classes that suit figures: by `method` ("quantile", "natural" or "fixed"), at most `count` of them.

    There are fewer when there are fewer different figures. Fixed limits stay as they were given, even around an empty class: they
    make maps of several periods mean the same.
    """
    known = sorted(rounded(value, decimals) for value in values)
    if not known:
        return Classes((), decimals, is_empty=True)
    if method == "fixed":
        limits = sorted({rounded(limit, decimals) for limit in breaks})
        return Classes(tuple(limits[: MOST - 1]), decimals)
    cuts = METHODS[method](known, max(1, min(count, MOST, len(set(known)))))
    return Classes(tuple(readable(known[cut - 1], known[cut], decimals) for cut in cuts), decimals)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """A figure as it is written."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN) + 0


def _quantile(values: Sequence[Decimal], count: int) -> list[int]:
    """Before which figures a class begins, so that classes are as equally filled as ties allow."""
    gaps = _gaps(values)
    wanted = [len(values) * step / count for step in range(1, count)]
    return sorted({min(gaps, key=lambda gap: (abs(gap - place), gap)) for place in wanted}) if gaps else []


def _natural(values: Sequence[Decimal], count: int) -> list[int]:
    """Before which figures a class begins, so that the figures within a class differ least (Jenks)."""
    if count < 2:
        return []
    step = -(-len(values) // MOST_FOR_NATURAL)
    sample = sorted({*map(float, values[::step]), float(values[-1])} if step > 1 else map(float, values))
    count = min(count, len(set(sample)))
    highest = jenkspy.jenks_breaks(sample, n_classes=count)[1:-1] if count > 1 else []
    as_floats = [float(value) for value in values]
    return sorted({bisect_right(as_floats, float(value)) for value in highest} & set(_gaps(values)))


def _gaps(values: Sequence[Decimal]) -> list[int]:
    """Where in sorted figures one differs from the one before it."""
    return [index for index in range(1, len(values)) if values[index] != values[index - 1]]


METHODS: dict[str, Callable[[Sequence[Decimal], int], list[int]]] = {
    "quantile": _quantile,
    "natural": _natural,
}


def readable(below: Decimal, above: Decimal, decimals: int) -> Decimal:
    """The roundest number that is more than `below` and at most `above`: 2000 between 1820 and 2310."""
    if below < 0 <= above:
        return Decimal(0)
    middle = (below + above) / 2
    for power in range(max(_size(below), _size(above)), -decimals - 1, -1):
        for lead in LEADS:
            step = Decimal(lead).scaleb(power)
            highest = (above / step).to_integral_value("ROUND_FLOOR") * step
            if highest > below:
                return _plain(_nearest(highest, step, below, middle), decimals)
    return above


def _nearest(highest: Decimal, step: Decimal, below: Decimal, middle: Decimal) -> Decimal:
    """Of the multiples of a step that separate, the one nearest to the middle."""
    best = highest
    while best - step > below and abs(best - step - middle) < abs(best - middle):
        best -= step
    return best


def _plain(value: Decimal, decimals: int) -> Decimal:
    """Without an exponent, and with no more decimals than it needs."""
    plain = value.quantize(Decimal(1).scaleb(-decimals)).normalize()
    return plain.quantize(Decimal(1)) if _exponent(plain) > 0 else plain


def _size(value: Decimal) -> int:
    """The power of ten above a number."""
    return value.adjusted() + 1 if value else 0


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
