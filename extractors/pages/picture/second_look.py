"""Lines that were read with doubt are looked at again: stretched to black, with more paper, unwiped, smaller.

What a rule's wiping took of a letter is still there before it; pale strokes come out when a line's own ink is
stretched to black; and the model sees print at another scale as other print. The surest reading is taken. A figure is
marked as doubtful where another look was nearly as sure of other digits, so that nothing is proven by it alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.figures import digits_of, is_figure
from extractors.pages.picture.ink import WHITE
from extractors.pages.picture.preparing import PagePicture
from extractors.pages.picture.raster import Grey
from extractors.pages.picture.recogniser import Recognised

LOOKED = 0.93
"""A line whose least sure character is surer was hardly ever misread."""
FIGURES = 2
"""A text with so many digits is a figure, or was to be one."""
DARKEST, PAPER = 1.0, 90.0
"""Percentiles of a line's grey levels that are stretched to black and to white."""
MARGIN = 0.4
"""Paper added round a line, as a share of its height."""
SMALLER = 0.7
"""The share of its size at which a line is seen smaller."""
RIVAL = 0.8
"""A look that is so sure of other digits leaves a figure in doubt ..."""
DOUBTED = 0.5
"""... with this confidence."""

Read = Callable[[Sequence[Grey]], list[Recognised]]
CutOut = Callable[[Grey, Pixels], Grey]


def looked_at_again(
    picture: PagePicture, lines: Sequence[Pixels], readings: Sequence[Recognised], read: Read, cut_out: CutOut
) -> list[Recognised]:
    """The readings of `lines`, those in doubt as the surest of several looks has them.

    `read` reads pictures of lines, `cut_out` cuts one from a page's picture.
    """
    asked = [at for at, reading in enumerate(readings) if is_doubtful(reading)]
    looks = [list(_looks(picture, lines[at], cut_out)) for at in asked]
    seen = iter(read([look for own in looks for look in own]))
    better = {at: surest(readings[at], [next(seen) for _ in own]) for at, own in zip(asked, looks, strict=True)}
    return [better.get(at, reading) for at, reading in enumerate(readings)]


def is_doubtful(reading: Recognised) -> bool:
    """Whether a reading is unsure, or nearly a figure and none."""
    figure = len(digits_of(reading.text)) >= FIGURES
    return bool(reading.text) and (reading.confidence < LOOKED or (figure and not is_figure(reading.text)))


def surest(first: Recognised, others: Sequence[Recognised]) -> Recognised:
    """The reading that a line's looks are surest of, all together; a figure before what is none where it was to be one.

    It is in doubt where a look is sure of other digits.
    """
    every = [first, *others]
    figures = [each for each in every if is_figure(each.text)]
    asked = figures if figures and 2 * len(digits_of(first.text)) > len(first.text) else every
    votes: dict[str, float] = defaultdict(float)
    for each in asked:
        votes[_bare(each)] += each.confidence
    best = max(asked, key=lambda each: (votes[_bare(each)], each.confidence))
    rivals = (each for each in every if each.confidence >= RIVAL and digits_of(each.text) != digits_of(best.text))
    if len(digits_of(best.text)) >= FIGURES and any(rivals):
        return replace(best, confidence=min(best.confidence, DOUBTED))
    return best


def _bare(reading: Recognised) -> str:
    return reading.text.replace(" ", "")


def _looks(picture: PagePicture, line: Pixels, cut_out: CutOut) -> Iterator[Grey]:
    clean, whole = cut_out(picture.clean, line), cut_out(picture.level, line)
    yield stretched(clean)
    yield _with_more_paper(clean)
    yield stretched(whole)
    yield cv2.resize(clean, None, fx=SMALLER, fy=SMALLER, interpolation=cv2.INTER_AREA)


def stretched(line: Grey) -> Grey:
    """The line with its own ink black and its own paper white."""
    low, high = np.percentile(line, (DARKEST, PAPER))
    levels = (line.astype(np.float32) - low) * (WHITE / max(float(high - low), 1.0))
    strong: Grey = np.clip(levels, 0, WHITE).astype(np.uint8)
    return strong


def _with_more_paper(line: Grey) -> Grey:
    margin = max(2, round(MARGIN * len(line)))
    framed: Grey = cv2.copyMakeBorder(line, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(WHITE,))
    return framed
