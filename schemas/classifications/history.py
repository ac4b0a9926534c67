"""What changed from edition to edition, and which years a name must therefore not be carried across.

`from_year` is the last year known before the change and `to_year` the first known after it: a change is *seen by*
`to_year`, not decreed in it, and years between the two may lie on either side.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast, get_args

from schemas.classifications.editions import Sighting, System, classification, known_system, parent_of
from schemas.classifications.errors import ContradictedChangeError, MalformedRowError
from schemas.classifications.rows import FOLDER, read_rows
from schemas.compiled import compiled

ChangeKind = Literal["renamed", "renumbered", "added", "removed", "edition_break"]
ChangeCertainty = Literal["strong", "weak", "inferred"]

COLUMNS: Final = (
    *("system", "code", "kind", "from_year", "from_name", "to_year", "to_name", "to_code"),
    *("certainty", "sources", "note"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """A row of changes.csv. An `edition_break` concerns a whole system and has no code; unseen names are ''."""

    system: System
    code: str
    kind: ChangeKind
    from_year: int
    from_name: str
    to_year: int
    to_name: str
    to_code: str
    certainty: ChangeCertainty
    sources: tuple[str, ...]
    note: str


class Barrier(NamedTuple):
    """A change as far as it stops a name on its way from the edition where it was seen to another year."""

    from_year: int
    to_year: int
    effect: Literal["meaning", "begins", "ends"]

    def stops(self, seen: int, year: int) -> bool:
        """Tell whether what was seen in edition `seen` may be untrue of `year`.

        A change of meaning has a name on both sides, so between its years neither name is safe. A code that begins or
        ends has one name only; between the years it stands.
        """
        if self.effect == "begins":
            return year <= self.from_year < seen
        if self.effect == "ends":
            return seen < self.to_year <= year
        return year < self.to_year <= seen or seen <= self.from_year < year


@dataclass(frozen=True, slots=True)
class History:
    """The changes of one system by code, and the barriers of its codes (own, '' of all, and those they inherit)."""

    changes: Mapping[str, Sequence[Change]]
    barriers: Mapping[str, Sequence[Barrier]]

    def barriers_of(self, code: str) -> list[Barrier]:
        """Collect all that bars `code`: its own changes, its system's, and the begin and end of its parents."""
        found = [*self.barriers.get("", ()), *self.barriers.get(code, ())]
        above = parent_of(code)
        while above:
            found += [barrier for barrier in self.barriers.get(above, ()) if barrier.effect != "meaning"]
            above = parent_of(above)
        return found


@compiled
def history(system: System) -> History:
    """Return the changes of `system`, read once in a process and checked against its list.

    Raises:
        ClassificationError: changes.csv breaks its rules, or says what the list denies.
    """
    changes = [change for change in _all_changes() if change.system == system]
    last_break = max((change.from_year for change in changes if change.kind == "edition_break"), default=0)
    for change in changes:
        seen = classification(system).sightings.get(change.code, {})
        since = last_break if change.from_year > last_break else 0  # before a break a code meant something else
        check_change(change, {edition: sighting for edition, sighting in seen.items() if edition > since})
    return build_history(changes)


@cache
def _all_changes() -> tuple[Change, ...]:
    return read_changes(FOLDER / "changes.csv")


def read_changes(path: Path) -> tuple[Change, ...]:
    """Read the changes file at `path`.

    Raises:
        MalformedRowError: a column or a value that is not understood.
        UnknownSystemError: a system without a list.
    """
    return tuple(_change(cells, f"{path.name}:{line}") for line, cells in read_rows(path, COLUMNS))


def build_history(changes: Sequence[Change]) -> History:
    """Arrange the changes of one system by the codes that they concern."""
    by_code: dict[str, list[Change]] = defaultdict(list)
    barriers: dict[str, list[Barrier]] = defaultdict(list)
    for change in changes:
        by_code[change.code].append(change)
        years = change.from_year, change.to_year
        if change.kind in ("renamed", "edition_break"):
            barriers[change.code].append(Barrier(*years, "meaning"))
        if change.kind in ("removed", "renumbered"):
            barriers[change.code].append(Barrier(*years, "ends"))
        if change.kind in ("added", "renumbered"):
            barriers[change.to_code or change.code].append(Barrier(*years, "begins"))
    return History(dict(by_code), dict(barriers))


def check_change(change: Change, seen: Mapping[int, Sighting]) -> None:
    """Compare `change` with the sightings of its code, edition → sighting.

    Raises:
        ContradictedChangeError: the nearest sighting before or after bears another name than the change says, or the
            code was seen where the change says that it was not.
    """
    before = [sighting.name for edition, sighting in seen.items() if edition <= change.from_year]
    after = [sighting.name for edition, sighting in seen.items() if edition >= change.to_year]
    denied = (
        bool(change.from_name and before[-1:] != [change.from_name])
        or (change.kind in ("renamed", "added") and after[:1] != [change.to_name])
        or (change.kind == "added" and bool(before))
        or (change.kind == "removed" and bool(after))
    )
    if denied:
        names = {edition: sighting.name for edition, sighting in seen.items()}
        raise ContradictedChangeError(f"{change.code} {change.kind} {change.from_year}-{change.to_year}: seen {names}")


def _change(cells: Sequence[str], place: str) -> Change:
    system, code, kind, from_year, from_name, to_year, to_name, to_code, certainty, sources, note = cells
    understood = (
        kind in get_args(ChangeKind)
        and certainty in get_args(ChangeCertainty)
        and from_year.isdecimal()
        and to_year.isdecimal()
        and int(from_year) < int(to_year)
        and (code == "") == (kind == "edition_break")
        and (to_code != "") == (kind == "renumbered")
    )
    if not understood:
        raise MalformedRowError(f"{place}: {','.join(cells)}")
    return Change(
        known_system(system),
        code,
        cast(ChangeKind, kind),
        int(from_year),
        from_name,
        int(to_year),
        to_name,
        to_code,
        cast(ChangeCertainty, certainty),
        tuple(sources.split("+")),
        note,
    )
