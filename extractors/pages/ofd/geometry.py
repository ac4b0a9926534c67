"""Places on the pages of an OFD: lengths are millimetres from the top left (GB/T 33190, 7.1)."""

import posixpath
import re
from typing import NamedTuple

MM = 72 / 25.4
"""A millimetre in points."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
LARGEST = 1e6
"""No place on a page is further away; what is said to be is damaged."""


class Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def of(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, outer: "Matrix") -> "Matrix":
        """The transformation followed by another."""
        return Matrix(
            *(outer.a * self.a + outer.c * self.b, outer.b * self.a + outer.d * self.b),
            *(outer.a * self.c + outer.c * self.d, outer.b * self.c + outer.d * self.d),
            *outer.of(self.e, self.f),
        )


def numbers(text: str) -> list[float]:
    """The numbers in a text; none where one of them can be no place on a page."""
    found = [float(number) for number in _NUMBER.findall(text)]
    return found if all(abs(number) < LARGEST for number in found) else []


def part_name(part: str, location: str) -> str:
    """The part at a location that another part names (ST_Loc): from the root, or from that part's folder."""
    location = location.strip().replace("\\", "/")
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), location))
