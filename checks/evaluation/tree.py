"""The tree of a half's rows: which row is a part of which, and that a row is the sum of its parts, in every column.

Codes say it of rows that have them; `parent_line`, as it was read from indentation, ordinals and 其中, of the others;
where nothing was read, the roles that the form fixes. A total is no parent here, see `totals`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from checks.codes import codes_named
from checks.evaluation.judging import judged, not_applicable
from checks.evaluation.levels import levels_unsettled, unsettled
from checks.paper import Half, Paper, Row, Unit
from checks.records import SOME, Evaluated
from checks.roles import GROUP_ROLES, TOTAL_ROLES
from schemas.identities import Relation

ROWS = "rows"
"""The family of what the rows of a half demand of one another: parts and totals bear one another out."""
PARTS = "parts"
SUMMED_BY_KNOWLEDGE = frozenset({"three_public"})
"""Forms whose totals say by their names alone what they add: 合计 of 三公 with or without meetings."""
PARTS_BY_NAME = SUMMED_BY_KNOWLEDGE | {"revenue_by_source"}
"""Forms whose rows say by their names alone what they are parts of: vehicles of 三公, 一般公共预算资金/小计."""


DIVIDED_IN_FULL = ("expenditure", "expenditure_by_economic", "expenditure_by_government_economic")
"""Halves whose rows are the functions or economic items of all that is spent."""


class Tree:
    """The parents and the parts of a half's rows, by line."""

    def __init__(self, half: Half) -> None:
        self.half = half
        self.parents = _parents(half)
        parts: dict[int, list[Row]] = defaultdict(list)
        for row in half.rows:
            if (parent := self.parents.get(row.line)) is not None:
                parts[parent].append(row)
        self.parts: Mapping[int, tuple[Row, ...]] = {line: tuple(rows) for line, rows in parts.items()}

    def tops(self, rows: Iterable[Row], totals: Iterable[Row]) -> list[Row]:
        """Keep the rows that no other row but a total has as a part."""
        no_parents = {None, *(row.line for row in totals)}
        groups = {line for line, role in self.half.role_of.items() if role in GROUP_ROLES}
        return [
            row
            for row in rows
            if row.line not in no_parents | groups and self.parents.get(row.line) in no_parents | groups
        ]


def parts(paper: Paper, half: Half, tree: Tree) -> Iterator[Evaluated]:
    """Weigh each row against its parts, in every column.

    Functions and economic items divide their 类 and 款 in full, and so do the roles that the catalogue says so of.
    Others may be a mere 其中: they prove by their sum, and refute only by exceeding the row above them.
    """
    for parent in half.rows:
        own = _summed(half, parent, tree.parts.get(parent.line, ()))
        if not own:
            continue
        relation: Relation = "equal" if _adds_up(paper, half, parent, own) else "at_most"
        if relation == "equal" and levels_unsettled(half, parent, own):
            yield not_applicable(paper, f"{half.form}.{PARTS}", unsettled(half), subject=half.subject(parent))
            continue
        for column in half.columns:
            terms = [*(half.term(row, column, 1) for row in own), half.term(parent, column, -1)]
            if relation == "equal":
                terms = [term._replace(sign=-term.sign) for term in (terms[-1], *terms[:-1])]
            subject = half.subject(parent, column)
            family = (half.name, ROWS if relation == "equal" else SOME)
            yield from judged(paper, f"{half.form}.{PARTS}", subject, terms, relation=relation, family=family)


def _summed(half: Half, parent: Row, own: Sequence[Row]) -> Sequence[Row]:
    """Leave out what `totals` weighs: the parts of a total, and of a unit all but the units under it."""
    if parent.heads_unit:
        return [row for row in own if row.heads_unit]
    return () if half.role_of.get(parent.line) in TOTAL_ROLES | GROUP_ROLES else own


def _adds_up(paper: Paper, half: Half, parent: Row, own: Sequence[Row]) -> bool:
    return _in_full(paper, half, parent, own) or half.adds_up(parent, own)


def _in_full(paper: Paper, half: Half, parent: Row, own: Sequence[Row]) -> bool:
    """Whether the parts are all there are.

    Functions and economic items are, by their codes or, where a half prints none, their names; and so are several of
    the rows that the catalogue sums in the place of the one above.
    """
    if all(row.code or codes_named(half.side, row.name, paper.fiscal_year) for row in own):
        return all(row.code for row in own) or half.side in DIVIDED_IN_FULL
    role = half.role_of.get(parent.line)
    known = [half.fixed.rows[name] for row in own if half.fixed and (name := half.role_of.get(row.line))]
    return role is not None and len(known) == len(own) > 1 and all(each.part_of == role for each in known)


def _parents(half: Half) -> dict[int, int]:
    known = half.form in PARTS_BY_NAME
    by_role = known or all(row.parent_line is None for row in half.rows)
    lines = {row.line for row in half.rows}
    coded = _Coded(half.rows)
    heads = {row.unit: row.line for row in reversed(half.rows) if row.heads_unit}
    found: dict[int, int] = {}
    for row in half.rows:
        parent = coded.parent(row) if row.code else None
        if parent is None and not known and row.parent_line in lines and row.parent_line != row.line:
            parent = row.parent_line
        if parent is None and not row.heads_unit:
            parent = heads.get(row.unit) if row.unit else None
        if parent is None and by_role and row.code is None:
            parent = _by_role(half, row)
        if parent is not None:
            found[row.line] = parent
    return found


class _Coded:
    """The rows with codes, for finding the row of the nearest code above one, within its unit."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._lines: dict[tuple[Unit | None, str], list[int]] = defaultdict(list)
        for row in rows:
            if row.code:
                self._lines[row.unit, row.code].append(row.line)

    def parent(self, row: Row) -> int | None:
        """Find the line of the parent: where its code is printed several times, the nearest one before the row."""
        code = row.code or ""
        for length in range(len(code) - 2, 2, -2):
            if lines := self._lines.get((row.unit, code[:length])):
                return lines[max(bisect_left(lines, row.line) - 1, 0)]
        return None


def _by_role(half: Half, row: Row) -> int | None:
    """Find the row that the catalogue says a row is a part of, where it is printed."""
    role = half.role_of.get(row.line)
    fixed = half.fixed.rows.get(role) if half.fixed and role else None
    above = (fixed.part_of or fixed.within) if fixed else None
    lines = [other.line for other in half.by_role.get(above, ())] if above else []
    before = [line for line in lines if line < row.line]
    return before[-1] if before else next(iter(lines), None)
