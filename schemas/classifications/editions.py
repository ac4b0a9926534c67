"""The lists as they were seen: which code bore which name in which edition, by whose word.

An edition is the fiscal year whose papers showed the code. A list file has one row for each code and name; its column
`seen` says when and where, `2017-2018 listed JS_NPC; 2019 confirmed JS_NPC+NX`. The sources and the words for
certainty are explained in SOURCES.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast, get_args

from schemas.classifications.errors import (
    ClassificationError,
    DuplicateSightingError,
    MalformedCodeError,
    MalformedRowError,
    MissingParentError,
    UnknownSystemError,
)
from schemas.classifications.rows import FOLDER, read_rows
from schemas.compiled import compiled

System = Literal["function", "economic", "government_economic", "revenue"]
Certainty = Literal["confirmed", "listed", "layout_text_only", "inferred"]
Level = Literal["类", "款", "项", "目"]
Budget = Literal["general", "government_fund", "state_capital", "social_insurance"]

SYSTEMS: Final[tuple[System, ...]] = get_args(System)

_CODES: Final[dict[System, re.Pattern[str]]] = {
    "function": re.compile(r"2\d\d(?:\d\d){0,2}", re.ASCII),
    "economic": re.compile(r"3\d\d(?:\d\d)?", re.ASCII),
    "government_economic": re.compile(r"5\d\d(?:\d\d)?", re.ASCII),
    "revenue": re.compile(r"1\d\d(?:\d\d){0,3}", re.ASCII),
}
_LEVELS: Final[dict[int, Level]] = {3: "类", 5: "款", 7: "项", 9: "目"}
_CLAUSE: Final = re.compile(r"(\d{4})(?:-(\d{4}))? ([a-z_]+) ([A-Z0-9_]+(?:\+[A-Z0-9_]+)*)", re.ASCII)


class Evidence(NamedTuple):
    """How sure a sighting is, and the ids of its sources."""

    certainty: Certainty
    sources: tuple[str, ...]


class Sighting(NamedTuple):
    """The name that a code bore in one edition."""

    name: str
    budgets: tuple[Budget, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Classification:
    """All that was seen of one system: code → edition, ascending → sighting."""

    system: System
    sightings: Mapping[str, Mapping[int, Sighting]]


def level_of(code: str) -> Level:
    """Name the level of `code`, which its number of digits gives away."""
    return _LEVELS[len(code)]


def parent_of(code: str) -> str | None:
    """Return the code one level up; None above a 类."""
    return code[:-2] if len(code) > 3 else None


def known_system(system: str) -> System:
    """Return `system` itself, where it is one of SYSTEMS.

    Raises:
        UnknownSystemError: it is not.
    """
    if system not in SYSTEMS:
        raise UnknownSystemError(f"{system!r} is none of {', '.join(SYSTEMS)}")
    return system


@compiled
def classification(system: System) -> Classification:
    """Return the list of `system`, read and checked once in a process.

    Raises:
        ClassificationError: the file breaks its rules; see `read_classification`.
    """
    return read_classification(FOLDER / f"{system}.csv", system)


def read_classification(path: Path, system: System) -> Classification:
    """Read the list at `path`; rows stand in any order.

    Raises:
        MalformedRowError: a column, a budget or a clause of `seen` that is not understood.
        MalformedCodeError: a code that is not of this system.
        DuplicateSightingError: two names for a code in one edition.
        MissingParentError: a code whose parent was never seen.
    """
    columns = ("code", "name", "budgets", "seen") if system == "function" else ("code", "name", "seen")
    found: dict[str, dict[int, Sighting]] = {}
    for line, cells in read_rows(path, columns):
        row = dict(zip(columns, cells, strict=True))
        try:
            _add_row(found.setdefault(row["code"], {}), row, _CODES[system])
        except ClassificationError as error:
            raise type(error)(f"{path.name}:{line}: {error}") from None
    _check_parents(found, path.name)
    return Classification(system, {code: dict(sorted(editions.items())) for code, editions in sorted(found.items())})


def _add_row(editions: dict[int, Sighting], row: Mapping[str, str], codes: re.Pattern[str]) -> None:
    code, name = row["code"], row["name"]
    if not codes.fullmatch(code):
        raise MalformedCodeError(f"{code!r} is no code of this system")
    if not name or name != name.strip():
        raise MalformedRowError(f"{code} has the name {name!r}")
    budgets = _budgets(row.get("budgets", ""))
    for clause in row["seen"].split("; "):
        span, evidence = _understood(clause)
        sighting = Sighting(name, budgets, evidence)
        for edition in span:
            if editions.setdefault(edition, sighting) is not sighting:
                raise DuplicateSightingError(f"{code} is {editions[edition].name} and {name} in {edition}")


def _check_parents(codes: Mapping[str, object], file_name: str) -> None:
    orphans = [code for code in codes if (parent := parent_of(code)) and parent not in codes]
    if orphans:
        raise MissingParentError(f"{file_name}: no parent of {', '.join(sorted(orphans))}")


@cache  # a few combinations serve all rows
def _budgets(text: str) -> tuple[Budget, ...]:
    budgets = tuple(text.split("+")) if text else ()
    if unknown := set(budgets) - set(get_args(Budget)):
        raise MalformedRowError(f"no budget is called {', '.join(sorted(unknown))}")
    return cast(tuple[Budget, ...], budgets)


@cache  # thousands of rows share some hundreds of clauses
def _understood(clause: str) -> tuple[range, Evidence]:
    """Read one clause of a `seen` column: its editions and their evidence."""
    match = _CLAUSE.fullmatch(clause)
    if match is None or match[3] not in get_args(Certainty):
        raise MalformedRowError(f"{clause!r} does not say years, certainty and sources")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise MalformedRowError(f"{clause!r} ends before it begins")
    return range(first, last + 1), Evidence(cast(Certainty, match[3]), tuple(match[4].split("+")))
