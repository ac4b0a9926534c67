"""Pages as lists of marks: text and rules in points from the top left of the upright page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from samples.layout import Layout
from samples.typesetting.lettering import BASELINE, width
from schemas.records import Box

SHEET_SIZES = {"A4": (595.28, 841.89), "A3": (841.89, 1190.55)}
"""Width and height of the upright sheet."""
SIDE_MARGIN = 48.0
TOP_MARGIN = 56.0
FOOT_MARGIN = 52.0
FRAME_INSET = 16.0
FRAME_THICKNESS = 0.75

Orientation = Literal["portrait", "landscape"]
WatermarkStyle = Literal["none", "diagonal", "level", "repeated"]
BLACK, WHITE = 0.0, 1.0
WATERMARK = "预算公开 2024-0315"
WATERMARK_GREY = 0.85
FOOTERS = {"none": "", "plain": "{}", "dashes": "- {} -", "of_all": "第{}页，共{}页"}


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text from `x` on its `baseline`; turned to the left by `angle` degrees round that point."""

    text: str
    x: float
    baseline: float
    size: float
    strong: bool = False
    angle: float = 0.0
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A straight rule, drawn as a stroke or (`filled`) as a rectangle. `grey` is 0 for black, 1 for white."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    filled: bool = False
    grey: float = BLACK


@dataclass(slots=True)
class Sheet:
    """A page under composition; `number` counts from 1, `y` is how far down it is filled."""

    number: int
    width: float
    height: float
    rotate: int
    marks: list[Text | Bar] = field(default_factory=list)
    y: float = TOP_MARGIN

    @property
    def room(self) -> float:
        """The height that is left above the bottom margin."""
        return self.height - FOOT_MARGIN - self.y

    @property
    def whole_room(self) -> float:
        """The height between the margins."""
        return self.height - FOOT_MARGIN - TOP_MARGIN

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - 2 * SIDE_MARGIN

    @property
    def orientation(self) -> Orientation:
        """Whether the upright page is wider than high."""
        return "landscape" if self.width > self.height else "portrait"

    def inset(self, by: float) -> Box:
        """Give the page's box without `by` points on each side."""
        return Box(by, by, self.width - by, self.height - by)

    def write(self, text: str, x: float, middle: float, size: float, *, strong: bool = False) -> None:
        """Print a line of text whose height is centred on `middle`."""
        if text.strip():
            self.marks.append(Text(text, x, middle + BASELINE * size, size, strong))

    def write_centred(self, text: str, centre: float, middle: float, size: float, *, strong: bool = False) -> None:
        """Print a line of text whose middle is at `centre`."""
        self.write(text, centre - width(text, size) / 2, middle, size, strong=strong)

    def write_right(self, text: str, right: float, middle: float, size: float) -> None:
        """Print a line of text that ends at `right`."""
        self.write(text, right - width(text, size), middle, size)


class Stack:
    """The sheets of a paper, to which pages are added at the end."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sheets: list[Sheet] = []

    @property
    def last(self) -> Sheet:
        """The page that is being filled."""
        return self.sheets[-1]

    def _blank(self, orientation: Orientation) -> Sheet:
        short, long = SHEET_SIZES[self.layout.sheet]
        size = (short, long) if orientation == "portrait" else (long, short)
        quarter = self.layout.rotate in (90, 270)
        rotate = 0 if quarter and orientation == "portrait" else self.layout.rotate
        return Sheet(len(self.sheets) + 1, *size, rotate)

    def text_width(self, orientation: Orientation) -> float:
        """Give the width between the margins of a page."""
        return self._blank(orientation).text_width

    def new(self, orientation: Orientation) -> Sheet:
        """Begin a page; only landscape pages are stored turned by a quarter, as print drivers do."""
        self.sheets.append(self._blank(orientation))
        return self.last

    def finished(self) -> Sequence[Sheet]:
        """All pages, with what each of them carries: its number, and the frame where the layout has one."""
        for sheet in self.sheets:
            footer = FOOTERS[self.layout.page_numbers].format(sheet.number, len(self.sheets))
            sheet.write_centred(footer, sheet.width / 2, sheet.height - FOOT_MARGIN / 2, 9)
            sheet.marks[:0] = watermarks(sheet, self.layout.watermark)
            if self.layout.page_frame:
                sheet.marks.extend(framing(sheet.inset(FRAME_INSET)))
        return self.sheets


def watermarks(sheet: Sheet, style: WatermarkStyle) -> list[Text]:
    """Give the watermark of a page: light, with digits in it; once across the page, once level, or all over it."""
    if style == "none":
        return []
    if style == "diagonal":
        return [_watermark(sheet.width * 0.2, sheet.height * 0.75, 40.0, 45.0)]
    if style == "level":
        return [_watermark(sheet.width * 0.3, sheet.height * 0.5, 40.0, 0.0)]
    across, down = (range(40, int(length), step) for length, step in ((sheet.width, 190), (sheet.height, 140)))
    return [_watermark(x, y, 14.0, 30.0) for x in across for y in down]


def _watermark(x: float, y: float, size: float, angle: float) -> Text:
    return Text(WATERMARK, x, y, size, angle=angle, grey=WATERMARK_GREY)


def framing(box: Box) -> list[Bar]:
    """Draw the four strokes of a frame."""
    corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1), (box.x0, box.y0)]
    return [Bar(*here, *there, FRAME_THICKNESS) for here, there in pairwise(corners)]
