"""Labels → who stands under whom, by one reading of their clues: codes, ordinals, indentation.

Each reading is a hypothesis; the figures choose among them (`extractors.structure.row_tree`).
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from extractors.structure.labels import Clue

STEP = 3.0
"""Texts whose beginnings differ by less are at one level (points): a space of small print is 4 to 5 wide."""
INNER = 15.0
"""What goes on with the parts after 其中： begins where they began, behind the word (points)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Which clues a hypothesis goes by; `unnumbered_under`: a label without ordinal is a part of the numbered one."""

    codes: bool = False
    ordinals: bool = False
    columns: bool = True
    indents: bool = False
    unnumbered_under: bool = False


READINGS = (
    Reading(codes=True),
    Reading(ordinals=True, indents=True),
    Reading(ordinals=True),
    Reading(ordinals=True, unnumbered_under=True),
    Reading(indents=True),
    Reading(),
    Reading(columns=False),
)
"""From the clue that says most to none: of hypotheses that do equally well the earlier one is taken."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Each row's parent by one reading, and whether it is 其中 of it; rows of totals have none."""

    parents: tuple[int | None, ...]
    within: tuple[bool, ...]


class _Place(Enum):
    UNDER = auto()
    BESIDE = auto()
    ABOVE = auto()


def outlines(clues: Sequence[Clue]) -> list[tuple[Reading, Outline]]:
    """The different outlines that some labels allow, the one of the strongest clues first."""
    found: list[tuple[Reading, Outline]] = []
    for reading in READINGS:
        if not _applies(reading, clues):
            continue
        outline = _Outliner(clues, reading).outline()
        if all(outline != other for _, other in found):
            found.append((reading, outline))
    return found


def _applies(reading: Reading, clues: Sequence[Clue]) -> bool:
    plain = [clue for clue in clues if not clue.total]
    if reading.codes:
        return any(clue.code for clue in plain)
    return not reading.ordinals or any(clue.ordinal for clue in plain)


class _Outliner:
    """Goes down the labels once, with a stack of those that are open."""

    def __init__(self, clues: Sequence[Clue], reading: Reading) -> None:
        self._clues, self._reading = clues, reading
        self._stack: list[int] = []
        self._parents: list[int | None] = [None] * len(clues)
        self._within = [False] * len(clues)
        self._coded = _Codes(clues) if reading.codes else None
        ranks = [clue.ordinal.rank for clue in clues if clue.ordinal and not clue.within]
        self._top_rank = min(ranks, default=0)

    def outline(self) -> Outline:
        open_within: int | None = None
        for row, clue in enumerate(self._clues):
            if clue.within and row:
                self._put_within(row, self._whole_before(row))
                open_within = row
            elif open_within is not None and self._goes_on(open_within, row):
                self._put_within(row, self._parents[open_within])
            else:
                open_within = None
                self._put(row, clue)
        return Outline(tuple(self._parents), tuple(self._within))

    def _put_within(self, row: int, parent: int | None) -> None:
        self._parents[row], self._within[row] = parent, parent is not None

    def _whole_before(self, row: int) -> int:
        """What 其中 is said of: the row before, or what that row is itself some of."""
        before = row - 1
        parent = self._parents[before]
        if self._within[before] and parent is not None:
            deeper = self._clues[row].indent > self._clues[before].indent + STEP
            return before if deeper else parent
        return before

    def _goes_on(self, first: int, row: int) -> bool:
        """Whether a row goes on with the parts that 其中 began."""
        begun, clue = self._clues[first], self._clues[row]
        if clue.total or clue.code or (clue.ordinal is None) != (begun.ordinal is None):
            return False
        if clue.ordinal and begun.ordinal:
            return clue.ordinal.rank == begun.ordinal.rank > self._top_rank and clue.ordinal.number > 1
        return clue.indent >= begun.indent + INNER

    def _put(self, row: int, clue: Clue) -> None:
        if clue.total:
            self._stack.clear()
            return
        if self._coded is not None:
            self._parents[row] = self._coded.parent(row)
            return
        while self._stack:
            place = self._place(self._stack[-1], row)
            if place is _Place.UNDER:
                break
            self._stack.pop()
            if place is _Place.BESIDE:
                break
        self._parents[row] = self._stack[-1] if self._stack else None
        self._stack.append(row)

    def _place(self, above: int, row: int) -> _Place:
        upper, lower = self._clues[above], self._clues[row]
        step = self._step(upper, lower)
        first = upper.ordinal if self._reading.ordinals else None
        second = lower.ordinal if self._reading.ordinals else None
        if first and second:
            if first.rank != second.rank:
                return _Place.UNDER if second.rank > first.rank else _Place.ABOVE
            return _by_step(step) if second.number == 1 or step < 0 else _Place.BESIDE
        if first:
            return _Place.UNDER if step > 0 or self._reading.unnumbered_under else _Place.ABOVE
        if second:
            if any(self._has_rank(open_row, second.rank) for open_row in self._stack):
                return _Place.ABOVE
            begins = step == 0 and second.rank > self._top_rank and second.number == 1
            return _Place.UNDER if begins else _by_step(step)
        return _by_step(step)

    def _step(self, upper: Clue, lower: Clue) -> int:
        if self._reading.columns and upper.column != lower.column:
            return 1 if lower.column > upper.column else -1
        if not self._reading.indents:
            return 0
        return (lower.indent > upper.indent + STEP) - (lower.indent < upper.indent - STEP)

    def _has_rank(self, row: int, rank: int) -> bool:
        ordinal = self._clues[row].ordinal
        return ordinal is not None and ordinal.rank == rank


def _by_step(step: int) -> _Place:
    return _Place.UNDER if step > 0 else _Place.ABOVE if step < 0 else _Place.BESIDE


class _Codes:
    """Where each code of each group stands."""

    def __init__(self, clues: Sequence[Clue]) -> None:
        self._clues = clues
        self._rows: dict[tuple[str | None, str], list[int]] = {}
        for row, clue in enumerate(clues):
            if clue.code:
                self._rows.setdefault((clue.group, clue.code), []).append(row)

    def parent(self, row: int) -> int | None:
        """The row of the longest code that this row's begins with: the last one above, else the first one below."""
        code, group = self._clues[row].code, self._clues[row].group
        for length in range(len(code or "") - 1, 0, -1):
            if rows := self._rows.get((group, (code or "")[:length])):
                at = bisect.bisect_left(rows, row)
                return rows[at - 1] if at else rows[0]
        return None
