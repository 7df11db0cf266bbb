"""Repairs in a process of their own: the boundaries of one file together may take so much time and memory, and no more."""

import base64
import binascii
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import shapely
from django.utils.translation import gettext as _

from areas.importers import repairchild
from areas.importers.rings import Repair, Unsound
from areas.importers.tangles import crosses_itself_more_than
from core.bounded import Bounded, Limits, NotAnswered, bounded
from core.wording import number

MB = 1024 * 1024
LIMITS = Limits(cpu=20, seconds=60, memory=1024 * MB, output=64 * MB)
CROSSINGS = (
    1_000  # of one boundary with itself; a repair touches next to nothing, and this is a drawing gone wrong
)


@contextmanager
def repairing() -> Iterator[Repair]:
    """What makes a geometry valid, with the surface in which every loop counts once; the process starts with the first of them.

    Raises Unsound, in words for people.
    """
    with ExitStack() as held:
        repairs = _Repairs(held)
        yield repairs.repaired


class _Repairs:
    """The process, once there is one, and whether it is worn out."""

    def __init__(self, held: ExitStack) -> None:
        self.held = held
        self.process: Bounded | None = None
        self.is_over = False

    def repaired(self, geometry: Any) -> tuple[Any, float]:
        if crosses_itself_more_than(CROSSINGS, geometry):
            raise Unsound(
                _("it crosses itself more than %(most)s times; up to that, we mend it")
                % {"most": number(CROSSINGS)}
            )
        if self.is_over:
            raise Unsound(
                _("it crosses or touches itself, and is not mended: the one before it took all the time")
            )
        try:
            return self._asked(geometry)
        except (NotAnswered, binascii.Error, shapely.errors.GEOSException, ValueError, TypeError):
            self.is_over = True
            raise Unsound(
                _("it crosses or touches itself, and mending it takes too much time or memory")
            ) from None

    def _asked(self, geometry: Any) -> tuple[Any, float]:
        if self.process is None:
            self.process = self.held.enter_context(bounded(repairchild.__file__, LIMITS))
        valid, loops = self.process.ask(wkb=base64.b64encode(shapely.to_wkb(geometry)).decode())
        return shapely.from_wkb(base64.b64decode(valid)), float(loops)
