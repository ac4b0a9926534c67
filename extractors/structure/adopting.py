"""Rows that no label puts under another, but the figures do: a grouping row above its parts, levels without clues."""

from collections.abc import Sequence

from extractors.structure.forest import Forest
from extractors.structure.labels import Clue
from extractors.structure.outline import STEP
from extractors.structure.weighing import INFORMATION, Vector, Weight, equal, information, total_of, within

LONGEST = 8
"""More parts than these do not go on after 其中 without a clue."""


def complete_some(forest: Forest) -> None:
    """Put with the parts that 其中 began the rows after them that make up what is left of their whole."""
    for whole in range(len(forest)):
        some = [row for row in forest.owned(whole) if forest.within[row]]
        if not some or forest.weigh(whole, some).holds:
            continue
        following = (
            [row for row in forest.siblings(forest.parents[some[-1] + 1]) if row > some[-1]]
            if (some[-1] + 1 < len(forest))
            else []
        )
        for count in range(1, min(len(following), LONGEST) + 1):
            clue = forest.clues[following[count - 1]]
            if clue.total or clue.code or clue.ordinal:
                break
            weight = forest.weigh(whole, [*some, *following[:count]])
            if weight.holds and weight.solid:
                forest.adopt(whole, following[:count], within=True)
                break


def adopt_by_figures(forest: Forest, *, chains: bool) -> list[int]:
    """Put under each row without parts the run of rows after it whose sum it is, from the last row to the first.

    With `chains` a run may be one row that prints the same: a level of just one part. Gives all that were adopted.
    """
    found: list[int] = []
    for parent in [None, *range(len(forest))]:
        following: list[int] = []
        for row in reversed(forest.siblings(parent)):
            run = _run(forest, row, following, chains=chains) if not forest.siblings(row) else 0
            if run:
                forest.adopt(row, following[-run:])
                found.extend(following[-run:])
                del following[-run:]
            following.append(row)
    return [*found, *_under_codes(forest, chains=chains)]


def _under_codes(forest: Forest, *, chains: bool) -> list[int]:
    """Put under a row with a code the rows without one that follow it at the top, where they are its sum."""
    found: list[int] = []
    next_coded = len(forest)
    for row in range(len(forest) - 1, -1, -1):
        if not forest.clues[row].code:
            continue
        run = [each for each in range(row + 1, next_coded) if forest.parents[each] is None]
        next_coded = row
        if not run or forest.owned(row) or any(forest.clues[each].total for each in run):
            continue
        if (weight := forest.weigh(row, run)).holds and (weight.solid or chains):
            forest.adopt(row, run)
            found.extend(run)
    return found


def undo_chains(forest: Forest, chains: Sequence[int]) -> None:
    """Put back beside its parent a row that prints the same by chance, where the sum above lacks just that row."""
    for part in chains:
        parent = forest.parents[part]
        whole = forest.parents[parent] if parent is not None else None
        if whole is None or forest.clues[part].code:
            continue
        parts = forest.siblings(whole)
        weight = forest.weigh(whole, parts)
        if weight.broken and not weight.excess and forest.weigh(whole, [*parts, part]).holds:
            forest.put(part, whole)


def _run(forest: Forest, row: int, following: Sequence[int], *, chains: bool) -> int:
    """How many of the rows that follow (the next one last) are the parts of a row; 0 where they are not."""
    head = forest.clues[row]
    if head.total or not forest.prints(row):
        return 0
    whole = forest.worth(row)
    if not any(whole.values.values()):
        return 0
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
        if not _used_up(whole, left, count):
            before = clue
            continue
        run = following[-count:]
        if (count == 1 and chains) or (count > 1 and (_shows(forest, row, run) or _mends(forest, row, run))):
            return count + _blank_after(forest, following[:-count], head, clue)
        before = clue
    return 0


def _may_belong(head: Clue, before: Clue | None, clue: Clue) -> bool:
    """Whether the labels allow a row to be a part: not where codes, ordinals or indentation say otherwise."""
    if clue.total or _same_codes(head, clue) or (head.indent > clue.indent + STEP and not head.ordinal):
        return False
    if head.ordinal and clue.ordinal and clue.ordinal.rank <= head.ordinal.rank:
        if clue.ordinal.rank < head.ordinal.rank:
            return False
        return clue.ordinal.number == 1 if before is None else _next(before, clue)
    return True


def _same_codes(head: Clue, clue: Clue) -> bool:
    """Whether two codes may be of one classification: an organisation's is longer than that of a function's class."""
    return head.code is not None and clue.code is not None and len(clue.code) >= len(head.code)


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


def _mends(forest: Forest, row: int, run: Sequence[int]) -> bool:
    """Whether the sum above a row fails with the run among its parts, and holds without it."""
    above = forest.parents[row]
    if above is None:
        return False
    parts = forest.siblings(above)
    rest = [part for part in parts if part not in run]
    return bool(forest.weigh(above, parts).broken) and forest.weigh(above, rest).holds


def _blank_after(forest: Forest, following: Sequence[int], head: Clue, last: Clue) -> int:
    """How many rows without amounts go on with a run: the next ordinals, or none as the row before had none."""
    count = 0
    for row in reversed(following):
        clue = forest.clues[row]
        alike = _next(last, clue) or (head.ordinal is not None and not last.ordinal and not clue.ordinal)
        if any(forest.worth(row).values.values()) or clue.total or not alike:
            break
        last, count = clue, count + 1
    return count


def place_leaders(forest: Forest) -> None:
    """Put under each row without a code the rows with codes that follow it: an organisation above its functions.

    Such rows are taken from the last to the first, so that a department finds its organisations with theirs. The
    figures must bear it out, or the rows must name the same group.
    """
    following: list[int] = []
    for row in reversed(forest.siblings(None)):
        if row + 1 < len(forest) and _leads(forest, row):
            parts = _led_by(forest, row, following)
            if parts and (forest.weigh(row, parts).borne_out or _of_one_group(forest, row, parts)):
                forest.adopt(row, parts)
                del following[-len(parts) :]
        following.append(row)


def _led_by(forest: Forest, row: int, following: Sequence[int]) -> list[int]:
    """The rows with codes after a row (the next one last in `following`), or else all rows down to the next total."""
    count = 0
    while count < len(following) and _led(forest.clues[row], forest.clues[following[-1 - count]]):
        count += 1
    if count:
        return list(following[-1 : -1 - count : -1])
    down = list(reversed(following))
    return down[: next((at for at, each in enumerate(down) if forest.clues[each].total), len(down))]


def _leads(forest: Forest, row: int) -> bool:
    clue, below = forest.clues[row], forest.clues[row + 1]
    free = forest.parents[row] is None and not forest.owned(row) and not clue.total and not clue.within
    unlike = _led(clue, below) or not (clue.code or below.code or below.ordinal)
    return free and unlike and not below.total


def _led(head: Clue, clue: Clue) -> bool:
    """Whether a row has a code that an organisation's row can stand above."""
    return clue.code is not None and not clue.total and (head.code is None or len(head.code) > len(clue.code))


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
    if odd is None or forest.clues[parts[odd]].code or _next(forest.clues[parts[odd - 1]], forest.clues[parts[odd]]):
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
