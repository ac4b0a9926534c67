"""Which papers of a portal a visit is for, where it is not for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schemas.captures import ListedPaper
from schemas.records import Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """Papers that meet all that is given; what is empty narrows by nothing.

    `since` and `until` bound the day of publication, both included. A paper of which its page does not say what is
    asked may be one, and is taken. `again`: from the server, though the archive may have the same bytes.
    """

    years: Sequence[int] = ()
    kinds: Sequence[Kind] = ()
    since: date | None = None
    until: date | None = None
    again: bool = False

    def takes(self, paper: ListedPaper) -> bool:
        """Whether a paper is meant."""
        by_year = not self.years or paper.fiscal_year is None or paper.fiscal_year in self.years
        by_kind = not self.kinds or paper.kind is None or paper.kind in self.kinds
        day = paper.published_on
        too_early = self.since is not None and day is not None and day < self.since
        too_late = self.until is not None and day is not None and day > self.until
        return by_year and by_kind and not (too_early or too_late)
