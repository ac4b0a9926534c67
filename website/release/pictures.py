"""The pictures of papers' pages on the site, made once: `papers/<name>/3.webp` and `pages.json` with their sizes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from reading.running.processes import DocumentProcesses
from schemas.errors import UnreadableDocumentError
from schemas.records import Format
from website.writing import put

SIZES = "pages.json"
DRAWING = 1
"""Raised when pages come to be drawn in another way: then they are drawn anew."""


class Picture(NamedTuple):
    """A page's picture: its address from the folder of papers, the page's width and height in points."""

    address: str
    width: float
    height: float


def is_drawn(folder: Path) -> bool:
    """Whether a paper's pages were drawn, or could not be, as they would be now."""
    return _kept(folder) is not None


def kept_pictures(folder: Path) -> Mapping[int, Picture]:
    """The pictures that are in a paper's folder, by page."""
    pages = _kept(folder) or {}
    return {int(page): Picture(f"{folder.name}/{page}.webp", *size) for page, size in pages.items()}


def _kept(folder: Path) -> dict[str, list[float]] | None:
    try:
        kept = json.loads((folder / SIZES).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    pages: dict[str, list[float]] = kept["pages"]
    return pages if kept["drawing"] == DRAWING else None


class Wanted(NamedTuple):
    """The pages of a document that the site shows; `scanned` are drawn as they were read."""

    document_id: str
    format: Format | None
    pages: tuple[int, ...]
    scanned: frozenset[int]


def make_pictures(path: Path, wanted: Wanted, folder: Path, processes: DocumentProcesses) -> str | None:
    """Draw a document's pages into its folder, in a process of its own; why they could not be drawn, or None."""
    why: str | None = None
    try:
        drawn = processes.call(draw_pages, path, wanted.format, wanted.pages, wanted.scanned, folder)
    except UnreadableDocumentError as error:
        drawn, why = {}, str(error)
    put(folder / SIZES, json.dumps({"drawing": DRAWING, "pages": drawn}))
    return why


def draw_pages(
    path: Path, kind: Format | None, pages: tuple[int, ...], scanned: frozenset[int], folder: Path
) -> dict[int, tuple[float, float]]:
    """What a document's process does: the sizes of the pages that it drew, in points.

    Files whose pages LibreOffice lays out are not drawn: the boxes are those of their cells.
    """
    from extractors.pages.overlays.page_picture import write_pictures  # noqa: PLC0415  nobody else needs OpenCV
    from reading.rendered.rendering import PRINTED, as_pages  # noqa: PLC0415

    if kind in PRINTED:
        return {}
    with as_pages(path, kind) as printed:
        if printed is None:
            return {}
        written = write_pictures(printed.path, pages, scanned, folder)
        return {each.page: (round(each.width, 1), round(each.height, 1)) for each in written}
