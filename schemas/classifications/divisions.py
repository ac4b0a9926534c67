"""行政区划代码: provinces, prefectures and counties since 1981, with what became of those that are gone.

The list ends with 2024; what was in use then is taken to be so in later years.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, NamedTuple

from schemas.classifications.errors import DuplicateSightingError, MalformedCodeError, MalformedRowError
from schemas.classifications.in_force import normalised_name
from schemas.classifications.rows import FOLDER, read_rows
from schemas.compiled import compiled

DivisionLevel = Literal["province", "prefecture", "county"]

COLUMNS: Final = ("code", "name", "first_year", "gone_year", "successors")
_CODE: Final = re.compile(r"[1-8]\d{5}", re.ASCII)
_SUCCESSOR: Final = re.compile(r"(\d{6})(?:\[(\d{4})\])?", re.ASCII)


class Successor(NamedTuple):
    """The division that took a gone one's place or, where `year` is given, a part of it in that year."""

    code: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Division:
    """A code with its name, in use from `first_year` until the year before `gone_year` (None: still)."""

    code: str
    name: str
    first_year: int
    gone_year: int | None
    successors: tuple[Successor, ...]

    @property
    def level(self) -> DivisionLevel:
        """Tell the level from the code's closing zeros."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    def in_use(self, year: int) -> bool:
        """Tell whether the code stood for this division in `year`."""
        return self.first_year <= year and (self.gone_year is None or year < self.gone_year)


def division(code: str, year: int) -> Division | None:
    """Return the division that bore `code` in `year`."""
    return next((found for found in _by_code().get(code, ()) if found.in_use(year)), None)


def parent_division(code: str, year: int) -> Division | None:
    """Return what `code` stood under in `year`: its prefecture or, where there was none (直辖), its province."""
    above = [parent for parent in (f"{code[:4]}00", f"{code[:2]}0000") if parent != code]
    return next((found for parent in above if (found := division(parent, year))), None)


def divisions_named(name: str, year: int) -> tuple[Division, ...]:
    """Return all divisions in use in `year` that bear the full `name`, by code; 普陀区 is two."""
    return tuple(found for found in _by_name().get(normalised_name(name), ()) if found.in_use(year))


def read_divisions(path: Path) -> tuple[Division, ...]:
    """Read the list at `path`.

    Raises:
        MalformedRowError: a column, year or successor that is not understood.
        MalformedCodeError: a code that has not six digits.
        DuplicateSightingError: a code with two names at a time.
    """
    divisions = tuple(_division(cells, f"{path.name}:{line}") for line, cells in read_rows(path, COLUMNS))
    ordered = sorted(divisions, key=lambda found: (found.code, found.first_year))
    for one, other in pairwise(ordered):
        if one.code == other.code and one.in_use(other.first_year):
            raise DuplicateSightingError(f"{path.name}: {one.code} is {one.name} and {other.name}")
    return tuple(ordered)


def _division(cells: list[str], place: str) -> Division:
    code, name, first_year, gone_year, successors = cells
    if not _CODE.fullmatch(code):
        raise MalformedCodeError(f"{place}: {code!r} is no division's code")
    matches = [_SUCCESSOR.fullmatch(text) for text in successors.split()]
    years_understood = first_year.isdecimal() and (not gone_year or int(first_year) < int(gone_year))
    if not name or not years_understood or None in matches:
        raise MalformedRowError(f"{place}: {','.join(cells)}")
    follow = tuple(Successor(match[1], int(match[2]) if match[2] else None) for match in matches if match)
    return Division(code, name, int(first_year), int(gone_year) if gone_year else None, follow)


@compiled
def all_divisions() -> tuple[Division, ...]:
    """Return every division ever listed, by code and first year; read and checked once in a process."""
    return read_divisions(FOLDER / "divisions.csv")


@cache
def _by_code() -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {}
    for one in all_divisions():
        found.setdefault(one.code, []).append(one)
    return found


@cache
def _by_name() -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {}
    for one in all_divisions():
        found.setdefault(normalised_name(one.name), []).append(one)
    return found
