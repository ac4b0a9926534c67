"""The structure of a half's columns: which are parts of which, and that each row adds up so.

What can be a part of what is data (`schemas/identities/measures.yaml`). Where it can be several things, each way is a
hypothesis, and the form's own rows choose: the one that fewest rows refute, and of those the one that most rows bear
out by adding up two amounts or more. Where none holds in most rows, nothing is weighed by it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import NamedTuple

from checks.evaluation.judging import judged, not_applicable
from checks.paper import Half, Paper, Row
from checks.records import ZERO, Evaluated
from schemas.identities import Relation
from schemas.identities.measures import Dimension, PartMeasures, dimensions

MOST_WAYS = 256
BY_FUND = "fund"
UNSETTLED = "what its columns are parts of is not settled: most rows do not add up"


class Division(NamedTuple):
    """A whole and the columns that it is divided into, in full or (`at_most`) with others that are not printed."""

    whole: str
    parts: tuple[str, ...]
    relation: Relation = "equal"


class Tally(NamedTuple):
    """How many rows refute a division, hold, and hold as a sum of two amounts or more."""

    fails: int = 0
    holds: int = 0
    telling: int = 0

    @property
    def settled(self) -> bool:
        """Whether it is not refuted by most of several rows."""
        return self.fails < 2 or self.fails <= self.holds


def row_sums(paper: Paper, half: Half) -> Iterator[Evaluated]:
    """Weigh each row's wholes against their parts, by the structure that the rows bear out."""
    columns = _Columns(half)
    divided: dict[str, list[tuple[str, Division]]] = {}
    for name, division in columns.divisions():
        divided.setdefault(division.whole, []).append((name, division))
    for whole, ways in divided.items():
        for name, division in ways:
            check_id = f"{half.form}.row_{whole}"
            more = (name,) if len(ways) > 1 else ()
            if not columns.tally(division).settled:
                subject = ":".join((half.side or "", *more)).strip(":")
                yield not_applicable(paper, check_id, UNSETTLED, subject=subject)
                continue
            yield from _weighed(paper, half, name, division, more)


def _weighed(paper: Paper, half: Half, name: str, division: Division, more: tuple[str, ...]) -> Iterator[Evaluated]:
    whole: tuple[str, ...] = (division.whole,)
    left, right = whole, division.parts
    if division.relation == "at_most":
        left, right = right, left
    for row in half.rows:
        terms = [*(half.term(row, column, 1) for column in left), *(half.term(row, column, -1) for column in right)]
        family = (half.name, f"row_{division.whole}", name)
        subject = half.subject(row, *more)
        check_id = f"{half.form}.row_{division.whole}"
        yield from judged(paper, check_id, subject, terms, relation=division.relation, family=family)


@dataclass
class _Columns:
    """The columns of a half, and how its rows speak of each way to divide them."""

    half: Half
    _tallies: dict[Division, Tally] = field(default_factory=dict)

    def divisions(self) -> Iterator[tuple[str, Division]]:
        """Give the divisions of each dimension, named by it."""
        for dimension in dimensions():
            for division in self._chosen(dimension):
                yield dimension.dimension, division
        for division in self._by_fund():
            yield BY_FUND, division

    def tally(self, division: Division) -> Tally:
        """Count what the rows say of a division."""
        if division not in self._tallies:
            said = [each for row in self.half.rows if (each := self._said(division, row)) is not None]
            telling = sum(holds and several for holds, several in said)
            holds = sum(holds for holds, _ in said)
            self._tallies[division] = Tally(len(said) - holds, holds, telling)
        return self._tallies[division]

    def _said(self, division: Division, row: Row) -> tuple[bool, bool] | None:
        """Say whether a row holds and adds up several amounts; None where it prints none of them."""
        columns = (division.whole, *division.parts)
        if not any(column in row.amounts for column in columns):
            return None
        amounts = [row.amount(column) for column in division.parts]
        more = sum(amounts, ZERO) - row.amount(division.whole)
        off = sum((self.half.rounding((row,), column) for column in columns), ZERO)
        holds = more <= off and (division.relation == "at_most" or -more <= off)
        return holds, sum(amount != 0 for amount in amounts) > 1

    def _by_fund(self) -> Iterator[Division]:
        funds: dict[str, list[str]] = {}
        for column in self.half.columns:
            measure, _, fund = column.partition("@")
            if fund and measure in self.half.measures:
                funds.setdefault(measure, []).append(column)
        return (Division(measure, tuple(own)) for measure, own in funds.items())

    def _chosen(self, dimension: Dimension) -> Sequence[Division]:
        """Choose among all ways to put the printed columns under one another."""
        printed = self.half.measures
        groups = [
            (own, ways)
            for group in dimension.parts
            if printed.isdisjoint(group.unless)
            and (own := tuple(name for name in group.measures if name in printed))
            and (ways := _ways(group, printed))
        ]
        every = islice(product(*(ways for _, ways in groups)), MOST_WAYS)
        structures = [_divisions([(own, *way) for (own, _), way in zip(groups, each, strict=True)]) for each in every]
        best = min(structures, key=self._refuted)
        return [self._or_some(division) for division in best]

    def _refuted(self, structure: Iterable[Division]) -> tuple[int, int]:
        tallies = [self.tally(division) for division in structure]
        return sum(each.fails for each in tallies), -sum(each.telling for each in tallies)

    def _or_some(self, division: Division) -> Division:
        """Take the parts for some of many where they do not add up in most rows, and exceed the whole in none."""
        some = division._replace(relation="at_most")
        return division if self.tally(division).settled or self.tally(some).fails else some


def _ways(group: PartMeasures, printed: frozenset[str]) -> Sequence[tuple[str, Relation]]:
    """List what a group of columns can be parts of."""
    some: list[tuple[str, Relation]] = [(whole, "at_most") for whole in group.some_of if whole in printed]
    return [*some, *((whole, "equal") for whole in group.of if whole in printed)]


def _divisions(assigned: Iterable[tuple[tuple[str, ...], str, Relation]]) -> Sequence[Division]:
    """Gather the columns that were put under one whole; a mere 其中 stands apart from the parts that add up."""
    full: dict[str, tuple[str, ...]] = {}
    some: list[Division] = []
    for columns, whole, relation in assigned:
        if relation == "equal":
            full[whole] = (*full.get(whole, ()), *columns)
        else:
            some.append(Division(whole, columns, "at_most"))
    return [*(Division(whole, parts) for whole, parts in full.items()), *some]
