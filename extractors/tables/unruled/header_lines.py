"""Which of the lines above the first figures of a table are its headings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.tables.chunks import Chunk, TextRow
from extractors.tables.lattice import Line
from extractors.tables.unruled.headings import headings_in
from extractors.tables.unruled.line_kinds import begins_label, distance, holds_amount, numbers_columns
from extractors.tables.unruled.runs import PITCH

HEAD_LINES = 6
"""The most lines of text above the first figures that can be headings where no word of them is known."""
BOUNDED_LINES = 12
"""The most such lines below one that ends what stands above the table."""
BLANK_LINES = 40
"""The most lines of labels above the first figures."""
HEADINGS = 2
"""So many known headings make a header."""
LARGER = 1.15
"""A title is set so many times as large as the headings below it."""
_FIELD = re.compile(r"(?<!其中)[:：]")


@dataclass(frozen=True, slots=True)
class HeadingReader:
    """Reads headings: by what is known of their words, and by the rules between them."""

    known: Callable[[str], bool]
    across: Sequence[Line]

    def headings(self, rows: Sequence[TextRow]) -> list[Chunk]:
        """The headings that some lines print, from left to right."""
        return headings_in([word for row in rows for chunk in row for word in chunk.words], self.known, self.across)


def head_above(rows: Sequence[TextRow], start: int, floor: float, reader: HeadingReader) -> tuple[list[Chunk], int]:
    """The headings above the first figures at `start`, and the first line below them, which begins the rows.

    A line of fields (单位：万元) ends what stands above a table: all between it and the figures are headings.
    """
    top = start
    bounded = False
    while top and start - top < BLANK_LINES and distance(rows[top - 1], rows[top]) <= PITCH:
        bounded = _is_caption(rows[top - 1])
        if rows[top - 1][0].box.y0 <= floor or bounded:
            break
        top -= 1
    known = _known_lines(rows, top, start, reader)
    if known:
        first, end = known
        if bounded and first - top <= BOUNDED_LINES and not _is_title(rows[top], rows[first]):
            first = top
        return reader.headings([*rows[first:end], *_lowest_headings(rows, end, reader)]), end
    first = next((at for at in range(top, start) if holds_amount(rows[at])), start)
    first -= first > top and begins_label(rows, first - 1)
    if not bounded or first - top > BOUNDED_LINES:
        top = max(top, first - HEAD_LINES)
        while top < first and (len(rows[top]) < 2 or all(chunk.is_letter for chunk in rows[top])):
            top += 1
    return reader.headings(rows[top:first]), first


def _lowest_headings(rows: Sequence[TextRow], at: int, reader: HeadingReader) -> list[TextRow]:
    """What a line that numbers the columns prints of their headings: 类 款 项 栏次 1 2 3."""
    if at == len(rows) or not numbers_columns(rows[at]):
        return []
    lowest = [chunk for chunk in rows[at] if chunk.is_letter and reader.known(chunk.text)]
    return [lowest] if len(lowest) > 1 else []


def _known_lines(rows: Sequence[TextRow], top: int, start: int, reader: HeadingReader) -> tuple[int, int] | None:
    """The first line and the end of the lines that print known headings, none of which holds a figure."""
    lines = [row for row in rows[top:start] if not any(chunk.is_figure for chunk in row)]
    known = [heading for heading in reader.headings(lines) if reader.known(heading.text)]
    if len(known) < HEADINGS:
        return None
    words = {word for heading in known for word in heading.words}
    touched = [any(word in words for chunk in row for word in chunk.words) for row in rows[top:start]]
    first = touched.index(True)
    end = first
    while end < len(touched) and (touched[end] or any(touched[end : end + 2])):
        end += 1
    return top + first, top + end


def _is_title(row: TextRow, header: TextRow) -> bool:
    """Whether a line above a header is a title between it and the fields: alone, and larger than the headings."""
    return len(row) == 1 and row[0].box.height > LARGER * header[0].box.height


def _is_caption(row: TextRow) -> bool:
    """A line of fields (单位：万元) is no heading of columns."""
    return any(_FIELD.search(chunk.text) for chunk in row)
