"""What became of every area between two sets of boundaries; see docs/decisions/what-became-of-an-area.md."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from areas.importers.changes import AreaChange, Boundary, Key, Recoding, Share, State, Structure
from areas.importers.overlaps import A_SHIFT, SAME_PLACE, Overlap, Shift, are_redrawn, overlaps_of, shift_of

MOST = 0.49  # of a surface (half, and some noise): what ties an area before to one after
PART = 0.1
NOTED = 0.01  # of a surface: less is noise of drawing
ELSEWHERE = 0.5  # overlap divided by union, under which a code lies at another place than it did


@dataclass(frozen=True)
class Place:
    """An area on one side; `key` is its identity, the same on both sides for the same area and a text when it is not known yet."""

    key: Key
    code: str
    name: str
    geom: Any = field(repr=False)
    hash: str = ""
    is_retired: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the database has this area, in force or retired."""
        return isinstance(self.key, int)


@dataclass(frozen=True)
class Succession:
    """What became of every area, which codes seem to be of one area, and whether everything lies elsewhere."""

    changes: tuple[AreaChange, ...]
    recodings: tuple[Recoding, ...] = ()
    shift: Shift | None = None


def succession_between(
    old: Sequence[Place],
    new: Sequence[Place],
    *,
    is_partition: bool = True,
    recodings: Collection[tuple[str, str]] | None = None,
) -> Succession:
    """Compare two sets of boundaries; `recodings` are the pairs of codes that a person takes for one area (None: by the proof)."""
    return _Succeeding(list(old), list(new), is_partition, recodings).result()


@dataclass
class _Succeeding:
    """The succession while it is worked out."""

    old: list[Place]
    new: list[Place]
    is_partition: bool
    chosen: Collection[tuple[str, str]] | None

    def result(self) -> Succession:
        proofs = self._proofs()
        taken = self._taken(proofs)
        self._rename_keys(taken)
        both = [(self.olds[place.key], n) for n, place in enumerate(self.new) if place.key in self.olds]
        changes = self._changes(both)
        return Succession(
            tuple(sorted(changes, key=lambda change: (change.code, change.state))),
            tuple(
                Recoding(
                    self.old[link.old].code, self.old[link.old].name, self.new[link.new].code,
                    self.new[link.new].name, link.iou, self._codes(link) in taken,
                )
                for link in proofs
            ),
            self._shift(both),
        )  # fmt: skip

    @cached_property
    def olds(self) -> dict[Key, int]:
        """The place in the list of every area before."""
        return {place.key: number for number, place in enumerate(self.old)}

    @cached_property
    def links(self) -> list[Overlap]:
        """All overlaps; areas of a partition whose boundary is the very same have none but with themselves."""
        settled = self._settled() if self.is_partition else {}
        olds = [number for number in range(len(self.old)) if number not in settled]
        after = set(settled.values())
        news = [number for number in range(len(self.new)) if number not in after]
        found = overlaps_of([self.old[n].geom for n in olds], [self.new[n].geom for n in news])
        links = (
            found
            if not settled
            else [replace(link, old=olds[link.old], new=news[link.new]) for link in found]
        )
        return links + [
            Overlap(one, other, self.old[one].geom.area, 1.0, 1.0, 1.0) for one, other in settled.items()
        ]

    def _settled(self) -> dict[int, int]:
        return {
            self.olds[place.key]: number
            for number, place in enumerate(self.new)
            if place.key in self.olds and place.hash and self.old[self.olds[place.key]].hash == place.hash
        }

    def _codes(self, link: Overlap) -> tuple[str, str]:
        return self.old[link.old].code, self.new[link.new].code

    def _proofs(self) -> list[Overlap]:
        """Pairs of the same place with another identity, where neither lies at the place of its own code any more."""
        own = {link.old: link.iou for link in self.links if self.old[link.old].key == self.new[link.new].key}
        elsewhere = {self.old[n].key for n in range(len(self.old)) if own.get(n, 0.0) < ELSEWHERE}
        return [
            link
            for link in self.links
            if link.iou > SAME_PLACE
            and self.old[link.old].key != self.new[link.new].key
            and self.old[link.old].key in elsewhere
            and (not self.new[link.new].is_known or self.new[link.new].key in elsewhere)
        ]

    def _taken(self, proofs: Iterable[Overlap]) -> set[tuple[str, str]]:
        """The pairs taken as one area. A code of another area is free only when that area gets another one too."""
        present = {place.key for place in self.new}
        taken: dict[Key, Overlap] = {}
        for link in proofs:
            old, new = self.old[link.old], self.new[link.new]
            is_plain = old.key not in present and not new.is_known
            by_default = is_plain or old.name.casefold() == new.name.casefold()
            is_taken = by_default if self.chosen is None else self._codes(link) in self.chosen
            if is_taken and all(link.new != other.new for other in taken.values()):
                taken.setdefault(old.key, link)
        while blocked := [
            key
            for key, link in taken.items()
            if self.new[link.new].is_known and self.new[link.new].key not in taken
        ]:
            for key in blocked:
                del taken[key]
        return {self._codes(link) for link in taken.values()}

    def _rename_keys(self, taken: set[tuple[str, str]]) -> None:
        """A new area takes the identity of the one it continues; one whose identity went to another is new."""
        before = {place.code: place.key for place in self.old}
        keys = {code: before[old_code] for old_code, code in taken}
        given = set(keys.values())
        for number, place in enumerate(self.new):
            if place.code in keys:
                self.new[number] = replace(place, key=keys[place.code])
            elif place.key in given:
                self.new[number] = replace(place, key=f"new:{place.code}")

    def _changes(self, both: list[tuple[int, int]]) -> list[AreaChange]:
        by_pair = {(link.old, link.new): link for link in self.links}
        boundaries = self._boundaries(both, by_pair)
        structures = self._structures(both)
        goes, comes = self._flows()
        partner = {new: old for old, new in both}
        changes = []
        for number, place in enumerate(self.new):
            one = partner.get(number)
            link = by_pair.get((one, number)) if one is not None else None
            changes.append(
                self._change(place, None if one is None else self.old[one], link, boundaries.get(number))
            )
            structure = structures.get(("new", number), Structure.NONE)
            shown = changes[-1].state in {State.NEW, State.BACK} or changes[-1].is_moved
            changes[-1] = replace(
                changes[-1],
                structure=structure,
                goes=_shown(goes.get(one, [])) if shown and one is not None else (),
                comes=_shown(comes.get(number, [])) if shown else (),
            )
        staying = {old for old, _new in both}
        changes += [
            AreaChange(
                place.code, place.name, State.GONE, place.key, old_area_m2=float(place.geom.area),
                structure=structures.get(("old", number), Structure.NONE), goes=_shown(goes.get(number, [])),
            )
            for number, place in enumerate(self.old) if number not in staying
        ]  # fmt: skip
        return changes

    def _change(
        self, new: Place, old: Place | None, link: Overlap | None, boundary: Boundary | None
    ) -> AreaChange:
        if old is None:
            state = State.BACK if new.is_retired else State.NEW
            return AreaChange(new.code, new.name, state, new.key, area_m2=float(new.geom.area))
        change = AreaChange(
            new.code, new.name, State.CHANGED, new.key, old_code=old.code, old_name=old.name,
            area_m2=float(new.geom.area), old_area_m2=float(old.geom.area), boundary=boundary or Boundary.SAME,
        )  # fmt: skip
        if change.boundary:
            # Another boundary is never quite the same, even when the difference drowns in the last digit.
            return replace(change, iou=min(link.iou if link else 0.0, 0.999999))
        return change if change.is_renamed or change.is_recoded else replace(change, state=State.SAME)

    def _boundaries(
        self, both: list[tuple[int, int]], by_pair: Mapping[tuple[int, int], Overlap]
    ) -> dict[int, Boundary]:
        """What happens to the boundary of the areas that stay, by their place in the list of after."""
        others = [(old, new) for old, new in both if self._differ(old, new)]
        near = [pair for pair in others if pair in by_pair and by_pair[pair].iou > SAME_PLACE]
        thin = are_redrawn([self.old[old].geom for old, _n in near], [self.new[new].geom for _o, new in near])
        found = dict.fromkeys((new for _old, new in others), Boundary.MOVED)
        for (_old, new), is_thin in zip(near, thin, strict=True):
            if is_thin:
                found[new] = Boundary.REDRAWN
        return found

    def _structures(self, both: list[tuple[int, int]]) -> dict[tuple[str, int], Structure]:
        """What is tied together changed together: by most of the surface, or by a part between what is gone and what is new."""
        gone = set(range(len(self.old))) - {old for old, _new in both}
        fresh = set(range(len(self.new))) - {new for _old, new in both}
        ties = [
            (link.old, link.new)
            for link in self.links
            if max(link.out, link.into) >= (PART if link.old in gone and link.new in fresh else MOST)
        ]
        found: dict[tuple[str, int], Structure] = {}
        for olds, news in _groups([*ties, *both]):
            structure = _structure(olds, news, bool(olds & gone or news & fresh))
            found |= {("old", old): structure for old in olds} | {("new", new): structure for new in news}
        # What goes to several and mostly to none is split among them; what comes so is regrouped. The others only gain or lose.
        untied_old, untied_new = gone - {old for old, _n in ties}, fresh - {new for _o, new in ties}
        parts = [link for link in self.links if max(link.out, link.into) >= NOTED]
        found |= {("old", old): Structure.SPLIT for old in untied_old if sum(p.old == old for p in parts) > 1}
        found |= {("new", new): Structure.REGROUPED for new in untied_new if any(p.new == new for p in parts)}
        return found

    def _flows(self) -> tuple[dict[int, list[Share]], dict[int, list[Share]]]:
        """Where the surface of each area went, and from where it came; the largest part first."""
        goes: dict[int, list[Share]] = {}
        comes: dict[int, list[Share]] = {}
        for link in self.links:
            old, new = self.old[link.old], self.new[link.new]
            is_own = old.key == new.key
            if link.out >= NOTED or link.into >= MOST:
                share = Share(new.code, new.name, min(link.out, 1.0), new.key, is_own)
                goes.setdefault(link.old, []).append(share)
            if link.into >= NOTED or link.out >= MOST:
                share = Share(old.code, old.name, min(link.into, 1.0), old.key, is_own)
                comes.setdefault(link.new, []).append(share)
        return goes, comes

    def _shift(self, both: list[tuple[int, int]]) -> Shift | None:
        others = [(old, new) for old, new in both if self._differ(old, new)]
        if len(others) < A_SHIFT * len(both):
            return None
        return shift_of(
            [self.old[old].geom for old, _n in others], [self.new[new].geom for _o, new in others]
        )

    def _differ(self, old: int, new: int) -> bool:
        """Whether two boundaries are not the very same."""
        return not self.new[new].hash or self.old[old].hash != self.new[new].hash


def _shown(shares: list[Share]) -> tuple[Share, ...]:
    return tuple(sorted(shares, key=lambda share: (-share.part, share.code)))


def _structure(olds: set[int], news: set[int], is_other: bool) -> Structure:
    """Of areas that are tied together, where a code went or came."""
    if not is_other or not olds or not news:
        return Structure.NONE
    if len(olds) == len(news) == 1:
        return Structure.REPLACED
    if len(olds) == 1:
        return Structure.SPLIT
    return Structure.MERGED if len(news) == 1 else Structure.REGROUPED


def _groups(ties: Iterable[tuple[int, int]]) -> list[tuple[set[int], set[int]]]:
    """Areas before and after that are tied, directly or through others."""
    groups: list[tuple[set[int], set[int]]] = []
    of_old: dict[int, int] = {}
    of_new: dict[int, int] = {}
    for old, new in ties:
        one, other = of_old.get(old), of_new.get(new)
        number = one if one is not None else other
        if number is None:
            groups.append((set(), set()))
            number = len(groups) - 1
        elif one is not None and other is not None and one != other:
            olds, news = groups[other]
            groups[one][0].update(olds)
            groups[one][1].update(news)
            of_old |= dict.fromkeys(olds, one)
            of_new |= dict.fromkeys(news, one)
            groups[other] = (set(), set())
        groups[number][0].add(old)
        groups[number][1].add(new)
        of_old[old] = of_new[new] = number
    return [group for group in groups if group[0]]
