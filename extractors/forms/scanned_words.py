"""The words of a scanned table as the closed vocabularies spell them; forms and rows are told by them."""

import re
from dataclasses import replace

from extractors.forms.closed_words import ClosedWords, Near, row_and_column_words, title_words
from extractors.forms.heading import other_title, stripped_title, title_of
from schemas.records import OCR_READERS, Cell, Finding, Table, TextLine
from schemas.wording import plain, without_ordinal

WORDS = re.compile(r"[\u4e00-\u9fff]")
FIGURES = re.compile(r"[0-9]")
SURE = 0.97
"""A text with no less confidence in any character is read as it is printed, but for what left no trace."""
LOST_ORDINAL = re.compile(r"^[、.,，:：·'`]+(?=[\u4e00-\u9fff])")
"""What is left of 一、 when its one stroke is worn off."""
BARE_ORDINAL = re.compile("^[一二三四五六七八九十]{1,3}(?=[\u4e00-\u9fff]{2})")
UNIT_WITHOUT_COLON = re.compile(r"(?<=单位)[\s.·,;'`-]*(?=(?:亿|千|万)?元$)")
"""单位 万元: the two points of a colon are the first that wear off."""
SHORTEST_TITLE = 5
"""支出预算表; a line of fewer characters is none."""


def respelled(table: Table) -> tuple[Table, list[Finding]]:
    """A table with the labels and headings that were misread on a picture as they are printed on such forms.

    A text that is one of the known words stays as it is, as does one that is near none or several of them, and whatever
    begins or ends with a figure. Each change is a finding with its distance in characters. A table of a text layer
    stays as it is.
    """
    if not any(cell.reader in OCR_READERS for cell in table.cells):
        return table, []
    findings: list[Finding] = []
    cells = tuple(_cell(cell, table.number, findings) for cell in table.cells)
    heading = tuple(_title(_unit(line), table.number, findings) for line in table.heading)
    return replace(table, cells=cells, heading=heading), findings


def _cell(cell: Cell, table: int, findings: list[Finding]) -> Cell:
    if cell.reader not in OCR_READERS or not WORDS.search(cell.text):
        return cell
    text = LOST_ORDINAL.sub("", cell.text)
    label = without_ordinal(text)
    near = _near(label, row_and_column_words(), sure=cell.confidence >= SURE)
    if near is None:
        return replace(cell, text=text)
    findings.append(Finding("label_matched", _told(label, near), cell.page, table, cell.row, cell.col))
    return replace(cell, text=text.removesuffix(label) + near.word)


def _unit(line: TextLine) -> TextLine:
    return replace(line, text=UNIT_WITHOUT_COLON.sub("：", line.text))


def _title(line: TextLine, table: int, findings: list[Finding]) -> TextLine:
    """A heading's line as the title that it ends with, the department before it left as it is."""
    title = stripped_title(plain(line.text))
    if title_of(title) or other_title(title):
        return line
    for start in range(max(len(title) - SHORTEST_TITLE + 1, 0)):
        if near := _near(title[start:], title_words()):
            findings.append(Finding("label_matched", _told(title[start:], near), line.page, table))
            return replace(line, text=title[:start] + near.word)
    return line


def _near(text: str, known: ClosedWords, *, sure: bool = False) -> Near | None:
    """The word that a text was misread from; None where it is one itself, or begins or ends with a figure.

    A figure within is what is left of a stroke: 支1出.
    """
    within = WORDS.match(text[:1]) and WORDS.match(text[-1:])
    if text in known or (FIGURES.search(text) and not within):
        return None
    if (bare := BARE_ORDINAL.sub("", text)) != text and bare in known:
        return Near(bare, 1)  # 九、卫生健康支出 without its comma
    return known.nearest(text, sure=sure)


def _told(read: str, near: Near) -> str:
    return f"{read} → {near.word}, distance {near.distance}"
