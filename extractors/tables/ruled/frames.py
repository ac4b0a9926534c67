"""Several tables in one ruled frame: a sheet that prints one below the other without a gap.

Where rows of a single cell over all columns, a table's title among them, stand between amounts and a row of headings,
another table begins with them.
"""

from collections import Counter
from collections.abc import Sequence

from extractors.tables.cells import Sheaf, Unit, spans_of
from extractors.tables.lattice import Lattice
from extractors.tables.lines import is_figure, text_of
from extractors.tables.unruled.line_kinds import telling
from schemas.records import Word

HEADER = 4
"""Amounts follow a header within so many rows."""


def parted(lattice: Lattice, sheaf: Sheaf) -> list[tuple[Lattice, Sheaf]]:
    """The tables in one frame from top to bottom; the words outside are those of the whole."""
    starts = _starts(lattice, sheaf)
    if not starts:
        return [(lattice, sheaf)]
    ends = [*starts[1:], lattice.shape[0]]
    return [_rows(lattice, sheaf, top, low) for top, low in zip([0, *starts], [starts[0], *ends], strict=True)]


def _starts(lattice: Lattice, sheaf: Sheaf) -> list[int]:
    """The rows (from 0) with which a table begins below another."""
    spans = spans_of(lattice)
    begun = Counter(top for top, *_ in spans)
    if all(begun[row] != 1 for row in range(1, lattice.shape[0])):
        return []  # as in most tables: no row after the first is one cell
    texts: list[list[str]] = [[] for _ in range(lattice.shape[0])]
    for top, left, low, right in spans:
        units = [(i, j) for i in range(top, low + 1) for j in range(left, right + 1)]
        texts[top].append(text_of(word for unit in units for word in sheaf.inside.get(unit, ())))
    starts = []
    amounts = False
    for at, row in enumerate(texts):
        if amounts and _is_band(row):
            end = next((k for k in range(at, len(texts)) if not _is_band(texts[k])), len(texts))
            if any("表" in text for band in texts[at:end] for text in band) and _is_header(texts[end : end + HEADER]):
                starts.append(at)
                amounts = False
        amounts = amounts or _has_amount(row)
    return starts


def _is_band(row: Sequence[str]) -> bool:
    """Whether a row is one cell with text over all columns."""
    return len(row) == 1 and bool(row[0]) and not is_figure(row[0])


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows begin with headings: cells all printed, none a figure, and amounts below them."""
    if not rows or len(rows[0]) <= 1 or not all(text and not is_figure(text) for text in rows[0]):
        return False
    return any(_has_amount(row) for row in rows[1:])


def _has_amount(row: Sequence[str]) -> bool:
    return any(is_figure(text) and telling(text) for text in row)


def _rows(lattice: Lattice, sheaf: Sheaf, top: int, low: int) -> tuple[Lattice, Sheaf]:
    """Some rows as a table of their own, over the columns that they have."""
    walls = lattice.walls[top:low]
    kept = [j for j in range(len(lattice.xs)) if any(row[j] for row in walls)]
    columns = [max(k for k, j in enumerate(kept) if j <= col) for col in range(lattice.shape[1])]
    inside: dict[Unit, list[Word]] = {}
    for (row, col), words in sheaf.inside.items():
        if top <= row < low:
            inside.setdefault((row - top, columns[col]), []).extend(words)
    part = Lattice(
        tuple(lattice.xs[j] for j in kept),
        lattice.ys[top : low + 1],
        tuple(tuple(row[j] for j in kept) for row in walls),
        tuple(tuple(row[j] for j in kept[:-1]) for row in lattice.floors[top : low + 1]),
    )
    return part, Sheaf(inside, sheaf.outside)
