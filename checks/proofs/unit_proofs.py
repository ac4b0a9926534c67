"""Whether the rows of several units are told apart: what shows that a row belongs to the unit it is said to be of."""

from collections.abc import Iterable, Mapping

from checks.paper import Paper, Unit
from checks.records import Evaluated, Place, place_of


def within_units(papers: Iterable[Paper], proofs: Iterable[Evaluated]) -> frozenset[Place]:
    """Find the amounts whose unit is shown: by a sum of several rows of that unit alone, or as the unit's own row.

    A half of one unit, or of none, has nothing to tell apart.
    """
    units: dict[Place, Unit | None] = {}
    found: set[Place] = set()
    for paper in papers:
        for half in paper.halves.values():
            places = {place_of(item): row for row in half.rows for item in row.amounts.values()}
            if len(half.units) > 1:
                units |= {place: row.unit for place, row in places.items()}
                found |= {place for place, row in places.items() if row.unit is None or row.heads_unit}
            else:
                found |= places.keys()
    for check in proofs:
        own = {term.place for term in check.printed if term.place in units}
        if len({place.line for place in own}) > 1 and _one_unit(own, units):
            found |= own
    return frozenset(found)


def _one_unit(places: Iterable[Place], units: Mapping[Place, Unit | None]) -> bool:
    return len({units[place] for place in places}) == 1
