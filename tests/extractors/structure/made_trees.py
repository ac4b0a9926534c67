"""Trees drawn at random with their amounts, written as the labels that papers print: codes, ordinals, indentation."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.structure.labels import RowLabel

NUMERALS = "一二三四五六七八九"
COLUMNS = 3


@dataclass(frozen=True)
class Made:
    """Labels with their amounts, and the parent of each."""

    rows: tuple[RowLabel, ...]
    parents: tuple[int | None, ...]


@dataclass
class Node:
    """A row: its place in the tree, one number for each level, and its amounts by column."""

    path: tuple[int, ...]
    amounts: list[int]
    children: "list[Node]"


def tree(draw: random.Random, depth: int = 3) -> list[Node]:
    """Two to four tops with parts down to `depth` levels; a row with parts has two or more."""
    return [_node(draw, (at,), depth) for at in range(1, draw.randint(2, 4) + 1)]


def _node(draw: random.Random, path: tuple[int, ...], depth: int) -> Node:
    count = draw.choice([0, 2, 3, 4]) if len(path) < depth else 0
    children = [_node(draw, (*path, at), depth) for at in range(1, count + 1)]
    amounts = [sum(child.amounts[at] for child in children) for at in range(1, COLUMNS)]
    if not children:
        amounts = [draw.choice([0, draw.randint(1_000, 99_999_999)]) for _ in range(1, COLUMNS)]
        amounts[0] = amounts[0] or draw.randint(1_000, 99_999_999)
    return Node(path, [sum(amounts), *amounts], children)


def written(tops: list[Node], label: Callable[[tuple[int, ...]], RowLabel], total: str = "first") -> Made:
    """The rows of a tree from the top down, with the total before, after or on both sides."""
    rows: list[RowLabel] = []
    parents: list[int | None] = []
    whole = RowLabel("合计", amounts=_printed([sum(top.amounts[at] for top in tops) for at in range(COLUMNS)]))
    if total in ("first", "both"):
        rows, parents = [whole], [None]
    outer = 0 if rows else None
    for top in tops:
        _write(top, outer, label, rows, parents)
    if total in ("last", "both"):
        last = len(rows)
        parents = [last if parent == outer and at != outer else parent for at, parent in enumerate(parents)]
        rows.append(whole)
        parents.append(outer)
    return Made(tuple(rows), tuple(parents))


def _write(
    node: Node,
    parent: int | None,
    label: Callable[[tuple[int, ...]], RowLabel],
    rows: list[RowLabel],
    parents: list[int | None],
) -> None:
    rows.append(replace(label(node.path), amounts=_printed(node.amounts)))
    parents.append(parent)
    own = len(rows) - 1
    for child in node.children:
        _write(child, own, label, rows, parents)


def _printed(amounts: list[int]) -> dict[int, Decimal]:
    return {at: Decimal(value).scaleb(-2) for at, value in enumerate(amounts, start=2) if value}


def by_codes(path: tuple[int, ...]) -> RowLabel:
    """201, 20103, 2010301."""
    return RowLabel("支出", code=f"20{path[0]}" + "".join(f"{number:02}" for number in path[1:]), indent=5)


def by_indentation(path: tuple[int, ...]) -> RowLabel:
    """Each level further to the right."""
    return RowLabel("支出", indent=2 + 9 * (len(path) - 1))


def by_ordinals(path: tuple[int, ...]) -> RowLabel:
    """一、 （一） 1."""
    styles = (f"{NUMERALS[path[-1] - 1]}、", f"（{NUMERALS[path[-1] - 1]}）", f"{path[-1]}.")
    return RowLabel(f"{styles[len(path) - 1]}支出", indent=5)


def by_ordinals_and_indentation(path: tuple[int, ...]) -> RowLabel:
    """一、 above what has no ordinal and stands further to the right."""
    ordinal = f"{NUMERALS[path[0] - 1]}、" if len(path) == 1 else ""
    return RowLabel(f"{ordinal}支出", indent=5 + 10 * (len(path) - 1))


def by_nothing(path: tuple[int, ...]) -> RowLabel:
    """No clue but the figures."""
    return RowLabel(f"支出{path[-1]}", indent=40.0)
