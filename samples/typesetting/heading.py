"""The header of a table from the headings of its columns: equal neighbours become one spanning cell."""

from collections.abc import Iterator, Sequence

from samples.typesetting.cells import Cell, GridColumn

Path = tuple[str, ...]


def heading_cells(
    columns: Sequence[GridColumn], column_numbers: bool, *, stars: bool = False
) -> tuple[tuple[Cell, ...], int]:
    """Arrange the header's cells in so many rows; with `column_numbers` the last row is that of 栏次.

    With `stars` that row is `** ** 1 2 3`, else it begins with the word.
    """
    beside_numbers = column_numbers and not stars and any(column.part for column in columns)
    paths = [_path(column, with_part=stars or not column_numbers) for column in columns]
    depth = max(map(len, paths))
    cells = tuple(_spanning(paths, depth))
    if not column_numbers:
        return cells, depth
    numbers = _starred(columns, depth) if stars else _numbers(columns, depth, beside_numbers)
    return (*cells, *numbers), depth + 1


def _path(column: GridColumn, with_part: bool) -> Path:
    return (*column.column.heading, column.part) if column.part and with_part else column.column.heading


def _spanning(paths: Sequence[Path], depth: int) -> Iterator[Cell]:
    for row in range(depth):
        col = 0
        while col < len(paths):
            cols = _alike(paths, row, col)
            if row < len(paths[col]) and not (row and paths[col][row] == paths[col][row - 1]):
                yield Cell(row, col, "header", paths[col][row], _rows(paths[col], row, depth), cols, strong=True)
            col += cols


def _alike(paths: Sequence[Path], row: int, col: int) -> int:
    """How many columns from `col` on share the heading of `row` and all above it."""

    def heading(path: Path) -> tuple[Path, bool]:
        return path[: row + 1], len(path) > row + 1

    end = col + 1
    while end < len(paths) and heading(paths[end]) == heading(paths[col]):
        end += 1
    return end - col


def _rows(path: Path, row: int, depth: int) -> int:
    """Count the rows of a heading: down over its repetitions, and the last one to the header's end."""
    end = row + 1
    while end < len(path) and path[end] == path[row]:
        end += 1
    return (depth if end == len(path) else end) - row


def _starred(columns: Sequence[GridColumn], row: int) -> Iterator[Cell]:
    """Set a number under each amount and stars under all else."""
    count = 0
    for col, column in enumerate(columns):
        count += column.holds == "amount"
        yield Cell(row, col, "header", str(count) if column.holds == "amount" else "**")


def _numbers(columns: Sequence[GridColumn], row: int, beside: bool) -> Iterator[Cell]:
    """Set the row of 栏次: the word under each panel's labels, then a number for each amount.

    类, 款 and 项 stand in this row where codes have a column for each.
    """
    count = 0
    for col, column in enumerate(columns):
        if column.holds == "amount":
            count += 1
            yield Cell(row, col, "header", str(count))
        elif column.part or column.holds == "ordinal":
            yield Cell(row, col, "header", column.part)
        elif column.holds == "code":
            yield Cell(row, col, "header", "栏次", cols=2)
        elif column.holds != "label":
            yield Cell(row, col, "header")
        elif beside or not col or columns[col - 1].holds != "code":
            yield Cell(row, col, "header", "栏次")
