"""Which name a code bears in a year, and which codes bear a name.

A year's own list is thin before 2024, so a code that it lacks is taken from the nearest edition that has it, a later
one before an earlier one, but never across a change (see `history`). Where the editions on both sides disagree and
nothing says when the name changed, there is no answer.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from schemas.classifications.editions import (
    SYSTEMS,
    Budget,
    Certainty,
    Level,
    Sighting,
    System,
    classification,
    known_system,
    level_of,
    parent_of,
)
from schemas.classifications.history import Change, history
from schemas.compiled import compiled

_BRACKETS: Final = str.maketrans("[]{}〔〕【】〈〉", "()()()()()")


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with the name it bears; `edition` is where the name was seen, `inherited` that it is not the year asked.

    `budgets` are those whose lists hold a function code, () where unknown and for the other systems.
    """

    system: System
    code: str
    name: str
    level: Level
    parent: str | None
    budgets: tuple[Budget, ...]
    edition: int
    certainty: Certainty
    sources: tuple[str, ...]
    inherited: bool = False


@lru_cache(maxsize=16_384)
def normalised_name(name: str) -> str:
    """Return `name` as it is compared: NFKC, no whitespace, every kind of bracket round."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).translate(_BRACKETS)


@lru_cache(maxsize=16_384)
def lookup(system: str, code: str, year: int) -> Entry | None:
    """Find the entry of `code` in force in the fiscal `year`, or None where no edition can tell.

    Raises:
        UnknownSystemError: `system` is none of SYSTEMS.
    """
    known = known_system(system)
    seen = classification(known).sightings.get(code)
    if seen is None:
        return None
    edition = _edition_for(known, code, year, seen)
    return None if edition is None else _entry(known, code, edition, seen[edition], inherited=edition != year)


def standard_name(system: str, code: str, year: int) -> str | None:
    """Return the name of `code` in the edition in force in the fiscal `year`; see `lookup`."""
    entry = lookup(system, code, year)
    return entry.name if entry else None


def codes_by_name(system: str, name: str, year: int) -> tuple[str, ...]:
    """Find all codes that bear `name`, compared as `normalised_name`, in `year`: many for 行政运行, none if unknown."""
    return _codes_by_name(known_system(system), year).get(normalised_name(name), ())


def is_a_name(system: str, name: str) -> bool:
    """Tell whether any edition has a code of that name, compared as `normalised_name`."""
    return normalised_name(name) in _names(known_system(system))


@lru_cache(maxsize=64)
def top_level(year: int) -> Mapping[str, str]:
    """Map the `normalised_name` of each 支出功能分类 类 of `year` to its 3-digit code."""
    codes = [code for code in classification("function").sightings if level_of(code) == "类"]
    entries = [entry for code in codes if (entry := lookup("function", code, year))]
    return MappingProxyType({normalised_name(entry.name): entry.code for entry in entries})


def is_known(system: str, code: str) -> bool:
    """Tell whether `code` was seen in any edition, the list of 2009 included."""
    return code in classification(known_system(system)).sightings


def changes(code: str) -> tuple[Change, ...]:
    """List the recorded changes of `code` and those of its whole system, oldest first; () for an unknown code."""
    recorded = [history(system).changes for system in SYSTEMS if code in classification(system).sightings]
    found = [change for by_code in recorded for key in ("", code) for change in by_code.get(key, ())]
    return tuple(sorted(found, key=lambda change: change.to_year))


def entries(*systems: str) -> Iterator[Entry]:
    """Yield every code of every edition of `systems`, or of all: one for each (system, code, edition), as seen."""
    for system in map(known_system, systems or SYSTEMS):
        for code, seen in classification(system).sightings.items():
            for edition, sighting in seen.items():
                yield _entry(system, code, edition, sighting, inherited=False)


def _edition_for(system: System, code: str, year: int, seen: Mapping[int, Sighting]) -> int | None:
    """Choose the edition among those of `seen` (ascending) that speaks for `year`."""
    if year in seen:
        return year
    later = next((edition for edition in seen if edition > year), None)
    earlier = next((edition for edition in reversed([*seen]) if edition < year), None)
    barriers = history(system).barriers_of(code)
    reachable = [
        edition
        for edition in (later, earlier)
        if edition is not None and not any(barrier.stops(edition, year) for barrier in barriers)
    ]
    agreed = len({normalised_name(seen[edition].name) for edition in reachable}) == 1
    return reachable[0] if agreed else None


def _entry(system: System, code: str, edition: int, sighting: Sighting, *, inherited: bool) -> Entry:
    return Entry(
        system,
        code,
        sighting.name,
        level_of(code),
        parent_of(code),
        sighting.budgets,
        edition,
        sighting.evidence.certainty,
        sighting.evidence.sources,
        inherited,
    )


@compiled
def _names(system: System) -> frozenset[str]:
    return frozenset(normalised_name(entry.name) for entry in entries(system))


@compiled
def _codes_by_name(system: System, year: int) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in classification(system).sightings:
        if entry := lookup(system, code, year):
            found.setdefault(normalised_name(entry.name), []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
