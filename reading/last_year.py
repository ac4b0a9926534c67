"""Papers of consecutive years, put side by side: what the prose says of last year against last year's own paper."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from checks import last_year_checks, recorded
from checks.statements.last_year import CHECK_ID
from reading import work
from reading.running.outcomes import Outcome
from schemas.records import Kind, Reading
from schemas.wording import short_name


class PaperYear(NamedTuple):
    """What a paper is the one of: a department (by its short name), the kind, and the year that its figures are for."""

    department: str
    kind: Kind
    fiscal_year: int


def compare_with_last_year(outcomes: Iterable[Outcome], folder: Path) -> None:
    """Add to each reading of the work folder its checks against last year's paper, where that was read too.

    A reading that has such checks already gets them anew, so that it may be done again after any of the two changed.
    """
    for identity, before in consecutive(outcomes):
        compare(identity, before, folder)


def compare(identity: str, before: str, folder: Path) -> None:
    """Give one kept reading its checks against that of last year's paper."""
    reading = work.kept(identity, folder)
    compared = with_last_year(reading, work.kept(before, folder))
    if compared != reading:
        work.keep(compared, folder)


def consecutive(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, str]]:
    """The ids of a paper and of last year's; nothing where two papers claim to be last year's, for none may choose."""
    papers = _papers(outcomes)
    for paper, identities in papers.items():
        before = papers.get(paper._replace(fiscal_year=paper.fiscal_year - 1), ())
        if len(before) == 1:
            yield from ((identity, before[0]) for identity in identities)


def _papers(outcomes: Iterable[Outcome]) -> Mapping[PaperYear, list[str]]:
    papers: dict[PaperYear, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.department and outcome.kind and outcome.fiscal_year:
            papers[PaperYear(short_name(outcome.department), outcome.kind, outcome.fiscal_year)].append(
                outcome.document_id
            )
    return papers


def with_last_year(reading: Reading, before: Reading) -> Reading:
    """The reading with its checks against last year's, in place of any that it has."""
    own = tuple(each for each in reading.checks if each.check_id != CHECK_ID)
    found = last_year_checks(reading.narrative_facts, reading.line_items, before.line_items)
    return replace(reading, checks=(*own, *recorded(found)))
