"""Halves that two tables of a paper lay claim to: one of them bears the last line of another form's title."""

from collections.abc import Iterable, Iterator

from checks.evaluation.totals import is_total
from checks.paper import Half, Paper

LabelOfTable = tuple[object, ...]


def doubled_halves(papers: Iterable[Paper]) -> frozenset[tuple[str, str]]:
    """Name, by department and half, those in which two tables print one code or one total for the same unit."""
    return frozenset(
        (paper.department, half.name)
        for paper in papers
        for half in paper.halves.values()
        if len(labels := list(_labels(half))) > len({label for label, _ in labels})
    )


def _labels(half: Half) -> Iterator[tuple[LabelOfTable, object]]:
    """Give each code, with the government's beside it, and the total, once for each table that prints it."""
    seen: set[tuple[LabelOfTable, object]] = set()
    for row in half.rows:
        item = next(iter(row.amounts.values()))
        if row.code or is_total(half, row):
            label = (row.unit, row.code, item.government_code)
            if (label, item.table_no) not in seen:
                seen.add((label, item.table_no))
                yield label, item.table_no
