"""Who is to blame for what does not add up, and whether anybody may be told.

An accusation needs proof: both readers agree on every amount under suspicion, nothing of its table is unread, and the
structure that demands the sum is borne out elsewhere. Only failing checks that are borne out come here. Of a table that
was not read whole nobody can say what its sums should be: there the amounts stay unproven.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set

from checks.failures.rereading import SecondReading
from checks.records import Explanation, Place
from schemas.records import LineItem, Status

Accusations = Mapping[Place, tuple[Status, str]]
"""Status and reason of the amounts that failing checks come down to."""


def accused(
    found: Iterable[Explanation],
    at: Mapping[Place, LineItem],
    second: SecondReading,
    *,
    unread: Mapping[int, str],
    doubtful: Callable[[Place], str | None],
    likely: Set[Place],
) -> Accusations:
    """Mark the amounts of each explanation, or those of its checks whose readings are disputed where there are any.

    `at` are the printed amounts by place, `unread` the tables, by number, in which something was not understood, and
    `doubtful` names what is in doubt of an amount's own row, its label or that it was read whole. `likely` are the
    places that all failing checks of the document come down to, also those that nobody may be held to.
    """
    marked: dict[Place, tuple[Status, str]] = {}
    of_halves = _tables_of_halves(at)
    for explanation in found:
        about = {term.place for failure in explanation.failures for term in failure.printed}
        disputed = second.disputed & about
        explained = frozenset(explanation.changes.keys() & at.keys())
        suspects = disputed or (explained & likely) or explained or _of_shortest_check(explanation)
        tables = {item.table_no for place in about if (item := at[place]).table_no is not None}
        tables |= {table for half in _compared(explanation) for table in of_halves.get(half, ())}
        doubt = next((reason for place in sorted(about, key=str) if (reason := doubtful(place))), None)
        beside = next((unread[table] for table in sorted(tables) if table in unread), doubt)
        marked |= dict.fromkeys(suspects, _judgement(suspects, second, beside))
    return marked


def _compared(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """The halves, each with its department, that failing checks compare: one that was not read whole lacks amounts."""
    for failure in explanation.failures:
        for department in {term.place.department for term in failure.terms}:
            yield from ((department, half) for half in failure.halves | failure.given)


def _tables_of_halves(at: Mapping[Place, LineItem]) -> Mapping[tuple[str, str], frozenset[int]]:
    """The tables that print each half of a department."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, item in at.items():
        if item.table_no is not None:
            found[place.department, place.half].add(item.table_no)
    return {half: frozenset(tables) for half, tables in found.items()}


def _judgement(suspects: Collection[Place], second: SecondReading, beside: str | None) -> tuple[Status, str]:
    if beside and second.disputed.isdisjoint(suspects):
        return "unproven", beside
    if not second.agreed.issuperset(suspects):
        return "contradicted", "sum_fails" if second.disputed.isdisjoint(suspects) else "second_reader_differs"
    return "source_inconsistent", "sum_fails"


def _of_shortest_check(explanation: Explanation) -> frozenset[Place]:
    """Choose what to mark where only a blank cell explains the failures: the amounts of the check with the fewest."""
    shortest = min(explanation.failures, key=lambda failure: len(failure.printed))
    return frozenset(term.place for term in shortest.printed)
