"""Reading documents into the work folder: each in a process with limits, none able to harm the others."""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TypeVar

from checks.duties.judging import not_looked
from reading import work
from reading.errors import FileChangedError
from reading.provenance import with_provenance
from reading.running.outcomes import Outcome, outcome_of
from reading.running.processes import DocumentProcesses
from reading.sources import Source
from schemas.corrections import correcting
from schemas.errors import UnreadableDocumentError
from schemas.records import Document, Reading

LOG = logging.getLogger(__name__)
T = TypeVar("T")
Item = TypeVar("Item")


def read_all(sources: Iterable[Source], folder: Path, processes: DocumentProcesses) -> Iterator[Outcome]:
    """Read every document into the work folder and hand over its outcome, in the order in which they finish.

    The work is over once `reading.work.finish` has listed the documents. It is not `lasting`: what a power cut takes is
    read again.
    """
    return in_threads(lambda source: read(source, folder, processes, lasting=False), sources, processes.count)


def read(
    source: Source,
    folder: Path,
    processes: DocumentProcesses,
    corrections: Path | None = None,
    *,
    lasting: bool = True,
) -> Outcome:
    """Read one document into the work folder. A document that cannot be read ends there as failed, with its reason.

    `corrections` are a maintainer's own beside the project's (`schemas.corrections.correcting`). What is `lasting` is
    there after a power cut too.
    """
    try:
        return processes.call(read_and_keep, source, folder, corrections, lasting)
    except UnreadableDocumentError as error:
        LOG.debug("%s: %s\n%s", source.path, error, "".join(getattr(error, "__notes__", ())))
        return keep_failed(source, error, folder)


def read_and_keep(source: Source, folder: Path, corrections: Path | None = None, lasting: bool = True) -> Outcome:
    """What a document's process does. Raises `UnreadableDocumentError` where there is no reading to keep."""
    from reading.document import read_document  # noqa: PLC0415  the parent process needs no reader

    try:
        with correcting(corrections):
            reading = read_document(source.path, source.provenance)
    except OSError as error:
        raise FileChangedError(error.strerror or str(error)) from error
    if reading.document.document_id != source.document_id:
        raise FileChangedError("its bytes are not those that the run began with")
    described = with_provenance(reading, source.provenance)
    work.keep(described, folder, lasting=lasting)
    return outcome_of(described)


def keep_failed(source: Source, error: UnreadableDocumentError, folder: Path) -> Outcome:
    """Record a document as failed, with the error's reason."""
    failed = Document(source.document_id, source.name, "failed", str(error))
    reading = with_provenance(Reading(failed, disclosure=not_looked("could_not_be_read")), source.provenance)
    work.keep(reading, folder)
    return outcome_of(reading)


def in_threads(function: Callable[[Item], T], items: Iterable[Item], count: int) -> Iterator[T]:
    """`function` of each item in `count` threads, begun at once; results as they come. An error ends the rest."""
    threads = ThreadPoolExecutor(count)
    futures = [threads.submit(function, item) for item in items]

    def results() -> Iterator[T]:
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)

    return results()
