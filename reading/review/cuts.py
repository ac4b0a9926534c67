"""Cuts of the pages on which a paper's faults stand, made in a process with limits."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reading import work
from reading.questions.checking import CheckedPaper
from reading.questions.faults import Fault
from reading.running.processes import DocumentProcesses
from reading.sources import Source
from schemas.errors import UnreadableDocumentError

if TYPE_CHECKING:
    from extractors.pages.overlays.cutting import Cut, Wanted

MOST_PAGES = 4
"""A sum over more pages than these is shown on the first ones."""


def cuts_of(
    source: Source, faults: Sequence[Fault], folder: Path, target: Path, processes: DocumentProcesses
) -> Mapping[str, tuple["Cut", ...]]:
    """Write pictures for the faults of one document; the cuts of each by the fault's id, none where it has no page.

    The document's reading is kept in `folder`. Raises `UnreadableDocumentError`.
    """
    from extractors.pages.overlays.cutting import Wanted  # noqa: PLC0415  nobody else needs OpenCV

    wanted = {fault.id: tuple(_wanted(fault, Wanted)) for fault in faults}
    every = [each for own in wanted.values() for each in own]
    made = processes.call(cut_kept, source.path, source.document_id, every, folder, target) if every else []
    by_name = {cut.name: cut for cut in made}
    return {fault: tuple(by_name[each.name] for each in own if each.name in by_name) for fault, own in wanted.items()}


def cuts_of_papers(
    papers: Sequence[CheckedPaper], sources: Sequence[Source], folder: Path, target: Path, processes: DocumentProcesses
) -> tuple[Mapping[str, tuple["Cut", ...]], Sequence[tuple[str, str]]]:
    """The cuts for the standing faults of papers by the fault's id; and which papers could not be cut, and why."""
    by_id = {source.document_id: source for source in sources}
    cuts: dict[str, tuple[Cut, ...]] = {}
    uncut = []
    for paper in papers:
        identity = paper.document.document_id
        try:
            cuts |= cuts_of(by_id[identity], paper.standing, folder, target / identity, processes)
        except UnreadableDocumentError as error:
            uncut.append((paper.document.file_name, str(error)))
    return cuts, uncut


def cut_kept(path: Path, document_id: str, wanted: Sequence["Wanted"], folder: Path, target: Path) -> list["Cut"]:
    """What a document's process does."""
    from extractors.pages.overlays.cutting import cut_pages  # noqa: PLC0415
    from reading.rendered.rendering import as_pages  # noqa: PLC0415

    reading = work.kept(document_id, folder)
    pictured = {finding.page for finding in reading.findings if finding.code == "page_read_from_picture"}
    with as_pages(path, reading.document.format) as pages:
        if pages is None:
            return []
        shown = wanted if pages.same else [each._replace(boxes=()) for each in wanted]
        return cut_pages(pages.path, shown, {page for page in pictured if page}, target)


def _wanted(fault: Fault, wanted: type["Wanted"]) -> Iterator["Wanted"]:
    if fault.kind in ("words", "remark", "duty") and fault.page:
        text = "" if fault.kind == "duty" and not fault.found else fault.found
        yield wanted(fault.id, fault.page, (), text, fault.time)
    ordered = sorted(fault.marks, key=lambda mark: (mark.page, mark.box.y0))
    for number, (page, own) in enumerate(groupby(ordered, key=lambda mark: mark.page)):
        if number < MOST_PAGES:
            yield wanted(f"{fault.id}-{page}", page, tuple(mark.box for mark in own), "")
