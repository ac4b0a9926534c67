"""Tables written as text, for tests of forms and items: `>` goes on with the cell on the left, `^` with that above."""

from schemas.records import Box, Cell, Table, TextLine


def drawn(picture: str, *heading: str, number: int = 1, page: int = 1) -> Table:
    """A ruled table from lines of cells parted by `|`."""
    grid = [[text.strip() for text in line.split("|")] for line in picture.strip().splitlines()]
    rows, cols = len(grid), max(map(len, grid))
    cells = [
        Cell(i + 1, j + 1, _span_down(grid, i, j), _span_right(grid, i, j), grid[i][j], page, Box(j, i, j + 1, i + 1))
        for i in range(rows)
        for j in range(len(grid[i]))
        if grid[i][j] not in (">", "^")
    ]
    lines = tuple(TextLine(text, page, Box(0, -1, 1, 0)) for text in heading)
    return Table(number, (page,), rows, cols, tuple(cells), lines)


def _span_right(grid: list[list[str]], i: int, j: int) -> int:
    end = j + 1
    while end < len(grid[i]) and grid[i][end] == ">":
        end += 1
    return end - j


def _span_down(grid: list[list[str]], i: int, j: int) -> int:
    end = i + 1
    while end < len(grid) and j < len(grid[end]) and grid[end][j] == "^":
        end += 1
    return end - i
