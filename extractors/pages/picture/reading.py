"""A page's picture → its words and rules in points: cell by cell within the rules, by detection outside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.pages.picture.cells import (
    MOST_LINES,
    Pixels,
    bands_of,
    cells_of,
    columns_of,
    line_height,
    lines_in_band,
    text_lines,
    with_its_sides,
)
from extractors.pages.picture.detector import detected
from extractors.pages.picture.edges import with_cut_figures, without_holes
from extractors.pages.picture.figures import NEARLY_FIGURE, digits_of, is_figure, mended
from extractors.pages.picture.ink import WHITE
from extractors.pages.picture.pen import read_without_marks, stroke_of
from extractors.pages.picture.preparing import PagePicture
from extractors.pages.picture.raster import Grey
from extractors.pages.picture.recogniser import Recognised, recogniser
from extractors.pages.picture.second_look import looked_at_again
from extractors.pages.picture.stems import with_fours
from schemas.records import Box, Page, Rule, Word

MARGIN = 0.3
"""Paper that the recogniser sees round a line, as a share of the line's height."""
INSIDE = 0.4
"""A detected box is cut at a rule that crosses so much of its height."""
FLAT = 0.22
"""A mark alone in its cell that is no higher than this share of a line, and longer than high, is a dash."""
LONGEST_DASH = 2.0
"""Where no cell tells, a mark of more heights of a line is left of a rule or an underline."""
DEEPEST = 2.0
"""The percentile of a line's grey levels that is its print's ..."""
FAINTER = 0.6
"""... and the share of the usual depth under which it is no print, where a fainter ink was taken out of the page."""

DASH = Recognised("-", 1.0)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of text on a picture, in cells and outside them, but for the `dashes` that stand alone in a cell.

    `usual` is the height of a line in pixels.
    """

    text: tuple[Pixels, ...]
    dashes: tuple[Pixels, ...]
    usual: float


def page_of(picture: PagePicture, threads: int = 1) -> Page:
    """The page as RapidOCR's models read it: upright and level, lengths in points of the PDF."""
    found = lines_on(picture, threads)
    readings = recogniser(threads).read([cut_out(picture.clean, line) for line in found.text])
    figures = _figures_again(picture, found.text, readings, threads)
    figures = looked_at_again(picture, found.text, figures, recogniser(threads).read, cut_out)
    shown = [cut_out(picture.clean, line) for line in found.text]
    stroke = stroke_of(picture.letters, found.text)
    figures = read_without_marks(shown, figures, stroke, recogniser(threads).read)
    if picture.bilevel:
        figures = with_fours(picture.letters, found.text, figures)
    figures = with_cut_figures(picture, found.text, figures)
    read = [*zip(found.text, figures, strict=True), *((dash, DASH) for dash in found.dashes)]
    height, width = picture.clean.shape
    return Page(
        number=picture.number,
        width=width / picture.scale,
        height=height / picture.scale,
        words=tuple(_word(line, own, found.usual, picture.scale) for line, own in read if own.text.strip()),
        rules=tuple(_rules(picture)),
        reader="rapidocr",
    )


def _figures_again(
    picture: PagePicture, lines: Sequence[Pixels], readings: Sequence[Recognised], threads: int
) -> list[Recognised]:
    """The readings, those that are nearly figures read again from the plain picture: 1,707 93 has lost its point.

    Another reading is taken where it is a figure of the same digits.
    """
    torn = [at for at, read in enumerate(readings) if NEARLY_FIGURE.fullmatch(read.text) and not is_figure(read.text)]
    again = recogniser(threads).read([cut_out(picture.plain, lines[at]) for at in torn])
    better = {
        at: other
        for at, other in zip(torn, again, strict=True)
        if is_figure(other.text) and digits_of(other.text) == digits_of(readings[at].text)
    }
    return [better.get(at, read) for at, read in enumerate(readings)]


def lines_on(picture: PagePicture, threads: int = 1, *, outside_cells: bool = True) -> Lines:
    """The lines of text on a page, none of them over a rule; a blank cell is known to be blank by its ink.

    What stands outside of cells is looked for by the detector, which takes its time: it can be left out.
    """
    height, width = picture.clean.shape
    cells = cells_of(picture.ruling, (height, width), picture.point)
    bands = bands_of(picture.ruling, picture.point)
    usual = line_height(picture.letters, (*cells, *bands), picture.point)
    own = {cell: text_lines(picture.letters, cell, usual, picture.point) for cell in cells}
    own |= {band: lines_in_band(picture.letters, band, usual, picture.point) for band in bands}
    within = {cell: lines for cell, lines in own.items() if len(lines) <= MOST_LINES}
    taken = [with_its_sides(cell, width, picture.point) if cell in bands else cell for cell in within]
    outside = list(_outside(picture, taken, threads)) if outside_cells else []
    alone = [lines[0] for cell in cells if len(lines := within.get(cell, [])) == 1]
    open_ones = [*(line for band in bands for line in within.get(band, [])), *outside]
    short = [line for line in open_ones if line.width <= LONGEST_DASH * usual]
    dashes = tuple(line for line in (*alone, *short) if _is_dash(line, usual))
    text = [line for line in (*(line for lines in within.values() for line in lines), *outside) if line not in dashes]
    return Lines(tuple(_printed(picture, text) if picture.lifted else text), dashes, usual)


def _printed(picture: PagePicture, lines: Sequence[Pixels]) -> list[Pixels]:
    """The lines but for those that are all fainter than print: what is left of a stamp's or the back's thin strokes."""
    depths = [WHITE - float(np.percentile(picture.level[y0:y1, x0:x1], DEEPEST)) for x0, y0, x1, y1 in lines]
    least = FAINTER * float(np.median(depths)) if depths else 0.0
    return [line for line, depth in zip(lines, depths, strict=True) if depth >= least]


def _outside(picture: PagePicture, cells: Iterable[Pixels], threads: int) -> Iterator[Pixels]:
    """Detected boxes outside of cells, cut at rules that run down through them and at gaps, trimmed to their ink."""
    rest = without_holes(picture.clean, picture.point)
    for cell in cells:
        rest[cell.y0 : cell.y1, cell.x0 : cell.x1] = WHITE
    boxes = detected(rest, picture.point, threads)
    for part in (part for box in boxes for part in _cut(box, picture)):
        yield from columns_of(picture.letters, part)


def _cut(box: Pixels, picture: PagePicture) -> list[Pixels]:
    stops = sorted(
        round(rule.at)
        for rule in picture.ruling.down
        if box.x0 < rule.at < box.x1 and min(rule.high, box.y1) - max(rule.low, box.y0) >= INSIDE * box.height
    )
    return [Pixels(left, box.y0, right, box.y1) for left, right in pairwise([box.x0, *stops, box.x1]) if right > left]


def cut_out(clean: Grey, line: Pixels) -> Grey:
    """A line's picture with a margin of its own page's paper."""
    margin = max(2, round(MARGIN * line.height))
    x0, y0 = max(0, line.x0 - margin), max(0, line.y0 - margin)
    return clean[y0 : line.y1 + margin, x0 : line.x1 + margin]


def _is_dash(line: Pixels, usual: float) -> bool:
    """Whether a mark is a dash by its shape: the recogniser takes it for 一."""
    return line.height <= FLAT * usual and line.width > line.height


def _word(line: Pixels, read: Recognised, usual: float, scale: float) -> Word:
    """A line as a word; a dash gets the height of a line, by which words are sorted into lines."""
    short = (usual - line.height) / 2 if line.height < usual / 2 else 0.0
    box = Box(line.x0 / scale, (line.y0 - short) / scale, line.x1 / scale, (line.y1 + short) / scale)
    return Word(mended(read.text), box, round(read.confidence, 4))


def _rules(picture: PagePicture) -> Iterator[Rule]:
    by = 1 / picture.scale
    for rule in picture.ruling.across:
        yield Rule(rule.low * by, rule.at * by, rule.high * by, rule.at * by)
    for rule in picture.ruling.down:
        yield Rule(rule.at * by, rule.low * by, rule.at * by, rule.high * by)
