"""Where totals belong: which rows each 合计, 小计 or 总计 is the sum of, those above it or those below."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.structure.forest import Forest
from extractors.structure.weighing import Weight

LEAST_LIKELY = -9
"""What no label speaks for; the figures must."""


class _Scope(NamedTuple):
    """Rows that a total may be the sum of, the row they stand under, and how likely that is if no figure tells."""

    parts: tuple[int, ...]
    under: int | None
    likely: int


def place_totals(forest: Forest) -> None:
    """Put under each total the rows that it sums, as the figures say, else as such totals are usually printed.

    Totals are taken from top to bottom, so that 总计 finds 本年合计 with its parts already under it; one that stands
    before everything else comes last.
    """
    totals = [row for row in range(len(forest)) if forest.clues[row].total]
    first = totals[0] if totals and _nothing_above(forest, totals[0]) else None
    weak = [row for row in range(len(forest)) if _may_be_total(forest, row)]
    for row in sorted({*totals, *weak} - {first}):
        pending = {total for total in totals if total > row} | ({first} if first is not None else set())
        _place(forest, row, pending)
    if first is not None:
        _place(forest, first, set())


def _nothing_above(forest: Forest, row: int) -> bool:
    return not any(forest.prints(above) for above in range(row))


def _may_be_total(forest: Forest, row: int) -> bool:
    """Whether a row at the top that has no parts may be a total although its label is no total's."""
    clue = forest.clues[row]
    alone = forest.parents[row] is None and not forest.owned(row)
    return alone and (clue.weak or (clue.ordinal is not None and clue.weak))


def _place(forest: Forest, total: int, pending: set[int]) -> None:
    scopes = [*_above(forest, total, pending), *_below(forest, total, pending), *_around(forest, total, pending)]
    open_scopes = [scope for scope in scopes if scope.parts and not _explained(forest, scope)]
    weighed = [(forest.weigh(total, scope.parts), scope) for scope in open_scopes]
    borne_out = [each for each in weighed if each[0].borne_out]
    if borne_out:
        _, chosen = max(borne_out, key=_score)
    elif weighed and forest.clues[total].total and not forest.weigh(total, forest.owned(total)).holds:
        _, chosen = max(weighed, key=lambda each: each[1].likely)
    else:
        return
    forest.adopt(total, chosen.parts)
    if chosen.under is not None and forest.parents[total] is None:
        forest.put(total, chosen.under)


def _explained(forest: Forest, scope: _Scope) -> bool:
    """Whether the rows have their whole already: a total below the parts of 一、本年支出 is not theirs alone."""
    return scope.under is not None and forest.weigh(scope.under, scope.parts).borne_out


def _score(weighed: tuple[Weight, _Scope]) -> tuple[int, int, int]:
    weight, scope = weighed
    return weight.score, len(weight.thin), scope.likely


def _above(forest: Forest, total: int, pending: set[int]) -> Iterator[_Scope]:
    """The rows above a total, at each level: all, those since the last total, those since ordinals began anew."""
    if not total or total - 1 in pending:
        return
    line = forest.line_up(total - 1)
    for depth in range(len(line)):
        under = line[depth - 1] if depth else None
        rows = [row for row in forest.siblings(under) if row < total and row not in pending]
        last = max((at for at, row in enumerate(rows) if forest.clues[row].total), default=-1)
        yield _Scope(tuple(rows), under, 9 - depth)
        yield _Scope(tuple(rows[last + 1 :]), under, 5 - depth)
        if last > 0:
            yield _Scope(tuple(rows[last:]), under, 4 - depth)
        if began := _began_anew(forest, rows):
            yield _Scope(tuple(rows[began:]), under, 3 - depth)
            yield _Scope(tuple(rows[:began]), under, 2 - depth)


def _around(forest: Forest, total: int, pending: set[int]) -> Iterator[_Scope]:
    """The rows since the last total and those below: 公用经费合计 between two lists is of both."""
    line = forest.line_up(total - 1) if 0 < total < len(forest) - 1 and not pending else []
    for depth in range(len(line)):
        under = line[depth - 1] if depth else None
        rows = [row for row in forest.siblings(under) if row != total]
        last = max((at for at, row in enumerate(rows) if row < total and forest.clues[row].total), default=-1)
        yield _Scope(tuple(rows[last + 1 :]), under, LEAST_LIKELY - depth)


def _began_anew(forest: Forest, rows: Sequence[int]) -> int:
    """Where ordinals begin with one again: two lists, one under the other."""
    seen: set[int] = set()
    for at, row in enumerate(rows):
        ordinal = forest.clues[row].ordinal
        if ordinal and ordinal.number == 1 and ordinal.rank in seen:
            return at
        if ordinal:
            seen.add(ordinal.rank)
    return 0


def _below(forest: Forest, total: int, pending: set[int]) -> Iterator[_Scope]:
    """The rows below a total, at each level: down to the next total, and to the end."""
    if total + 1 >= len(forest):
        return
    line = [row for row in forest.line_up(total + 1) if row != total]
    for depth, row in enumerate(line):
        if row <= total:
            continue
        under = line[depth - 1] if depth else None
        rows = [each for each in forest.siblings(under) if each > total]
        end = next((at for at, each in enumerate(rows) if forest.clues[each].total), len(rows))
        yield _Scope(tuple(rows[:end]), under, 1 - depth)
        if not pending:
            yield _Scope(tuple(rows), under, 6 - depth)
            groups = {forest.clues[each].group for each in rows}
            if len(groups) > 1 and None in groups:
                yield _Scope(tuple(r for r in rows if forest.clues[r].group is None), under, 0 - depth)
                yield _Scope(tuple(r for r in rows if forest.clues[r].group is not None), under, -1 - depth)
