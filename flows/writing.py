"""From the work folder to files: the dataset, or a release. A reading that breaks the rules does not stop it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from flows import work
from flows.errors import RowsRefusedError
from flows.outcomes import Outcome, outcome_of
from publish.errors import RowRefusedError
from schemas.records import Reading

T = TypeVar("T")


def write(folder: Path, writer: Callable[[Iterator[Reading]], T]) -> tuple[T, dict[str, Outcome]]:
    """What `writer` makes of all readings in the work folder, and the outcomes that changed, by document id.

    A document whose rows the dataset's definition refuses is recorded as failed, and everything is written again. That
    takes a defect of the reader, so it may cost time; checking each reading beforehand would cost it every time.
    """
    refused: dict[str, Outcome] = {}
    while True:
        try:
            return writer(work.all_kept(folder)), refused
        except RowRefusedError as error:
            if error.document_id is None or error.document_id in refused:
                raise
            refused[error.document_id] = _refuse(error.document_id, str(error), folder)


def _refuse(document_id: str, why: str, folder: Path) -> Outcome:
    document = work.kept(document_id, folder).document
    reason = str(RowsRefusedError(why))
    refused = Reading(replace(document, status="failed", status_reason=reason))
    work.keep(refused, folder)
    return outcome_of(refused)
