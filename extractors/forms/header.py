"""Which rows of a table are its header, and what each column's heading says."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors.forms.heading import department_in, of_government, title_of, unit_in
from extractors.forms.meaning import is_one_heading, meaning_of
from extractors.tables.grid import Grid
from schemas.records import OCR_READERS, Cell
from schemas.wording import has_ordinal, plain, without_ordinal

INDEX = re.compile(r"栏?(?:\d{1,2}|[A-Za-z])(?:=[\d+\-A-Za-z()]+)?栏?|栏次|行次")
"""What a row of column numbers (栏次) holds."""
_STARS = re.compile(r"[*＊※]+")
FIGURE = re.compile(r"[-(]?[\d,]*\d(?:\.\d+)?\)?%?|-+|无")
TOTALS = re.compile(r"(?:总|合|小)计|(?:本年|当年)?(?:收入|支出)(?:合|总|小)计")
_YEAR = re.compile(r"20\d{2}年?度?")
_BRACKETED_UNIT = re.compile(r"\((?:单位:)?(?:亿|千|万)?元\)")
SHORT, FEWEST_NUMBERS, MOSTLY = 3, 4, 0.6
"""A row of a picture numbers the columns where it has at least so many texts of so few characters, and this share of
them rises by one from cell to cell."""
HEADINGS = 2
"""A row with so many headings heads columns."""
STAGES = ("initial", "adjusted", "budget", "final", "executed")
"""What a heading over all columns can say of them: 预算数 on one page of a table, 决算数 on the next."""
DEEPEST = 8
"""No form has more rows of header."""


@dataclass(frozen=True, slots=True)
class Header:
    """Rows of a table that are no body: `framed` carry the title inside the frame, `rows` head the columns."""

    framed: tuple[int, ...]
    rows: tuple[int, ...]
    index_rows: tuple[int, ...]

    @property
    def body_from(self) -> int:
        """The first row that can be body."""
        return max((*self.framed, *self.rows, *self.index_rows), default=0) + 1


def find_header(grid: Grid) -> Header:
    """The header rows at the top of a table; a table that begins with its body has none."""
    framed = _framed(grid)
    rows: list[int] = []
    index_rows: list[int] = []
    for row in range(len(framed) + 1, min(grid.rows, len(framed) + DEEPEST) + 1):
        cells = grid.printed(row)
        if is_index_row(cells):
            index_rows.append(row)
        elif _is_body(cells, grid, row, rows):
            break
        else:
            rows.append(row)
    while rows and not grid.printed(rows[-1]) and not index_rows:
        rows.pop()
    return Header(framed, tuple(rows), tuple(index_rows))


def _framed(grid: Grid) -> tuple[int, ...]:
    """Leading rows within the frame that carry title, number, unit or department instead of headings."""
    framed: list[int] = []
    for row in range(1, min(grid.rows, DEEPEST) + 1):
        texts = [cell.text for cell in grid.printed(row)]
        if texts and not _is_caption(texts):
            break
        framed.append(row)
    while framed and not grid.printed(framed[-1]):
        framed.pop()
    return tuple(framed)


def _is_caption(texts: Sequence[str]) -> bool:
    """Whether a row says what the table is; 项目 | 预算数（万元） heads columns, whatever its unit."""
    if sum(map(is_heading, texts)) >= HEADINGS:
        return False
    return any(_is_title(plain(t)) or unit_in([t]) or department_in([t]) or _numbered(t) for t in texts)


def _is_title(text: str) -> bool:
    """Whether a text is a title; 市本级 alone in it is a department's where the paper names one."""
    return title_of(text) is not None or of_government(text)


def is_caption_row(grid: Grid, row: int) -> bool:
    """Whether a row is one cell over all columns that says what the table is: a title printed again on a later page."""
    printed = grid.printed(row)
    return len(printed) == 1 and printed[0].col_span == grid.cols > 1 and _is_caption([printed[0].text])


def _numbered(text: str) -> bool:
    return re.fullmatch(r"\(?(?:财决)?公开\d{1,2}(?:-\d+)?表\)?|附?表\d{1,2}", plain(text)) is not None


def is_index_row(cells: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: 栏次, or 1, 2, 3 … from left to right, stars above labels (** ** 1 2)."""
    texts = [text for cell in cells if not _STARS.fullmatch(text := plain(cell.text))]
    starred = len(texts) < len(cells)
    if any(text in ("栏次", "栏目") for text in texts):
        return True
    numbers = [int(t.strip("栏").split("=")[0]) for t in texts if re.fullmatch(r"栏?\d{1,2}(?:=[\d+\-()]+)?栏?", t)]
    rising = len(numbers) >= 2 - starred and all(b == a + 1 for a, b in pairwise(numbers))
    if rising and numbers[0] == 1 and all(INDEX.fullmatch(text) or is_heading(text) for text in texts):
        return True
    return _is_misread_index_row(cells)


def _is_misread_index_row(cells: Sequence[Cell]) -> bool:
    """Whether a row of a picture numbers the columns although some numbers were misread: most rise by one."""
    texts = [plain(cell.text) for cell in cells if cell.reader in OCR_READERS]
    short = [text for text in texts if len(text) <= SHORT]
    if len(short) < FEWEST_NUMBERS or len(cells) > len(short) + 1 or any(map(TOTALS.fullmatch, texts)):
        return False
    steps = Counter(int(text) - at for at, text in enumerate(short) if text.isdecimal())
    return bool(steps) and max(steps.values()) >= MOSTLY * len(short)


def _is_body(cells: Sequence[Cell], grid: Grid, row: int, header: Sequence[int]) -> bool:
    texts = [plain(cell.text) for cell in cells]
    if any(FIGURE.fullmatch(text) for text in texts):
        return True
    if not texts:
        return bool(header) and not _spanned_from_above(grid, row)
    if len(texts) == 1 and TOTALS.fullmatch(texts[0]) and header and not _spanned_from_above(grid, row):
        return True
    if all(is_heading(text) for text in texts):
        return False
    if any(has_ordinal(cell.text) and not is_heading(plain(cell.text)) for cell in cells):
        return True
    known = sum(is_heading(text) for text in texts)
    return bool(header) and known * 2 < len(texts) and _complete(grid, header)


def _spanned_from_above(grid: Grid, row: int) -> bool:
    return any((cell := grid.at(row, col)) and cell.row < row and cell.text for col in range(1, grid.cols + 1))


def _complete(grid: Grid, header: Sequence[int]) -> bool:
    """Whether every column already has a heading."""
    return all(column_path(grid, header, col) for col in range(1, grid.cols + 1))


def column_path(grid: Grid, header: Sequence[int], col: int) -> tuple[str, ...]:
    """The headings over a column from the top down, in plain text.

    What stands over all columns heads none of them, but for the year and the stage of the budget that they are all of.
    """
    own = (
        cell
        for cell in grid.column(col, header)
        if cell.col_span < grid.cols or grid.cols == 1 or _says_when(cell.text)
    )
    return tuple(text for cell in own if (text := plain(cell.text)))


def _says_when(text: str) -> bool:
    meaning = meaning_of(text)
    return meaning is not None and (bool(meaning.years) or meaning.says("year") or meaning.one("stage") in STAGES)


@lru_cache(maxsize=8192)
def heading_text(text: str) -> str:
    """A heading for comparison: plain, without ordinal, 其中, year and bracketed unit."""
    bare = _BRACKETED_UNIT.sub("", plain(without_ordinal(text)))
    return _YEAR.sub("", bare).strip(":,;")


def is_heading(text: str) -> bool:
    """Whether a text is nothing but words that one heading is made of."""
    return is_one_heading(text)
