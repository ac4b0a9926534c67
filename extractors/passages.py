"""The running text of a paper as passages: its paragraphs outside tables, each with the page it begins on."""

from collections.abc import Iterable, Sequence

from extractors.prose.lines import body_lines
from extractors.prose.paragraphs import paragraphs
from extractors.tables.layout import PageLayout
from schemas.records import Page, Passage


def passages(pages: Iterable[Page], layouts: Sequence[PageLayout]) -> tuple[Passage, ...]:
    """The paragraphs of a paper in reading order, those of cover and contents too."""
    tables = {layout.number: [table.box for table in layout.tables] for layout in layouts}
    return tuple(Passage(each.text, each.page_at(0)) for each in paragraphs(body_lines(pages, tables)))
