"""The records of this room: where an amount stands, what takes part in a check, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from schemas.identities import Relation
from schemas.records import LineItem, Reader

Verdict = Literal["holds", "fails", "not_applicable"]
ZERO = Decimal(0)
SOME = "some"
"""How a family ends whose failing can have another reason than an error, as a mere 其中's: it accuses nobody."""


class Place(NamedTuple):
    """Where an amount stands within its document, or a blank cell where it could stand."""

    department: str
    form: str
    side: str | None
    line: int
    measure: str
    fund: str | None = None

    def __str__(self) -> str:
        """Write it as the dataset's `checks.amounts` does: form/side/line/measure, with '' for no side.

        The fund follows where the form splits the measure by budget.
        """
        return f"{self.form}/{self.side or ''}/{self.line}/{self.measure}" + (f"/{self.fund}" if self.fund else "")

    @property
    def half(self) -> str:
        """The half it stands in: form/side, or the form alone."""
        return f"{self.form}/{self.side}" if self.side else self.form

    @property
    def column(self) -> str:
        """The column of its half: the measure, with the fund where the form splits the measure by budget."""
        return self.measure if self.fund is None else f"{self.measure}@{self.fund}"


def place_of(item: LineItem) -> Place:
    """Tell the place of an amount."""
    return Place(item.department, item.form, item.side, item.line, item.measure, item.fund)


class Term(NamedTuple):
    """An amount's part in a check: + on the left, − on the right. A blank cell is 0 and exact."""

    place: Place
    sign: int
    item: LineItem | None

    @property
    def amount(self) -> Decimal:
        """Yuan; 0 for a blank cell."""
        return ZERO if self.item is None else self.item.amount


@dataclass(frozen=True)
class Evaluated:
    """An identity applied to one subject. `difference` is left − right; it fails beyond `tolerance`, all in yuan.

    `reason` says why it is not applicable. `amounts` of the dataset are the places of the printed terms. `family` is
    the structure that demands it: the checks of one family bear one another out. `halves` are those that it compares,
    also where one of them prints none of its amounts; `given` those of which it is taken that they leave rows blank.
    """

    check_id: str
    subject: str
    relation: Relation
    left: Decimal
    right: Decimal
    tolerance: Decimal
    verdict: Verdict
    terms: tuple[Term, ...] = ()
    reason: str = ""
    family: tuple[str, ...] = ()
    halves: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()

    @property
    def difference(self) -> Decimal:
        """Left − right, in yuan."""
        return self.left - self.right

    @cached_property
    def printed(self) -> tuple[Term, ...]:
        """The terms that are printed amounts."""
        return tuple(term for term in self.terms if term.item is not None)

    @cached_property
    def parts(self) -> int:
        """How many printed terms on the side with more of them are not 0: a sum of two says more than an equality."""
        signs = [term.sign for term in self.terms if term.amount]
        return max(signs.count(1), signs.count(-1))

    @property
    def amounts(self) -> tuple[str, ...]:
        """The printed amounts that took part, each as form/side/line/measure."""
        return tuple(str(term.place) for term in self.printed)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a printed amount: `amount` in yuan, and by which reader with what confidence.

    What no reader has `seen` is a guess: a digit that is easily taken for the one that was read.
    """

    printed: str
    amount: Decimal
    reader: Reader
    confidence: float = 1.0
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Explanation:
    """The places that a set of failing checks comes down to, and by how much each would have to change.

    `changes` is in yuan; a place may be blank, where an amount was lost. `failures` are the checks it explains.
    `certain` is False where nothing small explains them and the places are only those under most suspicion.
    """

    failures: tuple[Evaluated, ...]
    changes: Mapping[Place, Decimal]
    certain: bool = True


def pins(check: Evaluated, term: Term) -> bool:
    """Whether a check that holds would not hold without this amount; an amount of 0 has only its label to go by."""
    return term.amount == 0 or abs(term.amount) > check.tolerance
