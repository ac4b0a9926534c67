"""Papers of consecutive years, put side by side: what the prose says of last year against last year's own paper."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from checks import last_year_checks, recorded
from checks.statements.last_year import CHECK_ID
from reading import work
from reading.running.outcomes import Outcome
from schemas.records import Kind, LineItem, Reading
from schemas.wording import short_name

Files = tuple[str, ...]
"""The documents of one paper."""


class PaperYear(NamedTuple):
    """What a paper is the one of: a department (by its short name), the kind, and the year that its figures are for."""

    department: str
    kind: Kind
    fiscal_year: int


def compare_with_last_year(outcomes: Iterable[Outcome], folder: Path) -> None:
    """Add to each reading of the work folder its checks against last year's paper, where that was read too.

    A reading that has such checks already gets them anew, so that it may be done again after any of the two changed.
    """
    for files, before in consecutive(outcomes):
        compare(files, before, folder)


def compare(files: Files, before: Files, folder: Path) -> None:
    """Give the kept readings of a paper's files their checks against last year's paper."""
    readings = [work.kept(identity, folder) for identity in files]
    items = [item for reading in readings for item in reading.line_items]
    last_items = [item for identity in before for item in work.kept(identity, folder).line_items]
    for reading in readings:
        compared = with_last_year(reading, items, last_items)
        if compared != reading:
            work.keep(compared, folder)


def consecutive(outcomes: Iterable[Outcome]) -> Iterator[tuple[Files, Files]]:
    """A paper's documents and last year's; nothing where two papers claim to be last year's, for none may choose.

    A paper may come in several files (`Outcome.paper_id`).
    """
    papers = _papers(outcomes)
    for paper, own in papers.items():
        before = list(papers.get(paper._replace(fiscal_year=paper.fiscal_year - 1), {}).values())
        if len(before) == 1:
            yield from ((tuple(files), tuple(before[0])) for files in own.values())


def _papers(outcomes: Iterable[Outcome]) -> Mapping[PaperYear, Mapping[str, list[str]]]:
    """The papers of each department and year: their documents by `paper_id`."""
    papers: dict[PaperYear, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for outcome in outcomes:
        if outcome.department and outcome.kind and outcome.fiscal_year:
            paper = PaperYear(short_name(outcome.department), outcome.kind, outcome.fiscal_year)
            papers[paper][outcome.paper_id].append(outcome.document_id)
    return papers


def with_last_year(reading: Reading, items: Sequence[LineItem], last_items: Sequence[LineItem]) -> Reading:
    """The reading with its checks against last year's paper, in place of any that it has.

    `items` are the amounts of its own paper, `last_items` of last year's, of all their files.
    """
    own = tuple(each for each in reading.checks if each.check_id != CHECK_ID)
    found = last_year_checks(reading.narrative_facts, items, last_items)
    return replace(reading, checks=(*own, *recorded(found)))
