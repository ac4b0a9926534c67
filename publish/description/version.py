"""The name of a release: the day that it was made on, and which of that day."""

import re
from datetime import date
from typing import NamedTuple, Self

NAME = re.compile(r"([0-9]{4})\.([1-9][0-9]?)\.([1-9][0-9]?)(?:\.([2-9]|[1-9][0-9]+))?")


class Version(NamedTuple):
    """The n-th release of a day: `YYYY.M.D`, or `YYYY.M.D.N` from the second on. Later versions compare greater."""

    year: int
    month: int
    day: int
    n: int = 1

    def __str__(self) -> str:
        return f"{self.year:04}.{self.month}.{self.day}" + (f".{self.n}" if self.n > 1 else "")

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """The version that has this name, or None where the text names none."""
        named = NAME.fullmatch(name)
        if not named:
            return None
        year, month, day, n = (int(part or 1) for part in named.groups())
        try:
            date(year, month, day)
        except ValueError:
            return None
        return cls(year, month, day, n)
