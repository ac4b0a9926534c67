"""Which documents to do again, and from which stage on: what `gongkai rerun` is given, in terms of the ledger."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ledger import Ledger, Stage, Standing
from ledger.errors import AmbiguousDocumentError, UnknownDocumentError
from ledger.queries.paper_filter import PaperFilter
from schemas.errors import WrongUseError
from schemas.records import Kind

REDONE: tuple[Stage, ...] = ("read", "checked", "published")
"""What can be done again from the archive alone, in this order."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Documents that meet all of what is given; `documents` are ids or unique beginnings of them.

    `failed`: those that a stage failed on. `reasons`: that ended with one of these reasons, failed or not. `stale`:
    those that other code than today's has read. `years` and `kinds`: as the portal or the paper says; `since` and
    `until`: first fetched in the nights of these dates, both included.
    """

    failed: bool = False
    reasons: Sequence[str] = ()
    portals: Sequence[str] = ()
    documents: Sequence[str] = ()
    stale: bool = False
    years: Sequence[int] = ()
    kinds: Sequence[Kind] = ()
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is given, which is not taken for everything."""
        narrowed = (self.reasons, self.portals, self.documents, self.years, self.kinds, self.since, self.until)
        return not (self.failed or self.stale or any(narrowed))

    @property
    def papers(self) -> PaperFilter:
        """What is asked of the papers themselves."""
        return PaperFilter(self.years, self.kinds, self.since, self.until)


def chosen(ledger: Ledger, selection: Selection, code_version: str) -> Iterator[Standing]:
    """Each document once, at the stage to begin again from: the first that failed, or its reading.

    Raises `WrongUseError` where nothing is given, or a document is not in the ledger.
    """
    if selection.is_empty:
        raise WrongUseError(
            "请说明重做哪些文件 / say which documents: "
            "--failed, --reason, --portal, --document, --stale, --year, --kind, --since, --until"
        )
    found = _found(ledger, selection, code_version)
    return _each_once(found) if len(_stages(selection)) > 1 else found


def _found(ledger: Ledger, selection: Selection, code_version: str) -> Iterator[Standing]:
    """Standings stage by stage, so that a document comes at its earliest one first."""
    documents = [whole_id(ledger, prefix) for prefix in selection.documents]
    for stage in _stages(selection):
        yield from ledger.standings(
            stages=(stage,),
            states=("failed",) if selection.failed else (),
            reasons=selection.reasons,
            portals=selection.portals,
            documents=documents,
            other_version_than=code_version if selection.stale else None,
            papers=selection.papers,
        )


def _stages(selection: Selection) -> Sequence[Stage]:
    by_result = (selection.failed or selection.reasons) and not selection.stale
    return REDONE if by_result else REDONE[:1]


def _each_once(found: Iterable[Standing]) -> Iterator[Standing]:
    seen: set[str] = set()
    for standing in found:
        if standing.document_id not in seen:
            seen.add(standing.document_id)
            yield standing


def whole_id(ledger: Ledger, prefix: str) -> str:
    """The document whose id begins so. Raises `WrongUseError` where there is none, or more than one."""
    try:
        return ledger.document_id(prefix)
    except (UnknownDocumentError, AmbiguousDocumentError) as error:
        raise WrongUseError(f"没有唯一的这份文件 / not one document of the ledger: {error}") from error


def requeue(ledger: Ledger, again: Iterable[Standing]) -> int:
    """Let the chosen documents wait for their stage again; returns how many now do that did not. Again is no change."""
    runs = groupby(again, key=lambda standing: standing.stage)
    return sum(ledger.requeue((standing.document_id for standing in run), stage) for stage, run in runs)
