"""A paper as it was read last, opened for the review."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from reading import work
from schemas.errors import WrongUseError
from schemas.records import LineItem, Reading
from website.papers.amounts import Amount, amounts_of
from website.release.rows import PaperRows, paper_in


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A reading, the rows that a release would have of it, and its amounts as pages show them."""

    reading: Reading
    rows: PaperRows
    amounts: Sequence[Amount]

    @classmethod
    def of(cls, document_id: str, folder: Path) -> Self:
        """Open one of the work folder's. Raises what `reading.work.kept` does."""
        rows = paper_in(work.paper(document_id, folder).load)
        return cls(work.kept(document_id, folder), rows, amounts_of(rows))

    @property
    def document_id(self) -> str:
        """Whose it is."""
        return self.reading.document.document_id

    def find(self, amount_id: str) -> LineItem | None:
        """An amount by its id; None where this reading has none."""
        return next((item for item in self.reading.line_items if item.amount_id == amount_id), None)

    def item(self, amount_id: str) -> LineItem:
        """An amount by its id. Raises `WrongUseError` where this reading has none."""
        if (found := self.find(amount_id)) is None:
            raise WrongUseError(
                f"重读之后没有这个金额了 / the paper was read again, and has no such amount: {amount_id}"
            )
        return found

    def shown(self, amount_id: str) -> Amount:
        """The same as its page shows it. Raises `WrongUseError`."""
        self.item(amount_id)
        return next(each for each in self.amounts if each.id == amount_id)
