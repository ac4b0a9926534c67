"""What the totals of a half add up: the rows above them or below, the total before them, the units.

Papers print a total first or last, several of them one after the other, each with or without those before it, and
grouping rows above their parts. Each total takes the sum that all its columns bear out; where none does, the likeliest.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from checks.evaluation.judging import judged, not_applicable
from checks.evaluation.levels import levels_unsettled, unsettled
from checks.evaluation.tree import ROWS, SUMMED_BY_KNOWLEDGE, Tree
from checks.paper import Half, Paper, Row
from checks.records import Evaluated
from checks.roles import TOTAL_ROLES
from schemas.wording import plain, without_ordinal

Sum = tuple[Row, ...]
TOTAL_NAMES = frozenset({"合计", "总计", "小计", "本年合计"})
TOTAL_ITEMS = frozenset({"year_total", "grand_total", "total", "subtotal"})
FREE_WORDS = frozenset({"project_expenditure", "government_procurement"})
"""Forms whose rows bear names of their own, one under the other: only sums that hold say what is part of what."""
LEAST_GROUP = 2
"""So many parts show that the first of several rows groups the others."""


def totals(paper: Paper, half: Half, tree: Tree) -> Iterator[Evaluated]:
    """Weigh the totals of the department's own rows and of each unit's, and the department against its units."""
    if half.form in SUMMED_BY_KNOWLEDGE:
        return
    if len(half.units) < LEAST_GROUP and not _heads_beside_totals(half):
        yield from _running(paper, half, tree, half.rows, "total")
        return
    own = [row for row in half.rows if row.unit is None]
    yield from _running(paper, half, tree, own, "total")
    tops: list[Row] = []
    for unit in half.units:
        rows = [row for row in half.rows if row.unit == unit]
        yield from _running(paper, half, tree, rows, "organisation_total")
        heads = [row for row in rows if row.heads_unit]
        tops += heads or tree.tops(rows, ())
    yield from _of_units(paper, half, tree, [row for row in own if is_total(half, row)], tops)
    if not own and len(half.total_rows) == 1:
        yield from _weighed(paper, half, tops[0], tops[1:], "organisations")


def labels_of_units(paper: Paper, half: Half) -> Iterator[Evaluated]:
    """Weigh each label that the department and its units print: the department's is the sum of the units'."""
    own = {row.label: row for row in half.rows if row.unit is None}
    for label, row in own.items():
        theirs = [other for other in half.rows if other.unit is not None and other.label == label]
        if theirs and len(half.units) > 1:
            way = _chosen(half, row, [tuple(theirs), tuple(theirs)[:1]])
            yield from _weighed(paper, half, row, way, "organisations")
            if len(way) == 1 < len(theirs):
                yield from _weighed(paper, half, way[0], theirs[1:], "organisations")


def is_total(half: Half, row: Row) -> bool:
    """Whether a row adds up others of its half: by its role, its word in the dataset, its name, or as its unit's."""
    if row.code is not None:
        return False
    role, name = half.role_of.get(row.line), plain(without_ordinal(row.name))
    return row.heads_unit or role in TOTAL_ROLES | {"department"} or row.item in TOTAL_ITEMS or name in TOTAL_NAMES


def _heads_beside_totals(half: Half) -> bool:
    """Whether a half of one unit has a total of its own beside the unit's row."""
    return any(row.heads_unit for row in half.rows) and any(
        row.unit is None and is_total(half, row) for row in half.rows
    )


def _running(paper: Paper, half: Half, tree: Tree, rows: Sequence[Row], kind: str) -> Iterator[Evaluated]:
    """Weigh each total of some rows that stand one below the other."""
    sums = [row for row in rows if is_total(half, row)]
    under = {row.line for row in sums} & set(tree.parents.values())
    tops = [row for row in tree.tops(rows, sums) if tree.parents.get(row.line) not in under]
    for number, total in enumerate(sums):
        before = sums[number - 1] if number else None
        own = tuple(row for row in rows if tree.parents.get(row.line) == total.line and not row.heads_unit)
        choice = own or _chosen(half, total, list(_ways(total, before, tops, sums)))
        if not choice or not (tops or own):
            continue
        if own and not half.adds_up(total, own):
            choice = _chosen(half, total, [own, *_ways(total, before, tops, sums)])
        if not half.adds_up(total, choice) and (why := _unsettled(half, choice)):
            yield not_applicable(paper, f"{half.form}.{kind}", why, subject=half.subject(total))
        else:
            yield from _weighed(paper, half, total, choice, kind)


def _unsettled(half: Half, rows: Sequence[Row]) -> str | None:
    """Say why a sum that fails says nothing: a row among those with codes that nobody knows, or rows of free words."""
    if half.form in FREE_WORDS:
        return unsettled(half)
    if half.side or not half.by_code:
        return None
    known = (row.code or is_total(half, row) or row.blank or row.item for row in rows)
    unknown = next((row for row, is_known in zip(rows, known, strict=True) if not is_known), None)
    return f"what {unknown.name} is in {half.name} is not known" if unknown else None


def _ways(total: Row, before: Row | None, tops: Sequence[Row], sums: Sequence[Row]) -> Iterator[Sum]:
    """Give what a total may add up, the likeliest first."""
    above = tuple(row for row in tops if row.line < total.line)
    since = tuple(row for row in above if before is None or row.line > before.line)
    below = tuple(row for row in tops if row.line > total.line)
    until = next((other.line for other in sums if other.line > total.line), None)
    next_below = tuple(takewhile(lambda row: until is None or row.line < until, below))
    if before is not None:
        yield (before, *since)
    for rows in (since, above) if above else (next_below, below):
        yield rows
        yield rows[:1]
    yield (*above, *below)
    yield next_below
    yield (*above, *below)[:1]


def _chosen(half: Half, total: Row, ways: Sequence[Sum]) -> Sum:
    """Take the first sum that holds in every column, of rows that a first one groups that alone; 0 says nothing."""
    likeliest = next(filter(None, ways), ())
    if total.blank:
        return likeliest
    return next(
        (way for way in ways if way and _is_whole(half, way, ways) and half.adds_up(total, way)),
        likeliest,
    )


def _is_whole(half: Half, way: Sum, ways: Iterable[Sum]) -> bool:
    """Whether a sum leaves nothing out: the first row alone stands for the rows after it only where it is their sum."""
    longer = [other for other in ways if len(other) > 1 and other[0] == way[0]]
    if len(way) > 1 or not longer:
        return True
    return half.adds_up(way[0], max(longer, key=len)[1:])


def _of_units(paper: Paper, half: Half, tree: Tree, sums: Sequence[Row], tops: Sequence[Row]) -> Iterator[Evaluated]:
    """Weigh the department's totals against the units; one that heads the others stands for them."""
    under_none = tree.tops(tops, sums)
    for total in sums:
        ways = [tuple(under_none), tuple(under_none)[:1], tuple(tops)]
        if choice := _chosen(half, total, ways):
            yield from _weighed(paper, half, total, choice, "organisations")
            if len(choice) == 1 < len(under_none):
                yield from _weighed(paper, half, choice[0], under_none[1:], "organisations")


def _weighed(paper: Paper, half: Half, total: Row, rows: Sequence[Row], kind: str) -> Iterator[Evaluated]:
    if levels_unsettled(half, total, rows):
        yield not_applicable(paper, f"{half.form}.{kind}", unsettled(half), subject=half.subject(total))
        return
    for column in half.columns:
        terms = [half.term(total, column, 1), *(half.term(row, column, -1) for row in rows)]
        subject = half.subject(total, column)
        yield from judged(paper, f"{half.form}.{kind}", subject, terms, family=(half.name, ROWS))
