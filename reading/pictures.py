"""Overlay pictures of documents whose readings are in the work folder: `<target>/<file's stem>/000003_cells.png`.

Beside those of scanned pages stand the steps of their reading, `000003_level.png` and on.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from reading import work
from reading.running.processes import DocumentProcesses
from reading.running.runner import in_threads
from reading.sources import Source
from schemas.errors import UnreadableDocumentError


def draw_all(
    sources: Sequence[Source], folder: Path, target: Path, processes: DocumentProcesses
) -> Iterator[tuple[Source, UnreadableDocumentError | None]]:
    """Draw each document's pages, in its process; a document that cannot be drawn comes with the reason."""
    folders = picture_folders(sources, target)
    draw_one = partial(_draw, folder=folder, folders=folders, processes=processes)
    return in_threads(draw_one, sources, processes.count)


def picture_folders(sources: Sequence[Source], target: Path) -> dict[str, Path]:
    """A folder for each document id, named as its file; where several files bear a name, by the document id too."""
    stems = {source.document_id: Path(source.name).stem for source in sources}
    shared = Counter(stem.casefold() for stem in stems.values())
    return {
        identity: target / (stem if shared[stem.casefold()] == 1 else f"{stem}-{identity[:8]}")
        for identity, stem in stems.items()
    }


def draw_kept(path: Path, document_id: str, folder: Path, target: Path) -> int:
    """What a document's process does: draw the reading that was kept; returns the number of pages drawn."""
    from extractors.pages.overlays.overlay import draw_overlays  # noqa: PLC0415  nobody else needs OpenCV
    from reading.rendered.rendering import as_pages  # noqa: PLC0415

    for old in target.glob(f"{'[0-9]' * 6}_*.png"):
        old.unlink()
    reading = work.kept(document_id, folder)
    with as_pages(path, reading.document.format) as pages:
        if pages is None:
            return 0
        return len(draw_overlays(pages.path, reading if pages.same else replace(reading, tables=()), target))


def _draw(
    source: Source, folder: Path, folders: dict[str, Path], processes: DocumentProcesses
) -> tuple[Source, UnreadableDocumentError | None]:
    try:
        processes.call(draw_kept, source.path, source.document_id, folder, folders[source.document_id])
    except UnreadableDocumentError as error:
        return source, error
    return source, None
