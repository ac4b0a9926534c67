"""The objects of an OFD page: characters of its texts, and its paths as what was drawn (GB/T 33190, 9 and 11)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from extractors.packages import attribute, child, children, local
from extractors.pages.ofd.geometry import Matrix, numbers
from extractors.pages.rules import Colour, Drawn
from schemas.records import Box, Glyph

ASCENT, DESCENT = 0.86, 0.14
"""How far a character reaches above and below its baseline, in sizes."""
BLACK: Colour = (0, 0, 0, 255)
LONGEST_RUN = 20_000
"""`g 5 3` stands for five times 3: no text has more characters."""
TURNED = 0.02
"""Text at a steeper slope than this is a watermark or a seal."""
MOST_POINTS = 200_000


class Placed(NamedTuple):
    """A picture on a page: its resource, and the matrix from the unit square (from its top left) to points."""

    resource: str
    matrix: Matrix

    @property
    def box(self) -> Box:
        """The part of the page that it covers."""
        return _around([self.matrix.of(x, y) for x in (0, 1) for y in (0, 1)])


_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")


def _objects(source: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The objects of a kind, those within blocks too; what is not visible is left out."""
    for own in source.iter(f"{{*}}{kind}"):
        if attribute(own, "Visible") != "false" and attribute(own, "Alpha") != "0":
            yield own


def _placed(element: etree._Element, page: Matrix) -> Matrix | None:
    """From an object's own places to points of the page; None for one without a boundary."""
    boundary = numbers(attribute(element, "Boundary") or "")
    if len(boundary) != 4:
        return None
    own = numbers(attribute(element, "CTM") or "")
    matrix = Matrix(*own) if len(own) == 6 else Matrix()
    return matrix.within(Matrix(e=boundary[0], f=boundary[1])).within(page)


def texts_of(source: etree._Element, page: Matrix) -> Iterator[list[Glyph]]:
    """The characters of each run of text, level ones alone."""
    for element in _objects(source, "TextObject"):
        matrix = _placed(element, page)
        size = numbers(attribute(element, "Size") or "")
        if matrix is None or not size or abs(matrix.b) > TURNED * abs(matrix.a) or matrix.a <= 0:
            continue
        x = y = 0.0
        for code in children(element, "TextCode"):
            x = (numbers(attribute(code, "X") or "") or [x])[0]
            y = (numbers(attribute(code, "Y") or "") or [y])[0]
            yield list(_glyphs(code, x, y, size[0], matrix))


def _glyphs(code: etree._Element, x: float, y: float, size: float, matrix: Matrix) -> Iterator[Glyph]:
    steps = _steps(attribute(code, "DeltaX") or "")
    falls = _steps(attribute(code, "DeltaY") or "")
    for at, character in enumerate((code.text or "").strip("\r\n")[:LONGEST_RUN]):
        natural = size if unicodedata.east_asian_width(character) in "WFA" else size / 2
        step = steps[at] if at < len(steps) else natural
        left, base = matrix.of(x, y)
        right, _ = matrix.of(x + (min(step, natural) if step > 0 else natural), y)
        height = size * abs(matrix.d)
        yield Glyph(character, left, base - ASCENT * height, right, base + DESCENT * height)
        x += step
        y += falls[at] if at < len(falls) else 0.0


def _steps(text: str) -> list[float]:
    """The distances from one character to the next; `g 14 3.175` is fourteen times the same."""
    found: list[float] = []
    words = text.split()
    at = 0
    while at < len(words) and len(found) < LONGEST_RUN:
        if words[at] == "g" and at + 2 < len(words) and words[at + 1].isdecimal():
            found += [(numbers(words[at + 2]) or [0.0])[0]] * min(int(words[at + 1]), LONGEST_RUN)
            at += 3
        else:
            found += numbers(words[at])[:1]
            at += 1
    return found


def pictures_of(source: etree._Element, page: Matrix) -> Iterator[Placed]:
    """The pictures of a page in the order of painting; one without a matrix of its own fills its boundary."""
    for element in _objects(source, "ImageObject"):
        matrix = _placed(element, page)
        boundary = numbers(attribute(element, "Boundary") or "")
        if matrix is None:
            continue
        if len(numbers(attribute(element, "CTM") or "")) != 6:
            matrix = Matrix(boundary[2], 0, 0, boundary[3]).within(matrix)
        yield Placed(attribute(element, "ResourceID") or "", matrix)


def paths_of(source: etree._Element, page: Matrix) -> Iterator[Drawn]:
    """What the paths draw: each straight stroke, and the outline or the area of each closed shape."""
    for element in _objects(source, "PathObject"):
        matrix = _placed(element, page)
        data = child(element, "AbbreviatedData")
        if matrix is None or data is None:
            continue
        filled = attribute(element, "Fill") == "true"
        stroked = attribute(element, "Stroke") != "false"
        for points in _subpaths(data.text or ""):
            placed = [matrix.of(x, y) for x, y in points]
            if filled:
                yield Drawn(_around(placed), _colour(element, "FillColor"), outline=False)
            if stroked:
                colour = _colour(element, "StrokeColor")
                yield from (Drawn(_around(pair), colour, outline=True) for pair in pairwise(placed))


def _subpaths(text: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each sub-path: M begins one, L goes on straight, C closes it; curves only count by their ends."""
    points: list[tuple[float, float]] = []
    count = 0
    for letter, rest in _STEP.findall(text):
        count += 1
        if count > MOST_POINTS:
            break
        if letter == "C":
            if points:
                points.append(points[0])
            continue
        places = numbers(rest)
        if len(places) < 2:
            continue
        if letter in "MS":
            if len(points) > 1:
                yield points
            points = []
        points.append((places[-2], places[-1]))
    if len(points) > 1:
        yield points


def _around(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _colour(element: etree._Element, name: str) -> Colour:
    """Red, green, blue and alpha; black where nothing is said. Pale ones, as of watermarks, cannot be seen."""
    own = next((part for part in element if local(part) == name), None)
    if own is None:
        return BLACK
    parts = [int(part) for part in numbers(attribute(own, "Value") or "")]
    alpha = (numbers(attribute(own, "Alpha") or "") or [255.0])[0]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2], int(alpha)
    grey = parts[0] if len(parts) == 1 else 0
    return grey, grey, grey, int(alpha)
