"""The work of `gongkai extract`: documents → the work folder → the dataset's tables, and overlay pictures."""

from collections.abc import Iterator
from pathlib import Path

from flows import work
from flows.console import tracked
from flows.last_year import compare_with_last_year
from flows.outcomes import Outcome
from flows.pictures import draw_all
from flows.processes import DocumentProcesses
from flows.reading import read_all
from flows.reference import reference_rows
from flows.sources import Found, Source
from flows.writing import write
from publish.tables import write_dataset
from schemas.errors import UnreadableDocumentError

PICTURES = "pages"


def extract(found: Found, folder: Path, processes: DocumentProcesses) -> list[Outcome]:
    """Read all that was found and write `folder`/<table>.parquet and `folder`/csv/<table>.csv; each document's outcome.

    The files depend on the documents alone: not on their order, nor on how many are read at a time.
    """
    reading = read_all(found.sources, folder, processes)
    reference = reference_rows()  # while the first documents are being read
    outcomes = {o.document_id: o for o in tracked(reading, len(found.sources), "读取 reading")}
    compare_with_last_year(outcomes.values(), folder)
    work.finish(outcomes, folder)
    _, refused = write(folder, lambda readings: write_dataset(readings, folder, reference))
    return [refused.get(identity, outcome) for identity, outcome in outcomes.items()]


def draw(
    found: Found, outcomes: list[Outcome], folder: Path, processes: DocumentProcesses
) -> Iterator[tuple[Source, UnreadableDocumentError]]:
    """Draw `folder`/pages/<file's stem>/000001_cells.png … of all that could be opened; what could not be drawn."""
    opened = {outcome.document_id for outcome in outcomes if outcome.status != "failed"}
    sources = [source for source in found.sources if source.document_id in opened]
    drawing = draw_all(sources, folder, folder / PICTURES, processes)
    return ((source, error) for source, error in tracked(drawing, len(sources), "绘图 drawing") if error)
