"""The rows of a table → the tree of what is part of what, chosen among hypotheses by the table's own figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from extractors.structure.adopting import adopt_by_figures, complete_some, leave_out, place_leaders, undo_chains
from extractors.structure.centring import without_centring
from extractors.structure.forest import Forest
from extractors.structure.labels import RowLabel, clue_of
from extractors.structure.outline import Outline, Reading, outlines
from extractors.structure.totals import place_totals
from extractors.structure.weighing import Weight, vectors_of

Relation = Literal["equal", "at_most"]


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and its parts, by their places among the rows (or columns) given, and how they compare.

    `solid` are the columns (or rows) where two or more non-zero parts add up to it, `thin` those where the only
    non-zero part equals it, `broken` those where they differ beyond rounding. Parts that are `at_most` their whole
    (其中) break it only where they exceed it.
    """

    whole: int
    parts: tuple[int, ...]
    relation: Relation
    solid: tuple[int, ...]
    thin: tuple[int, ...]
    broken: tuple[int, ...]


@dataclass(frozen=True)
class RowTree:
    """What is part of what among the rows of one list.

    `parents` gives each row's parent by its place, None at the top; `within` whether it is only some of its parent
    (其中). `sums` are all wholes with their parts. `rivals` are the rows whose parent is another one in a hypothesis
    that does as well: the figures do not settle them.
    """

    parents: tuple[int | None, ...]
    within: tuple[bool, ...]
    sums: tuple[Sum, ...]
    rivals: tuple[int, ...] = ()

    @cached_property
    def evidence(self) -> int:
        """How many equalities hold that are not trivial: two or more non-zero parts and their whole."""
        return sum(len(each.solid) for each in self.sums if each.relation == "equal")

    @cached_property
    def broken(self) -> tuple[tuple[int, int], ...]:
        """The row and the column of each sum that fails."""
        return tuple((each.whole, column) for each in self.sums for column in each.broken)

    @cached_property
    def leaves(self) -> tuple[bool, ...]:
        """Whether each row has no parts: the sum over leaves counts nothing twice."""
        wholes = {parent for parent in self.parents if parent is not None}
        return tuple(row not in wholes for row in range(len(self.parents)))

    def line_up(self, row: int) -> list[int]:
        """A row's parents from the outermost in, itself left out."""
        line: list[int] = []
        parent = self.parents[row]
        while parent is not None and parent not in line:
            line.append(parent)
            parent = self.parents[parent]
        return line[::-1]


def row_tree(rows: Sequence[RowLabel]) -> RowTree:
    """Read what is part of what from labels and amounts.

    `rows` are those of one list in the order they are printed, blank ones and notes left out; lists side by side are
    trees of their own. To set `parent_line` and `is_leaf` of a form's line items, make a `RowLabel` of each row that
    is numbered (its label with the ordinal, `Cell.indent` of the label's cell, its code, its organisation as `group`,
    its amounts by column as `Printed.value`), and map places to lines: `parents[i]` is the place of row i's parent.

    The strongest clue comes first: codes, ordinals with indentation, ordinals, indentation, none. Each reading is
    completed by what the figures show (a grouping row above its parts, the scope of each total, a part of the row
    before it), and that with the most equalities that hold over all columns, less those that fail, is taken. A single
    wrong figure breaks the sums above it and leaves the tree as it is.
    """
    clues = [clue_of(row) for row in without_centring(rows)]
    vectors = vectors_of([row.amounts for row in rows])
    grown: list[_Grown] = []
    for reading, outline in outlines(clues):
        for figures in ("", "sums", "chains"):
            forest = Forest(clues, vectors, outline.parents, outline.within)
            if (made := _grown(forest, reading, figures)) is not None:
                grown.append(made)
                if _beyond_doubt(made, outline):
                    return made.tree
    return _chosen(grown) if grown else RowTree((), (), ())


class _Grown(NamedTuple):
    """A completed hypothesis, and how many amounts it leaves beside its totals or puts aside for them to hold."""

    tree: RowTree
    beside: int

    @property
    def score(self) -> tuple[int, int]:
        thin = sum(len(each.thin) for each in self.tree.sums if each.relation == "equal")
        return self.tree.evidence - len(self.tree.broken) - self.beside, thin


def _beyond_doubt(grown: _Grown, outline: Outline) -> bool:
    """Whether the strongest clues left over account for all sums as they are; nothing else can do better."""
    tree = grown.tree
    tops = sum(parent is None for parent in tree.parents)
    return not tree.broken and tree.evidence > 0 and tops == 1 and tree.within == outline.within


def _chosen(grown: Sequence[_Grown]) -> RowTree:
    best = max(grown, key=lambda each: each.score)
    equals = [each.tree for each in grown if each.score == best.score]
    rivals = [
        row for row, parent in enumerate(best.tree.parents) if any(tree.parents[row] != parent for tree in equals)
    ]
    return replace(best.tree, rivals=tuple(rivals))


def _grown(forest: Forest, reading: Reading, figures: str) -> _Grown | None:
    """Complete what the labels say by what the figures show: `sums` of rows, and `chains` of levels with one part.

    None where the figures show no such thing.
    """
    complete_some(forest)
    if reading.codes:
        place_leaders(forest)
    adopted = adopt_by_figures(forest, chains=figures == "chains") if figures else []
    if figures and not adopted:
        return None
    place_totals(forest)
    if figures == "chains":
        undo_chains(forest, adopted)
    assumed = sum(leave_out(forest, whole) for whole in range(len(forest)) if forest.siblings(whole))
    tree = RowTree(tuple(forest.parents), tuple(forest.within), sums_of(forest))
    return _Grown(tree, assumed + _beside(forest))


def _beside(forest: Forest) -> int:
    """How many amounts no total accounts for, where there is one that has parts."""
    tops = forest.siblings(None)
    if not any(forest.clues[row].total and forest.owned(row) for row in tops):
        return 0
    return sum(
        bool(value) for row in tops if not forest.clues[row].total for value in forest.worth(row).values.values()
    )


def sums_of(forest: Forest) -> tuple[Sum, ...]:
    """Every row that prints amounts with its parts, and with those that are some of it."""
    sums: list[Sum] = []
    for whole in range(len(forest)):
        parts = forest.siblings(whole)
        some = [row for row in forest.owned(whole) if forest.within[row]]
        if parts:
            sums.append(summed(whole, parts, forest.weigh(whole, parts), "equal"))
        if some:
            weight = forest.weigh(whole, some)
            relation: Relation = "equal" if weight.holds and weight.solid else "at_most"
            sums.append(summed(whole, some, weight, relation))
    return tuple(sums)


def summed(whole: int, parts: Sequence[int], weight: Weight, relation: Relation) -> Sum:
    """A sum as it was weighed; 其中 fails only where the parts exceed the whole."""
    if relation == "equal":
        return Sum(whole, tuple(parts), relation, weight.solid, weight.thin, weight.broken)
    return Sum(whole, tuple(parts), relation, (), (), weight.excess)
