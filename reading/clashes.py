"""Two cells or two amounts at one place: a damaged file can give them, and no dataset can hold them.

Nobody can say which of them is right. What stands there is lost, at most a table, and the rest of the paper is read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from schemas.dataset import dataset
from schemas.records import Finding, LineItem, Table

CODE = "place_taken_twice"


def tables_told_apart(tables: Iterable[Table]) -> tuple[list[Table], list[Finding]]:
    """The tables that have one cell at a place, and a finding for each of the others."""
    kept: list[Table] = []
    found: list[Finding] = []
    for table in tables:
        places = Counter((cell.row, cell.col) for cell in table.cells)
        twice = [place for place, count in places.items() if count > 1]
        if twice:
            row, col = min(twice)
            found.append(Finding(CODE, f"{len(twice)} cells", table.pages[0], table.number, row, col))
        else:
            kept.append(table)
    return kept, found


def items_told_apart(items: Sequence[LineItem]) -> tuple[tuple[LineItem, ...], list[Finding]]:
    """The amounts without those of tables that give two for one key of the dataset, and a finding for each such table.

    The amounts of both tables are left out: one of them claims what is the other's.
    """
    key = dataset().tables["line_items"].key
    places = Counter(tuple(getattr(item, name) for name in key) for item in items)
    twice = [item for item in items if places[tuple(getattr(item, name) for name in key)] > 1]
    tables = {item.table_no for item in twice}
    found = {
        item.table_no: Finding(
            CODE, f"{item.form}/{item.line}/{item.measure}", item.page, item.table_no, item.row, item.col
        )
        for item in reversed(twice)
    }
    return tuple(item for item in items if not twice or item.table_no not in tables), [*found.values()]
