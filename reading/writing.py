"""From the work folder to files: the dataset, or a release. A reading that breaks the rules does not stop it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from publish.tables.papers import Paper, quarantined_reading
from reading import work
from reading.running.outcomes import Outcome, outcome_of

T = TypeVar("T")


def write(folder: Path, writer: Callable[[Sequence[Paper]], T]) -> tuple[T, dict[str, Outcome]]:
    """What `writer` makes of all papers in the work folder, and the outcomes that changed, by document id.

    A document whose rows the dataset's definition refuses is recorded as failed, with the reason; the rest is written.
    """
    papers = work.papers(folder)
    written = writer(papers)
    refused = {paper.document_id: paper.quarantined for paper in papers if paper.quarantined}
    return written, {identity: _refused(identity, why, folder) for identity, why in refused.items()}


def _refused(document_id: str, why: str, folder: Path) -> Outcome:
    return outcome_of(quarantined_reading(work.kept(document_id, folder), why))
