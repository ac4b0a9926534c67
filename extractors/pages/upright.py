"""From a page's own coordinates (origin bottom left, turned) to those of the upright page (origin top left)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Corners = tuple[float, float, float, float]
QUARTER_TURNS = (0, 90, 180, 270)
ASKEW = 15.0
"""A page that was laid askew is no further off a quarter turn (degrees)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visible part of a page in its own coordinates, and the clockwise turn in degrees that makes it upright."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points once upright."""
        across, up = self.right - self.left, self.top - self.bottom
        return (up, across) if self.turn in (90, 270) else (across, up)

    def upright(self) -> Callable[[float, float, float, float], Corners]:
        """A function from (left, bottom, right, top) of the page's own space to (x0, y0, x1, y1) once upright."""
        west, south, east, north = self.left, self.bottom, self.right, self.top
        turned: dict[int, Callable[[float, float, float, float], Corners]] = {
            0: lambda left, low, right, high: (left - west, north - high, right - west, north - low),
            90: lambda left, low, right, high: (low - south, left - west, high - south, right - west),
            180: lambda left, low, right, high: (east - right, low - south, east - left, high - south),
            270: lambda left, low, right, high: (north - high, east - right, north - low, east - left),
        }
        return turned[self.turn]


def turn_of_text(angles: Iterable[float], declared: int) -> int:
    """The clockwise turn that brings most of the text upright.

    `angles` are those of a sample of characters in degrees, counter-clockwise, in the page's own space; `declared` is
    the page's /Rotate. A table that was laid sideways on an upright sheet has text at 90 or 270 degrees and no
    /Rotate; where most characters agree, the text decides. Text aslant, a watermark's, has no vote.
    """
    votes = dict.fromkeys(QUARTER_TURNS, 0)
    for angle in angles:
        turn = round(angle / 90) * 90
        votes[turn % 360] += abs(angle - turn) <= ASKEW
    winner = max(votes, key=lambda turn: (votes[turn], turn == declared))
    return winner if votes[winner] * 2 > sum(votes.values()) else declared
