"""Lines of text that are printed across the rule between two rows, because their cell is too low for its text.

A label of two lines in a low row has its first line above the row's upper rule or its second below the lower one. Such
a line belongs to the row whose lines it follows closely, not to the neighbour that its middle happens to lie in.
"""

from collections.abc import Iterable, Sequence

from extractors.tables.broken_figures import TIGHT
from extractors.tables.cells import Sheaf, Unit
from extractors.tables.lattice import Lattice
from extractors.tables.lines import Line, lines_of
from schemas.records import Word

ACROSS = 0.25
"""A line is printed across a rule that leaves at least this share of its height on either side."""
LEVEL = 0.25
"""Texts of one row differ in height by less than this share of a line."""


def settled(lattice: Lattice, sheaf: Sheaf) -> Sheaf:
    """The words of a lattice, those of spilled lines in the row that they belong to."""
    if not any(_crossed(lattice, unit, words) for unit, words in sheaf.inside.items()):
        return sheaf
    lines = {unit: lines_of(words) for unit, words in sheaf.inside.items()}
    reaching: dict[Unit, list[Line]] = {unit: list(stack) for unit, stack in lines.items()}
    spilled: list[tuple[Line, Unit, Unit]] = []
    for unit, stack in lines.items():
        for line in () if _has_room(lattice, unit, stack) else stack:
            if step := _step(lattice, unit, line):
                target = unit[0] + step, unit[1]
                spilled.append((line, unit, target))
                reaching.setdefault(target, []).append(line)
    inside = {unit: list(words) for unit, words in sheaf.inside.items()}
    of_row: dict[int, list[tuple[int, Sequence[Line]]]] = {}
    for (row, col), stack in lines.items():
        of_row.setdefault(row, []).append((col, stack))
    for spilt, unit, target in spilled:
        beside = (line for col, stack in of_row[unit[0]] if col != unit[1] for line in stack)
        if _belongs(spilt, reaching[target], beside):
            inside[unit] = [word for word in inside[unit] if word not in spilt]
            inside.setdefault(target, []).extend(spilt)
    return Sheaf({unit: words for unit, words in inside.items() if words}, sheaf.outside)


def _has_room(lattice: Lattice, unit: Unit, stack: Sequence[Line]) -> bool:
    """Whether a row is high enough for the several lines of its cell: none of them needs to be another row's."""
    height = lattice.ys[unit[0] + 1] - lattice.ys[unit[0]]
    return len(stack) > 1 and sum(line[0].box.height for line in stack) <= height


def _crossed(lattice: Lattice, unit: Unit, words: Sequence[Word]) -> bool:
    return any(_step(lattice, unit, [word]) for word in words)


def _step(lattice: Lattice, unit: Unit, line: Line) -> int:
    """Which neighbouring row a line reaches into across a drawn rule: -1 the one above, 1 the one below, 0 none."""
    row, col = unit
    box = line[0].box
    off = ACROSS * box.height
    if row and lattice.floors[row][col] and box.y0 + off < lattice.ys[row]:
        return -1
    if row + 1 < lattice.shape[0] and lattice.floors[row + 1][col] and box.y1 - off > lattice.ys[row + 1]:
        return 1
    return 0


def _belongs(line: Line, reaching: Iterable[Line], beside: Iterable[Line]) -> bool:
    """Whether a line follows others that reach into the row closely, and is not level with its own row's texts."""
    height = line[0].box.height
    near = any(other is not line and abs(_middle(line) - _middle(other)) <= TIGHT * height for other in reaching)
    return near and not any(abs(_middle(line) - _middle(other)) < LEVEL * height for other in beside)


def _middle(line: Line) -> float:
    return line[0].box.cy
