"""Which structures are borne out: by sums that hold elsewhere in the table, or the same identity in the same paper.

An identity is a hypothesis about the publisher. What it demands of one amount is held against that amount only where it
holds for others, and not by chance: as a sum of two amounts or more, or as two prints of one figure on two forms.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from checks.records import SOME, Evaluated

FEWEST_WITNESSES = 2
"""So many telling checks must hold."""
HOLDING_PER_FAILURE = 20
"""For each figure that fails beyond the first, so many must hold: a structure that fails often is not that table's."""
MANY = 3
"""So many figures that fail, more than hold, show that an identity is not the publisher's."""

Family = tuple[str, ...]


@dataclass
class _Tally:
    holds: int = 0
    failures: set[Decimal] = field(default_factory=set)

    @property
    def borne_out(self) -> bool:
        """Whether enough holds, and what fails is one figure or a small minority."""
        tolerated = max(1, self.holds // HOLDING_PER_FAILURE)
        return self.holds >= FEWEST_WITNESSES and len(self.failures) <= tolerated

    @property
    def lost(self) -> bool:
        """Whether it fails for many figures and for more than it holds."""
        return len(self.failures) >= max(MANY, self.holds + 1)


@dataclass(frozen=True)
class Evidence:
    """The families that are borne out, and those that most of what they say refutes (`lost`)."""

    borne_out: frozenset[Family]
    lost: frozenset[Family]

    @classmethod
    def of(cls, checks: Iterable[Evaluated], doubted: Collection[str] = (), known: Collection[str] = ()) -> "Evidence":
        """Weigh what each family's checks say.

        A figure that is missing fails every check above it by the same amount, and counts once. `doubted` are ids of
        identities that fail in most papers of the publisher, `known` those that its other papers bear out.
        """
        tallies: dict[Family, _Tally] = defaultdict(_Tally)
        ids: dict[Family, str] = {}
        for check in checks:
            ids.setdefault(check.family, check.check_id)
            if check.verdict == "fails":
                tallies[check.family].failures.add(abs(check.difference))
            elif is_telling(check):
                tallies[check.family].holds += 1
        binding = {family: tally for family, tally in tallies.items() if family[-1] != SOME}
        sound = {family for family, tally in binding.items() if tally.borne_out or ids[family] in known}
        lost = (family for family, tally in tallies.items() if tally.lost)
        return cls(frozenset(family for family in sound if ids[family] not in doubted), frozenset(lost))


def held_against(checks: Sequence[Evaluated], evidence: Evidence) -> list[Evaluated]:
    """Leave out the failing checks that nobody may be held to: of structures that are not borne out.

    What two forms say of one another counts only where neither fails within itself by a structure of that kind: a form
    that lost its rows in reading differs from all others. One that prints nothing where the other has an amount, or of
    which an identity takes it that it leaves a row blank, must add up to a total of its own.
    """
    failing = [check for check in checks if check.verdict == "fails"]
    unsound = {
        (check.family[0], half)
        for check in failing
        if check.family not in evidence.borne_out and len(check.halves) == 1
        for half in check.halves
    }
    whole = {half for check in checks if check.verdict == "holds" and _is_total(check) for half in check.halves}

    def held(check: Evaluated) -> bool:
        if check.family not in evidence.borne_out or not check.given <= whole:
            return False
        among = {(check.family[0], half) for half in check.halves}
        if len(among) == 1:
            return True
        blank = check.halves - {term.place.half for term in check.printed}
        return among.isdisjoint(unsound) and blank <= whole

    return [check for check in checks if check.verdict != "fails" or held(check)]


def _is_total(check: Evaluated) -> bool:
    """Whether a half adds up to its total, in figures that are not all blank."""
    return len(check.halves) == 1 and check.check_id.endswith(".total") and bool(check.parts)


def is_telling(check: Evaluated) -> bool:
    """Whether an equality that holds says something: it adds up amounts, or meets a figure of another form."""
    if check.verdict != "holds" or check.relation != "equal":
        return False
    return check.parts > 1 or meets_another_form(check)


def meets_another_form(check: Evaluated) -> bool:
    """Whether a check has amounts that are not 0 of several forms, or halves, on both sides."""
    left = {term.place.half for term in check.printed if term.amount and term.sign > 0}
    right = {term.place.half for term in check.printed if term.amount and term.sign < 0}
    return bool(left and right) and left != right
