"""The work of `gongkai extract`: documents → the work folder → the dataset's tables, and overlay pictures."""

from collections.abc import Iterator
from pathlib import Path

from publish.tables.dataset_files import write_dataset
from publish.tables.reference import reference_batches
from reading import work
from reading.pictures import draw_all
from reading.running.outcomes import Outcome
from reading.running.processes import DocumentProcesses
from reading.running.progress import Progress, unwatched
from reading.running.runner import read_all
from reading.sources import Found, Source
from reading.together import held_together
from reading.writing import write
from schemas.errors import UnreadableDocumentError

PICTURES = "pages"


def extract(found: Found, folder: Path, processes: DocumentProcesses, progress: Progress = unwatched) -> list[Outcome]:
    """Read all that was found and write `folder`/<table>.parquet and `folder`/csv/<table>.csv; each document's outcome.

    The files depend on the documents alone: not on their order, nor on how many are read at a time.
    """
    reading = read_all(found.sources, folder, processes)
    reference = reference_batches()  # while the first documents are being read
    outcomes = held_together(progress(reading, len(found.sources), "读取 reading"), found.sources, folder)
    work.finish(outcomes, folder, lasting=False)
    _, refused = write(folder, lambda readings: write_dataset(readings, folder, reference))
    return [refused.get(identity, outcome) for identity, outcome in outcomes.items()]


def draw(
    found: Found,
    outcomes: list[Outcome],
    folder: Path,
    processes: DocumentProcesses,
    progress: Progress = unwatched,
) -> Iterator[tuple[Source, UnreadableDocumentError]]:
    """Draw `folder`/pages/<file's stem>/000001_cells.png … of all that could be opened; what could not be drawn."""
    opened = {outcome.document_id for outcome in outcomes if outcome.status != "failed"}
    sources = [source for source in found.sources if source.document_id in opened]
    drawing = draw_all(sources, folder, folder / PICTURES, processes)
    return ((source, error) for source, error in progress(drawing, len(sources), "绘图 drawing") if error)
