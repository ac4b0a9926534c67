"""From verdicts to statuses: what is proven, what was misread, and what the publisher printed wrong."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checks.constraints import Constraints
from checks.evaluating import evaluated
from checks.explaining import explanations
from checks.labels import rightly_labelled
from checks.paper import Half, papers
from checks.records import Alternative, Evaluated, Explanation, Place, pins, place_of
from checks.rereading import Reread, SecondReading, read_again
from checks.units import Source, meetings, scales_apart, unit_checks
from schemas.identities import Catalogue, catalogue
from schemas.records import LineItem, NarrativeFact, Status


@dataclass(frozen=True, slots=True)
class Settled:
    """The amounts of a document with their statuses, every check, and what the failing ones come down to."""

    items: tuple[LineItem, ...]
    checks: tuple[Evaluated, ...]
    explanations: tuple[Explanation, ...]


def check(
    items: Sequence[LineItem],
    reread: Reread | None = None,
    identities: Catalogue | None = None,
    facts: Sequence[NarrativeFact] = (),
) -> Settled:
    """Check the amounts of one document and settle their statuses.

    `reread` is the second reader, None without one; `facts` are the figures of the prose, which tell of units only.
    """
    return settle(items, evaluated(items, identities), reread, identities, facts)


def settle(
    items: Sequence[LineItem],
    checks: Sequence[Evaluated],
    reread: Reread | None = None,
    identities: Catalogue | None = None,
    facts: Sequence[NarrativeFact] = (),
) -> Settled:
    """Give each amount its status from the checks of its document.

    Where a check fails, the second reader reads every amount of it; the one combination of readings that satisfies all
    checks around is taken (`repaired`). What still fails is explained by the fewest amounts, which are marked: as
    `source_inconsistent` where both readers agree on them, else as `contradicted`. A form whose unit slipped proves
    nothing, and what it says against other forms is not held against them.
    """
    shared = meetings(checks, items, facts)
    slipped = scales_apart(shared)
    second = _second_reading(items, _of_one_scale(checks, slipped), reread) if reread else SecondReading()
    if second.taken:
        items = [_with_reading(item, second.taken.get(place_of(item))) for item in items]
        checks = evaluated(items, identities)
    sound = _of_one_scale(checks, slipped)
    found = explanations(_by_place(items), Constraints(sound))
    refuted = _failing_places(sound)
    proven = _pinned(sound) & rightly_labelled(items, _halves(items, identities)) - second.disputed
    statuses: dict[Place, Status] = {
        **dict.fromkeys(proven - refuted - _of_inferred_columns(items), "proven"),
        **dict.fromkeys(second.taken.keys() - refuted, "repaired"),
        **_marked(found, second, frozenset(map(place_of, items))),
    }
    if slipped:
        statuses |= _unproven_of(slipped, statuses, _failing_places(checks))
    settled = tuple(replace(item, status=statuses.get(place_of(item), "unproven")) for item in items)
    return Settled(settled, (*checks, *unit_checks(shared, slipped)), found)


def _of_inferred_columns(items: Iterable[LineItem]) -> frozenset[Place]:
    """The amounts of tables without rules: a column taken for its neighbour leaves every sum down it as it was."""
    return frozenset(place_of(item) for item in items if not item.ruled)


def _of_one_scale(checks: Sequence[Evaluated], slipped: Collection[Source]) -> Sequence[Evaluated]:
    """Leave out the checks between a form whose unit slipped and others."""
    if not slipped:
        return checks
    return [each for each in checks if len(sources := _sources(each)) < 2 or sources.isdisjoint(slipped)]


def _sources(check: Evaluated) -> set[Source]:
    return {Source(*term.place[:2]) for term in check.terms}


def _failing_places(checks: Iterable[Evaluated]) -> frozenset[Place]:
    return frozenset(term.place for each in checks if each.verdict == "fails" for term in each.terms)


def _unproven_of(
    slipped: Collection[Source], statuses: Mapping[Place, Status], failing: Collection[Place]
) -> dict[Place, Status]:
    """Take back what was proven of forms whose unit slipped: contradicted where a form says otherwise."""
    own = {place for place in (*statuses, *failing) if Source(*place[:2]) in slipped}
    marked = ("contradicted", "source_inconsistent")
    return {
        place: "contradicted" if place in failing else "unproven" for place in own if statuses.get(place) not in marked
    }


def _second_reading(items: Iterable[LineItem], checks: Iterable[Evaluated], reread: Reread) -> SecondReading:
    at = _by_place(items)
    constraints = Constraints(checks)
    suspects = [place for each in explanations(at, constraints) for place in each.changes]
    return read_again(at, constraints, suspects, reread)


def _with_reading(item: LineItem, other: Alternative | None) -> LineItem:
    if other is None:
        return item
    return replace(item, printed=other.printed, amount=other.amount, reader=other.reader, confidence=other.confidence)


def _by_place(items: Iterable[LineItem]) -> dict[Place, LineItem]:
    return {place_of(item): item for item in items}


def _marked(found: Iterable[Explanation], second: SecondReading, printed: frozenset[Place]) -> dict[Place, Status]:
    """Mark the amounts of each explanation, or those of its checks whose readings are disputed where there are any."""
    marked: dict[Place, Status] = {}
    for explanation in found:
        about = {term.place for failure in explanation.failures for term in failure.printed}
        suspects = (second.disputed & about) or (explanation.changes.keys() & printed)
        places = suspects or _of_shortest_check(explanation)
        marked |= dict.fromkeys(places, "source_inconsistent" if places <= second.agreed else "contradicted")
    return marked


def _of_shortest_check(explanation: Explanation) -> frozenset[Place]:
    """Choose what to mark where only a blank cell explains the failures: the amounts of the check with the fewest."""
    shortest = min(explanation.failures, key=lambda failure: len(failure.printed))
    return frozenset(term.place for term in shortest.printed)


def _pinned(checks: Iterable[Evaluated]) -> frozenset[Place]:
    """Find the amounts that an equality which holds would not do without."""
    sound = (each for each in checks if each.verdict == "holds" and each.relation == "equal")
    return frozenset(term.place for each in sound for term in each.printed if pins(each, term))


def _halves(items: Iterable[LineItem], identities: Catalogue | None) -> list[Half]:
    rows = (identities or catalogue()).rows
    return [half for paper in papers(items, rows) for half in paper.halves.values()]
