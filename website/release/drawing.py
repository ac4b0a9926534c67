"""Which papers' pages are not drawn yet, and drawing them, some papers at a time."""

from collections.abc import Iterator
from pathlib import Path

from publish.tables.querying import Connection
from reading.running.processes import DocumentProcesses
from reading.running.progress import Progress
from reading.running.runner import in_threads
from website.addresses import paper_name
from website.release.originals import Originals
from website.release.pictures import Wanted, is_drawn, make_pictures

PAGES = """
SELECT document_id, any_value(documents.format) AS format, list(DISTINCT shown.page ORDER BY shown.page) AS pages,
       list(DISTINCT shown.page) FILTER (scanned) AS scanned
FROM documents JOIN (
    SELECT DISTINCT document_id, page, false AS scanned FROM cells
    UNION SELECT DISTINCT document_id, page, false FROM narrative_facts
    UNION SELECT DISTINCT document_id, page, code = 'page_read_from_picture' FROM findings WHERE page IS NOT NULL
) shown USING (document_id)
GROUP BY document_id ORDER BY document_id
"""
"""The pages that a visitor may want to see, of each paper: those with cells, figures in the prose, or findings."""


def draw_missing(
    connection: Connection, papers: Path, originals: Originals, processes: DocumentProcesses, progress: Progress
) -> Iterator[tuple[str, str]]:
    """Draw the pages that are not there yet and can be had; the ids of papers that could not be drawn, with why."""
    rows = connection.execute(PAGES).fetchall()
    wanted = [
        Wanted(identity, kind, tuple(pages), frozenset(scanned or ()))
        for identity, kind, pages, scanned in rows
        if not is_drawn(papers / paper_name(identity))
    ]

    def draw(each: Wanted) -> tuple[str, str | None]:
        with originals.path(each.document_id) as file:
            if file is None:
                return each.document_id, None
            return each.document_id, make_pictures(file, each, papers / paper_name(each.document_id), processes)

    drawn = progress(in_threads(draw, wanted, processes.count), len(wanted), "画页 pages")
    return ((identity, why) for identity, why in drawn if why is not None)
