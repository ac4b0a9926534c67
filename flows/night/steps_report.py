"""What the steps of a night hand back: what was read, and the night as a whole."""

from collections import Counter
from dataclasses import dataclass, field

from flows.night.expectations import Expectation
from flows.night.portal_visit import VisitResult
from flows.releasing import Published


@dataclass(frozen=True, slots=True)
class Processed:
    """How many documents were read, by status, with the reasons of others; how many were then checked."""

    by_status: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    amounts: Counter[str] = field(default_factory=Counter)
    checked: int = 0


@dataclass(frozen=True, slots=True)
class NightReport:
    """What a night brought. `breaches` are the bounds that were broken, by portal."""

    visits: tuple[VisitResult, ...]
    processed: Processed
    published: Published | None
    expectations: tuple[Expectation, ...]
    breaches: dict[str, tuple[str, ...]]

    @property
    def sound(self) -> bool:
        """Whether no bound is broken."""
        return not self.breaches
