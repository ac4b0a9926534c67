"""Pages as they are read: words, rules and glyphs with their boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas.records.vocabulary import Reader


class Box(NamedTuple):
    """A rectangle in points, origin top left, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Points across."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points down."""
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        """The middle, across."""
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        """The middle, down."""
        return (self.y0 + self.y1) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies within, edges included."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @classmethod
    def around(cls, boxes: "Sequence[Box]") -> "Box":
        """The smallest box that holds all of `boxes`, of which there is at least one."""
        return cls(
            min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
        )


class Glyph(NamedTuple):
    """One printed character with its box; what a reader gives before words are made. Flat: a paper has many."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


class Word(NamedTuple):
    """Characters printed as one run, never over a rule."""

    text: str
    box: Box
    confidence: float = 1.0


class Rule(NamedTuple):
    """A visible straight line: horizontal where y0 == y1, else vertical with x0 == x1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether it runs across."""
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page as a reader saw it; `needs_ocr` is the reason why its text layer must not be used, or None.

    `shows_pictures` tells that a text layer's page has pictures beside its words, such as a chart.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    reader: Reader
    needs_ocr: str | None = None
    shows_pictures: bool = False
