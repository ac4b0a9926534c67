"""The doubts of a root by paper: those of its site, and those of papers that were read again since."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.review.paper import OpenPaper
from reading import work
from schemas.errors import WrongUseError
from schemas.records import LineItem
from website import kept
from website.addresses import paper_name
from website.making import PAPERS, doubts_of
from website.release.pictures import kept_pictures
from website.release.rows import paper_digest
from website.review.doubt import sums_in

Doubt = dict[str, Any]
"""An entry as `website.kept` keeps it."""


class Doubts:
    """Doubtful amounts of forms, by the id of their paper; amounts of other tables have no place to be corrected at."""

    def __init__(self, site: Path, readings: Path) -> None:
        self._site = site
        self._readings = readings
        self._of: dict[str, list[Doubt]] = {}
        self.load()

    def load(self) -> None:
        """Take them from the site, and those of papers that it has not as they were read last from their readings."""
        self._of = {}
        for paper in work.papers(self._readings):
            made = kept.kept(self._site, paper_name(paper.document_id))
            self._of[paper.document_id] = [doubt for doubt in made.doubts if doubt["measure"]] if made else []
            if made is None or made.rows != paper_digest(paper):
                self.read_again(OpenPaper.of(paper.document_id, self._readings))

    def __iter__(self) -> Iterator[tuple[str, Doubt]]:
        """Each with its document's id, most yuan at stake first."""
        every = [(identity, doubt) for identity, own in self._of.items() for doubt in own]
        return iter(sorted(every, key=lambda each: (-float(each[1]["stake"]), each[1]["id"])))

    def find(self, amount: str) -> tuple[str, Doubt]:
        """The document of an amount, and its entry. Raises `WrongUseError` where no such amount is in doubt."""
        for identity, own in self._of.items():
            for doubt in own:
                if doubt["id"] == amount:
                    return identity, doubt
        raise WrongUseError(f"没有这个存疑的金额 / no such amount in doubt: {amount}")

    def read_again(self, paper: OpenPaper) -> None:
        """Take a paper's doubts from its new reading; those that a person has settled can still be looked at."""
        identity = paper.document_id
        before = self._of.get(identity, [])
        pages = {doubt["id"]: Path(doubt["page_of"]).name for doubt in before}
        pictures = kept_pictures(self._site / PAPERS / paper_name(identity))
        found = doubts_of(paper.rows, paper.amounts, sums_in(paper.rows, paper.amounts), pages, pictures)
        anew = [doubt for doubt in found if doubt["measure"]]
        still = {doubt["id"] for doubt in anew}
        settled = [doubt for doubt in before if doubt["id"] not in still and _by_a_person(paper.find(doubt["id"]))]
        self._of[identity] = [*anew, *settled]


def _by_a_person(item: LineItem | None) -> bool:
    return item is not None and item.reader == "correction"
