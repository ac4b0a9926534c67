"""The second reader's word on amounts that failing checks share: which combination of readings satisfies everything."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from checks.failures.constraints import Constraint, Constraints, connected
from checks.records import ZERO, Alternative, Place
from schemas.records import LineItem

Reread = Callable[[LineItem], Sequence[Alternative]]
MOST_STEPS = 20_000
FEWEST_WITNESSES = 2
"""A digit that no reader has seen is believed where so many failing checks ask for it."""
SURE = 0.8
"""A figure whose least sure digit has at least so much was hardly ever misread."""
LIKELY = 0.1
"""A reading is likely with so much of the first one's confidence; one that is not needs more than a single sum."""
Changes = Mapping[Place, Decimal]
Options = Mapping[Place, Mapping[Decimal, Alternative]]


class TooMuchToTryError(Exception):
    """There are more combinations of readings than can be tried."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What came of reading some amounts again.

    `agreed` are the places where every other reading that was seen is the first one's amount, which was read surely,
    and no guess at a digit would settle everything; `taken` the readings that exactly one combination asks for;
    `disputed` the places that several combinations would settle differently.
    """

    agreed: frozenset[Place] = frozenset()
    taken: Mapping[Place, Alternative] = field(default_factory=dict)
    disputed: frozenset[Place] = frozenset()


def read_again(
    items: Mapping[Place, LineItem], constraints: Constraints, suspects: Iterable[Place], reread: Reread
) -> SecondReading:
    """Ask the second reader for every amount of a failing check, and look for the combinations that satisfy all checks.

    `suspects` are read too: an amount that changed places with one of a failing check need not be in one itself.
    """
    asked = dict.fromkeys(chain(suspects, *(each.signs for each in constraints.failing)))
    others = {place: tuple(reread(items[place])) for place in asked if place in items}
    seen = {place: [each for each in own if each.seen] for place, own in others.items()}
    agreed = frozenset(
        place for place, own in seen.items() if own and all(each.amount == items[place].amount for each in own)
    )
    options = _options(items, seen)
    guesses = _options(items, {place: [each for each in own if not each.seen] for place, own in others.items()})
    taken: dict[Place, Alternative] = {}
    disputed: set[Place] = set()
    guessed_at: set[Place] = set()
    for failing, places in _in_doubt_together(constraints, options):
        solutions = _solutions(constraints, failing, {place: options[place] for place in places})
        forced = _forced(solutions)
        guessed = _guesses_alone(constraints, failing, guesses)
        likely = [each for each in solutions if _is_likely(each, failing, items, options)]
        disputed.update(*likely, guessed)
        if solutions and not likely:
            disputed |= _least_sure(set().union(*solutions), items)
        guessed_at |= guessed.keys()
        if (
            forced
            and guessed.keys() <= forced.keys()
            and constraints.satisfied_by(forced, failing)
            and _is_likely(forced, failing, items, options)
        ):
            taken |= {place: options[place][by] for place, by in forced.items()}
        elif not solutions and _is_plain(guessed, failing, agreed):
            taken |= {place: guesses[place][by] for place, by in guessed.items()}
    surely = frozenset(place for place in agreed if items[place].confidence >= SURE)
    return SecondReading(surely - guessed_at, taken, frozenset(disputed - taken.keys()))


def _is_likely(
    forced: Changes, failing: Sequence[Constraint], items: Mapping[Place, LineItem], options: Options
) -> bool:
    """Whether readings that settle everything may be taken for what is printed.

    Two unlikely readings can make up for one another, and one can make a single sum hold by chance: such a reading is
    taken only alone, where several failing checks ask for it.
    """
    unlikely = [
        place for place, by in forced.items() if options[place][by].confidence < LIKELY * items[place].confidence
    ]
    witnesses = [each for each in failing if all(place in each.signs for place in unlikely)]
    return not unlikely or (len(forced) == 1 and len(witnesses) >= FEWEST_WITNESSES)


def _least_sure(places: Set[Place], items: Mapping[Place, LineItem]) -> Set[Place]:
    """Choose those that were read with doubt, where there are any: unlikely readings tell nothing against sure ones."""
    return {place for place in places if items[place].confidence < SURE} or places


def _guesses_alone(constraints: Constraints, failing: Sequence[Constraint], guesses: Options) -> dict[Place, Decimal]:
    """Each place where a guess alone would satisfy all checks around, with the change it makes."""
    shared = set(failing[0].signs).intersection(*(each.signs for each in failing[1:]))
    return {
        place: by
        for place in failing[0].signs
        if place in shared and place in guesses
        for by in guesses[place]
        if constraints.satisfied_by({place: by}, failing)
    }


def _is_plain(guessed: Changes, failing: Sequence[Constraint], agreed: frozenset[Place]) -> bool:
    """Whether a guess may be taken for what is printed.

    It is the only one that would do, several failing checks ask for it, and the readers do not agree on another amount.
    """
    return len(guessed) == 1 and len(failing) >= FEWEST_WITNESSES and agreed.isdisjoint(guessed)


def _options(items: Mapping[Place, LineItem], others: Mapping[Place, Iterable[Alternative]]) -> Options:
    return {place: found for place, own in others.items() if (found := _changes(items[place], own))}


def _changes(item: LineItem, others: Iterable[Alternative]) -> dict[Decimal, Alternative]:
    """Sort the other readings by the change they would make, the most confident of equal ones."""
    best = sorted(others, key=lambda each: each.confidence)
    return {each.amount - item.amount: each for each in best if each.amount != item.amount}


def _in_doubt_together(
    constraints: Constraints, options: Options
) -> Iterator[tuple[tuple[Constraint, ...], tuple[Place, ...]]]:
    """Group the failing checks, and the places in doubt, that must be decided together.

    Two places are decided together where they share a check, a failing one or one that holds because their errors make
    up for one another.
    """
    failing = {id(each) for each in constraints.failing}
    asked = [
        (each, each.signs.keys() if id(each) in failing else each.signs.keys() & options) for each in constraints.all
    ]
    for group in connected([(each, places) for each, places in asked if places]):
        own = tuple(each for each in group if id(each) in failing)
        if own:
            yield own, tuple(dict.fromkeys(place for each in group for place in each.signs if place in options))


def _forced(solutions: Sequence[Changes]) -> dict[Place, Decimal]:
    """Keep the changes that every solution makes."""
    if not solutions:
        return {}
    return {place: by for place, by in solutions[0].items() if all(other.get(place) == by for other in solutions[1:])}


def _solutions(constraints: Constraints, failing: Sequence[Constraint], options: Options) -> list[Changes]:
    """Find every combination of readings for which all checks around hold; none where there is too much to try.

    A check is tried as soon as all its amounts are decided, so that a wrong branch ends early.
    """
    around = {id(each): each for each in (*failing, *(own for place in options for own in constraints.of[place]))}
    order = _by_shortest_check(around.values(), options)
    decided_at: list[list[Constraint]] = [[] for _ in order]
    for each in around.values():
        in_doubt = [order.index(place) for place in each.signs if place in options]
        if in_doubt:
            decided_at[max(in_doubt)].append(each)
        elif not each.allows(ZERO):
            return []
    try:
        return list(_branches(order, options, decided_at))
    except TooMuchToTryError:
        return []


def _by_shortest_check(around: Iterable[Constraint], options: Options) -> list[Place]:
    """Order the places in doubt, those first that share a check with few others in doubt."""
    in_doubt = [[place for place in each.signs if place in options] for each in around]
    return list(dict.fromkeys(place for own in sorted(in_doubt, key=len) for place in own))


def _branches(
    order: Sequence[Place], options: Options, decided_at: Sequence[Sequence[Constraint]]
) -> Iterator[Changes]:
    """Walk the tree of decisions; each branch is the changes decided so far.

    Raises:
        TooMuchToTryError: the tree is too large to say that all combinations were tried.
    """
    branches: list[tuple[int, dict[Place, Decimal]]] = [(0, {})]
    steps = 0
    while branches:
        depth, changes = branches.pop()
        steps += 1
        if steps > MOST_STEPS:
            raise TooMuchToTryError
        if depth == len(order):
            yield changes
            continue
        for by in (ZERO, *options[order[depth]]):
            tried = {**changes, order[depth]: by} if by else changes
            if all(each.allows(_moved(each, tried)) for each in decided_at[depth]):
                branches.append((depth + 1, tried))


def _moved(each: Constraint, changes: Changes) -> Decimal:
    return sum((sign * changes[place] for place, sign in each.signs.items() if place in changes), ZERO)
