"""Rows that no label puts under another, but the figures do: a grouping row above its parts, levels without clues."""

from collections.abc import Sequence

from extractors.structure.forest import Forest
from extractors.structure.labels import Clue
from extractors.structure.outline import STEP
from extractors.structure.weighing import INFORMATION, Vector, Weight, equal, information, total_of, within


def adopt_by_figures(forest: Forest) -> None:
    """Put under each row without parts the run of rows after it whose sum it is, from the last row to the first."""
    for parent in [None, *range(len(forest))]:
        following: list[int] = []
        for row in reversed(forest.siblings(parent)):
            run = _run(forest, row, following) if not forest.siblings(row) else 0
            if run:
                forest.adopt(row, following[-run:])
                del following[-run:]
            following.append(row)


def _run(forest: Forest, row: int, following: Sequence[int]) -> int:
    """How many of the rows that follow (the next one last) are the parts of a row; 0 where they are not."""
    head = forest.clues[row]
    if head.total or not forest.prints(row):
        return 0
    whole = forest.worth(row)
    left = dict(whole.values)
    before: Clue | None = None
    for count, part in enumerate(reversed(following), start=1):
        clue = forest.clues[part]
        if not _may_belong(head, before, clue):
            return 0
        for key, value in forest.worth(part).values.items():
            left[key] = left.get(key, 0) - value
        if _overdrawn(whole, left, count):
            return 0
        if count > 1 and _used_up(whole, left, count) and _shows(forest, row, following[-count:]):
            return count + _blank_after(forest, following[:-count], clue)
        before = clue
    return 0


def _may_belong(head: Clue, before: Clue | None, clue: Clue) -> bool:
    """Whether the labels allow a row to be a part: not where codes, ordinals or indentation say otherwise."""
    if clue.total or (head.code and clue.code) or (head.indent > clue.indent + STEP and not head.ordinal):
        return False
    if head.ordinal and clue.ordinal and clue.ordinal.rank <= head.ordinal.rank:
        if clue.ordinal.rank < head.ordinal.rank:
            return False
        return clue.ordinal.number == 1 if before is None else _next(before, clue)
    return True


def _next(before: Clue, clue: Clue) -> bool:
    first, second = before.ordinal, clue.ordinal
    return first is not None and second is not None and first.rank == second.rank and second.number == first.number + 1


def _overdrawn(whole: Vector, left: dict[int, int], count: int) -> bool:
    """Whether more was taken from a sum of positive amounts than it has."""
    return any(
        whole.values.get(key, 0) >= 0 and 2 * value < -(count + 1) * whole.slack.get(key, 1)
        for key, value in left.items()
    )


def _used_up(whole: Vector, left: dict[int, int], count: int) -> bool:
    return all(2 * abs(value) <= (count + 1) * whole.slack.get(key, 1) for key, value in left.items())


def _shows(forest: Forest, row: int, run: Sequence[int]) -> bool:
    """Whether the sum is one that no chance makes."""
    weight = forest.weigh(row, run)
    return weight.holds and information(forest.worth(row), weight) >= INFORMATION


def _blank_after(forest: Forest, following: Sequence[int], last: Clue) -> int:
    """How many rows without amounts go on with a run: the next ordinals, or the same indentation."""
    count = 0
    for row in reversed(following):
        clue = forest.clues[row]
        if any(forest.worth(row).values.values()) or clue.total or not (last.ordinal and _next(last, clue)):
            break
        last, count = clue, count + 1
    return count


def place_leaders(forest: Forest) -> None:
    """Put under each row without a code the rows with codes that follow it: an organisation above its functions.

    Such rows are taken from the last to the first, so that a department finds its organisations with theirs. The
    figures must bear it out, or the rows must name the same group.
    """
    for row in range(len(forest) - 2, -1, -1):
        if not _leads(forest, row):
            continue
        following = [each for each in forest.siblings(None) if each > row]
        end = next((at for at, each in enumerate(following) if not forest.clues[each].code), len(following))
        total = next((at for at, each in enumerate(following) if forest.clues[each].total), len(following))
        for parts in (following[:end], following[:total]):
            if parts and (forest.weigh(row, parts).borne_out or _of_one_group(forest, row, parts)):
                forest.adopt(row, parts)
                break


def _leads(forest: Forest, row: int) -> bool:
    clue, below = forest.clues[row], forest.clues[row + 1]
    free = forest.parents[row] is None and not forest.owned(row)
    return free and not clue.code and not clue.total and not below.total and (bool(below.code) or below.ordinal is None)


def _of_one_group(forest: Forest, row: int, parts: Sequence[int]) -> bool:
    group = forest.clues[row].group
    return group is not None and all(forest.clues[part].code and forest.clues[part].group == group for part in parts)


def leave_out(forest: Forest, whole: int) -> int:
    """Take out of a sum the part that is its whole excess: some of the part before it, or something beside the sum.

    教育收费 after 事业收入 is a part of it in one place and stands beside it in another. Tells how many amounts that
    part has: what an assumption costs that no label makes.
    """
    parts = forest.siblings(whole)
    weight = forest.weigh(whole, parts)
    if not weight.excess or len(weight.excess) < len(weight.broken):
        return 0
    odd = _odd_one(forest.worth(whole), weight, [forest.worth(part) for part in parts])
    if odd is None or forest.clues[parts[odd]].code:
        return 0
    before = parts[odd - 1]
    if within(forest.worth(parts[odd]), forest.worth(before)):
        forest.adopt(before, [parts[odd]], within=True)
        return sum(map(bool, forest.worth(parts[odd]).values.values()))
    forest.put(parts[odd], None)
    return 0


def _odd_one(whole: Vector, weight: Weight, parts: Sequence[Vector]) -> int | None:
    """Which part, the first left aside, is the whole difference of a sum in every column; None where several fit."""
    total = total_of(parts)
    keys = whole.values.keys() | total.values.keys()
    excess = Vector(
        {key: total.values.get(key, 0) - whole.values.get(key, 0) for key in keys},
        {key: total.slack.get(key, 0) + whole.slack.get(key, 0) for key in keys},
    )
    fitting = [at for at, part in enumerate(parts) if at and any(part.values.values()) and equal(part, excess)]
    below = [at for at in fitting if within(parts[at], parts[at - 1])]
    chosen = below or fitting
    return chosen[0] if len(chosen) == 1 and weight.excess else None
