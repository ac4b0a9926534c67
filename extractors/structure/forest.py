"""Rows as a forest that is put together step by step, with what each of them is worth."""

from collections.abc import Iterable, Sequence

from extractors.structure.labels import Clue
from extractors.structure.weighing import Vector, Weight, total_of, weigh

NOTHING = Vector({}, {})


class Forest:
    """Rows with their parents. `within` marks parts that need not be all of their whole (其中)."""

    def __init__(
        self,
        clues: Sequence[Clue],
        vectors: Sequence[Vector],
        parents: Sequence[int | None] | None = None,
        within: Sequence[bool] | None = None,
    ) -> None:
        self.clues, self._vectors = clues, vectors
        self.parents: list[int | None] = list(parents or [None] * len(clues))
        self.within: list[bool] = list(within or [False] * len(clues))
        self._children: dict[int | None, list[int]] = {}
        for row, parent in enumerate(self.parents):
            self._children.setdefault(parent, []).append(row)
        self._worth: dict[int, Vector] = {}

    def __len__(self) -> int:
        return len(self.parents)

    def siblings(self, parent: int | None) -> list[int]:
        """The parts of a row that together are all of it, in order; those of None are the roots."""
        return [row for row in self._children.get(parent, ()) if not self.within[row]]

    def owned(self, parent: int | None) -> list[int]:
        """All parts of a row, 其中 included."""
        return self._children.get(parent, [])

    def prints(self, row: int) -> bool:
        """Whether a row has an amount of its own."""
        return bool(self._vectors[row].values)

    def worth(self, row: int) -> Vector:
        """The amounts of a row; of a grouping row that prints none, the sum of its parts."""
        if self._vectors[row].values:
            return self._vectors[row]
        if row not in self._worth:
            self._worth[row] = NOTHING  # a code that stands under itself ends here
            self._worth[row] = total_of(self.worth(part) for part in self.siblings(row))
        return self._worth[row]

    def weigh(self, whole: int, parts: Iterable[int]) -> Weight:
        """Compare what a row prints with the sum of some rows."""
        return weigh(self._vectors[whole], [self.worth(part) for part in parts])

    def adopt(self, whole: int, parts: Iterable[int], *, within: bool = False) -> None:
        """Put rows under another one."""
        moved = set(parts)
        for parent in {self.parents[part] for part in moved}:
            self._children[parent] = [row for row in self._children[parent] if row not in moved]
        for part in moved:
            self.parents[part], self.within[part] = whole, within
        self._children[whole] = sorted({*self._children.get(whole, ()), *moved})
        self._worth.clear()

    def put(self, row: int, parent: int | None) -> None:
        """Move one row under another, or to the top, as a part like the others."""
        if parent is None:
            self._children[self.parents[row]].remove(row)
            self.parents[row], self.within[row] = None, False
            self._children[None] = sorted([*self._children.get(None, ()), row])
            self._worth.clear()
        elif parent != self.parents[row]:
            self.adopt(parent, [row])

    def line_up(self, row: int) -> list[int]:
        """A row and those it stands under, from the outermost in."""
        line = [row]
        while (parent := self.parents[line[-1]]) is not None and parent not in line:
            line.append(parent)
        return line[::-1]
