"""The names of a year's codes as they are compared, and the tree that the codes make."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.classifications.in_force import entries, lookup, normalised_name
from schemas.compiled import compiled

RECENT = 2015
"""Names of editions before this year's reform of the budget are no other names of the codes of today."""


@dataclass(frozen=True, slots=True)
class YearNames:
    """The codes in force in a year, the codes under each, and every name that each has borne in a recent edition."""

    names: Mapping[str, str]
    under: Mapping[str, tuple[str, ...]]
    ever: Mapping[str, frozenset[str]]

    def below(self, parent: str) -> tuple[str, ...]:
        """Give the codes one level under `parent`; those of three digits under ''."""
        return self.under.get(parent, ())


@compiled
def year_names(system: str, year: int) -> YearNames:
    """Give the names of `system` in `year`; raises what `lookup` raises."""
    ever: dict[str, set[str]] = {}
    for entry in entries(system):
        if entry.edition >= RECENT:
            ever.setdefault(entry.code, set()).add(normalised_name(entry.name))
    in_force = ((code, lookup(system, code, year)) for code in ever)
    names = {code: normalised_name(entry.name) for code, entry in in_force if entry}
    under: dict[str, list[str]] = {}
    for code in names:
        under.setdefault(code[:-2] if len(code) > 3 else "", []).append(code)
    known = {code: frozenset(borne) for code, borne in ever.items()}
    return YearNames(names, {code: tuple(codes) for code, codes in under.items()}, known)
