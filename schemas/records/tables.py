"""Tables of cells, and the text beside them."""

from dataclasses import dataclass

from schemas.records.pages import Box
from schemas.records.vocabulary import Kind, Reader, Unit


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `text` is what is printed, lines joined without a break, '' where blank.

    `indent` is how far the first line of the text begins from the cell's left border, in points. `place` names the cell
    as its program does, in sources that have cells.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    page: int
    box: Box
    reader: Reader = "pdfium"
    confidence: float = 1.0
    indent: float = 0.0
    place: str | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside tables, or of the heading rows inside a table's frame."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Declared:
    """What a table's title and heading declare, and the form it was recognised as; None where nothing is said."""

    form: str | None = None
    title: str | None = None
    number: str | None = None
    kind: Kind | None = None
    department: str | None = None
    fiscal_year: int | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table stitched over its pages: `rows` by `cols` unit cells, `cells` in reading order with the blank ones.

    `heading` is the text that stands above it, nearest line last; `below` what follows it on its last page up to the
    next table. `ruled` is False where its grid was found from the alignment of words alone.
    """

    number: int
    pages: tuple[int, ...]
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    heading: tuple[TextLine, ...]
    below: tuple[TextLine, ...] = ()
    ruled: bool = True
    declared: Declared = Declared()
