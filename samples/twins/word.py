"""A paper as a DOCX document: tables with merged cells, titles as paragraphs, a page break before each part."""

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from samples.layout import Layout
from samples.paper import Cover, Paper, PrintedTable, Prose
from samples.twins.habits import PLAIN, SIGNED, Habits, marked
from samples.twins.headings import HeadingRow, heading_rows
from samples.twins.parting import parts_of
from samples.typesetting.cells import Align, Cell, Grid
from samples.typesetting.grid import grid_of

ALIGNS: dict[Align, WD_ALIGN_PARAGRAPH] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_document(paper: Paper, layout: Layout, path: Path, habits: Habits = PLAIN) -> None:
    """Write `paper` as a Word document."""
    word = Document()
    for number, block in enumerate(paper.blocks):
        if number and habits.breaks:
            word.add_page_break()
        match block:
            case Cover():
                for line in block.lines:
                    _paragraph(word, line, "centre", 26)
            case Prose():
                _paragraph(word, block.title, "centre", 16)
                for text in block.paragraphs:
                    _paragraph(word, "　　" + text.removeprefix("#").strip(), "left", 12)
            case PrintedTable():
                _table(word, block, layout, habits)
    word.save(str(path))


def _paragraph(word: Word, text: str, align: Align, size: float) -> None:
    _set(word.add_paragraph(), text, align, size)


def _set(paragraph: Paragraph, text: str, align: Align, size: float) -> None:
    paragraph.add_run(text).font.size = Pt(size)
    paragraph.alignment = ALIGNS[align]


def _table(word: Word, table: PrintedTable, layout: Layout, habits: Habits) -> None:
    heading = heading_rows(table, layout)
    for texts in () if habits.titles_inside else heading:
        align = texts[0][1] if len(texts) == 1 else "left"
        text = texts[0][0] if len(texts) == 1 else "\t".join(text for text, _ in texts)
        _paragraph(word, text, align, 16 if align == "centre" else 10)
    for at, part in enumerate(parts_of(grid_of(table, layout), habits)):
        if at:
            _paragraph(word, "", "left", 9)
        _rows(word, part, heading if habits.titles_inside and not at else [], habits)
    if habits.signed:
        _paragraph(word, "\t".join(SIGNED), "left", 9)
    for note in table.notes:
        _paragraph(word, note, "left", 9)


def _rows(word: Word, grid: Grid, inside: Sequence[HeadingRow], habits: Habits) -> None:
    """A table of the grid's cells, the heading `inside` it as its first rows."""
    made = word.add_table(len(inside) + grid.rows, len(grid.columns))
    made.style = "Table Grid" if habits.borders else "Normal Table"
    whole = [row.cells for row in made.rows]
    for own, texts in zip(whole, inside, strict=False):
        merged = own[0].merge(own[-1])
        _set(merged.paragraphs[0], "\t".join(text for text, _ in texts), texts[0][1], 10)
    rows = whole[len(inside) :]
    for cell in grid.cells:
        at = rows[cell.row][cell.col]
        if cell.rows > 1 or cell.cols > 1:
            at = at.merge(rows[cell.row + cell.rows - 1][cell.col + cell.cols - 1])
        _fill(at.paragraphs[0], cell, habits)


def _fill(paragraph: Paragraph, cell: Cell, habits: Habits) -> None:
    bare = cell.text.lstrip("　")
    blanks = len(cell.text) - len(bare) if habits.indents == "setting" else 0
    _set(paragraph, bare if blanks else cell.text, cell.align, 9)
    if bare and marked(habits, cell.row, cell.kind):
        paragraph.add_run("1").font.superscript = True
    if cell.shift or blanks:
        paragraph.paragraph_format.left_indent = Pt(9 * (cell.shift + blanks))
