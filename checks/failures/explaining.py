"""Which amounts a set of failing checks comes down to: the smallest set whose change makes all checks hold."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from checks.failures.constraints import Constraint, Constraints, Interval, connected
from checks.failures.misreading import is_one_digit_away
from checks.records import ZERO, Explanation, Place
from schemas.records import LineItem

Changes = Mapping[Place, Decimal]
ONE_DIGIT, ANOTHER_FIGURE, ANOTHER_SIGN, LOST = range(4)
MOST_PAIRS = 2_000


def explanations(at: Mapping[Place, LineItem], constraints: Constraints) -> tuple[Explanation, ...]:
    """Explain the failing checks, those together that share an amount; `at` are the printed amounts by place."""
    failing = connected([(each, each.signs.keys()) for each in constraints.failing])
    return tuple(explain(at, constraints, group) for group in failing)


def explain(at: Mapping[Place, LineItem], constraints: Constraints, group: Sequence[Constraint]) -> Explanation:
    """Explain one group of failing checks by the fewest amounts, so that all of them hold and no other check breaks.

    One amount with one digit misread comes first, then two that changed places, one amount with another figure, one
    that was lost, and any two amounts. Where several explanations are of the same kind, all their places are named.
    `at` are the printed amounts by place.
    """
    failures = tuple(each.check for each in group)
    alone = _alone(at, constraints, group)
    found = alone.get(ONE_DIGIT) or _exchanged(at, constraints, group)
    if not found:
        found = alone[min(alone)] if alone else _pairs(at, constraints, group)
    if found:
        return Explanation(failures, found)
    return Explanation(failures, _most_suspect(at, constraints, group), certain=False)


def _alone(
    at: Mapping[Place, LineItem], constraints: Constraints, group: Sequence[Constraint]
) -> Mapping[int, Changes]:
    """Find the amounts that could each explain everything alone, by how unlikely the change is."""
    tightest = min(group, key=lambda each: each.check.tolerance)
    ranked: dict[int, dict[Place, Decimal]] = defaultdict(dict)
    for place in tightest.signs:
        interval = constraints.change_alone(place)
        if not interval.empty and all(place in each.signs for each in group):
            change = interval.nearest(-tightest.check.difference * tightest.signs[place])
            ranked[_unlikeliness(at.get(place), change, interval)][place] = change
    return ranked


def _unlikeliness(item: LineItem | None, change: Decimal, interval: Interval) -> int:
    """Rank the kinds of error: a misread digit, another figure, a sign, and last an amount that was lost altogether."""
    if item is None:
        return LOST
    if item.amount + change < 0 <= item.amount:
        return ANOTHER_SIGN
    return ONE_DIGIT if is_one_digit_away(item, interval) else ANOTHER_FIGURE


def _exchanged(at: Mapping[Place, LineItem], constraints: Constraints, group: Sequence[Constraint]) -> Changes:
    """Find amounts that changed places with a neighbour: the row above or below, or another column of the row."""
    lines, measures = _layout(at)
    found: dict[Place, Decimal] = {}
    for place in dict.fromkeys(place for each in group for place in each.signs if place in at):
        half = place[:3]
        for other in _neighbours(place, lines[half], measures[half]):
            by = (at[other].amount if other in at else ZERO) - at[place].amount
            swap = {place: by, other: -by}
            if by and constraints.satisfied_by(swap, group):
                found |= swap
    return found


_HalfKey = tuple[str, str, str | None]


def _layout(places: Iterable[Place]) -> tuple[Mapping[_HalfKey, list[int]], Mapping[_HalfKey, set[str]]]:
    """List the printed lines of each half in order, and its measures."""
    lines: dict[_HalfKey, set[int]] = defaultdict(set)
    measures: dict[_HalfKey, set[str]] = defaultdict(set)
    for place in places:
        lines[place[:3]].add(place.line)
        measures[place[:3]].add(place.measure)
    return {half: sorted(own) for half, own in lines.items()}, measures


def _neighbours(place: Place, lines: Sequence[int], measures: Iterable[str]) -> Iterator[Place]:
    """Name the cells beside a place: of the printed rows above and below it, and of its own row."""
    at = bisect_left(lines, place.line)
    for line in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]):
        yield place._replace(line=line)
    for measure in sorted(measures):
        if measure != place.measure:
            yield place._replace(measure=measure)


def _pairs(at: Mapping[Place, LineItem], constraints: Constraints, group: Sequence[Constraint]) -> Changes:
    """Find two amounts that together explain everything, only the likeliest kind of pairs."""
    ranked: dict[int, dict[Place, Decimal]] = defaultdict(dict)
    for one, other in _hitting_pairs(at, group):
        changes = constraints.change_together(one, other)
        if changes and constraints.satisfied_by(changes, group):
            rank = sum(_unlikeliness(at[place], by, Interval(by, by)) for place, by in changes.items())
            ranked[rank] |= changes
    return ranked[min(ranked)] if ranked else {}


def _hitting_pairs(at: Mapping[Place, LineItem], group: Sequence[Constraint]) -> Iterator[tuple[Place, Place]]:
    """Pair printed amounts such that each failing check has one of them; none where there would be too many."""
    first = min(group, key=lambda each: len(each.signs))
    found = []
    for one in (place for place in first.signs if place in at):
        rest = [each for each in group if one not in each.signs] or list(group)
        shared = set(rest[0].signs).intersection(*(each.signs for each in rest))
        found += [(one, other) for other in shared if other in at and other != one]
    yield from found if len(found) <= MOST_PAIRS else ()


def _most_suspect(at: Mapping[Place, LineItem], constraints: Constraints, group: Sequence[Constraint]) -> Changes:
    """Find amounts that settle most failures and break fewest other checks, where nothing small explains them all."""
    left, found = list(group), dict[Place, Decimal]()
    while left:
        scored = [(_settled(constraints, left, place), place) for each in left for place in each.signs if place in at]
        if not scored:
            return found
        best = max(score for (score, _, _), _ in scored)
        ((_, by, settled), first) = next(each for each in scored if each[0][0] == best)
        found[first] = by
        for (score, change, same), place in scored:
            if score == best and same == settled:
                found[place] = change
        left = [each for each in left if id(each) not in settled]
    return found


def _settled(
    constraints: Constraints, failing: Sequence[Constraint], place: Place
) -> tuple[tuple[int, int], Decimal, frozenset[int]]:
    """Score the best change of one amount by the failures it settles and the checks it breaks; say which it settles."""
    own = [each for each in failing if place in each.signs]
    wanted = [-each.check.difference * each.signs[place] for each in own]
    scores = []
    for by in dict.fromkeys(wanted):
        settled = frozenset(id(each) for each in own if each.allows(by * each.signs[place]))
        broken = sum(not each.allows(by * each.signs[place]) for each in constraints.of[place] if each.holds)
        scores.append(((len(settled), -broken), by, settled))
    return max(scores, key=lambda score: score[0])
