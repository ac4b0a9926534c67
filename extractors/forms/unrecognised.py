"""Tables that look like a form and are none that is known: what to teach next, for whoever maintains the titles."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.forms.header import is_index_row
from extractors.forms.heading import of_government, other_title, stripped_title
from extractors.tables.grid import Grid
from extractors.tables.lines import is_figure
from schemas.records import Finding, Table
from schemas.wording import plain

FORM_WORDS = re.compile(
    "收支|收入|支出|三公|政府性基金|国有资本|财政拨款|一般公共预算|财政专户|基本支出|项目支出|政府采购|机关运行|预算|决算"
)
"""What the titles of forms speak of; a title of other words alone is no budget's."""
SENTENCE = re.compile("[。;,!?、]|见附?表")
LONGEST_TITLE = 60
NEAREST_LINES = 8
"""A title stands among so many lines above its table; what is further up belongs to the text."""
TITLE_ROWS = 3
"""A title within the frame is alone in one of the first rows."""

_BY_WHAT = re.compile(r"\(按[^()]+\)$")
"""What a title's rows are, after its 表: (按功能分类科目)."""
_LENGTHS_OF_CODES = frozenset({1, 2, 3, 5, 7})


def unrecognised(table: Table) -> Finding | None:
    """What is lost with a table that is no form but has a form's title: `"{title}: {n} amounts"`; None for any other.

    Titles of known tables that are no form and of a whole government's books are passed over, and so is a table without
    any amount, such as a list of contents.
    """
    grid = Grid(table)
    title = next(filter(_is_form_like, _titles(table, grid)), None)
    amounts = _amounts(grid) if title else 0
    if title is None or not amounts:
        return None
    return Finding("unrecognised_table", f"{stripped_title(title)}: {amounts} amounts", table.pages[0], table.number)


def unread_continuation(before: Table, table: Table) -> Finding | None:
    """What is lost with a table that is no form and seems to go on from the form `before` it, over the page.

    It begins the next page with nothing above it, has as many columns, or as many rows beside the form's, and prints
    amounts. The finding is the form's: of what was not read whole nobody can say what it should add up to.
    """
    follows = table.number == before.number + 1 and table.pages[0] == before.pages[-1] + 1
    alike = table.cols == before.cols or (table.ruled and before.ruled and table.rows == before.rows)
    grid = Grid(table)
    if not follows or not alike or any(_titles(table, grid)) or not (amounts := _amounts(grid)):
        return None
    return Finding("continuation_unread", f"{amounts} amounts", table.pages[0], before.number)


def _titles(table: Table, grid: Grid) -> Iterator[str]:
    """The lines that can be the table's title, the nearest first."""
    for row in range(1, min(grid.rows, TITLE_ROWS) + 1):
        printed = grid.printed(row)
        if len(printed) == 1 and not is_figure(plain(printed[0].text)):
            yield plain(printed[0].text)
    yield from (plain(line.text) for line in reversed(table.heading[-NEAREST_LINES:]))


def _is_form_like(line: str) -> bool:
    bare = _BY_WHAT.sub("", stripped_title(line))
    if not bare.endswith("表") or len(bare) > LONGEST_TITLE or SENTENCE.search(bare) or not FORM_WORDS.search(bare):
        return False
    return other_title(line) is None and not of_government(line)


def _amounts(grid: Grid) -> int:
    return sum(_amounts_in(list(column)) for column in _columns(grid))


def _columns(grid: Grid) -> Iterator[Iterable[str]]:
    """The figures of each column, those of a cell that spans several in the first of them alone."""
    rows = [row for row in range(1, grid.rows + 1) if not is_index_row(grid.printed(row))]
    for col in range(1, grid.cols + 1):
        texts = (plain(cell.text) for cell in grid.column(col, rows) if cell.col == col)
        yield (text for text in texts if is_figure(text))


def _amounts_in(figures: Sequence[str]) -> int:
    """How many figures of a column are money: none where all can be codes, ordinals or the numbers of columns."""
    bare = all(figure.isdecimal() for figure in figures)
    if bare and {len(figure) for figure in figures} <= _LENGTHS_OF_CODES:
        return 0
    return len(figures)
