"""Where findings are looked for: papers that were read, and the tables of a dataset."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from publish.tables.papers import Paper
from publish.tables.querying import querying, view_table
from reading.questions.gaps import CODES, Seen

FINDINGS = """
SELECT findings.code, detail, document_id, file_name, documents.department, findings.page, row_count
FROM findings JOIN documents USING (document_id) LEFT JOIN tables USING (document_id, table_no)
WHERE list_contains(?, findings.code)
ORDER BY document_id, finding_no
"""
ROWS_AT_A_TIME = 8_192


def seen_in_tables(folder: Path) -> Iterator[Seen]:
    """The findings of a release or of what `extract` wrote. Raises `ReleaseDamagedError` where a table is missing."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch, querying(Path(scratch)) as connection:
        for table in ("documents", "tables", "findings"):
            view_table(connection, folder, table)
        found = connection.execute(FINDINGS, [list(CODES)])
        while rows := found.fetchmany(ROWS_AT_A_TIME):
            yield from (Seen(*row) for row in rows)


def seen_in_papers(papers: Iterable[Paper]) -> Iterator[Seen]:
    """The findings of papers, of which no more than their tables of findings is loaded where there are none."""
    for paper in papers:
        if "findings" in paper.tables:
            yield from _seen_in(paper)


def _seen_in(paper: Paper) -> Iterator[Seen]:
    found = [row for row in paper.load("findings").to_pylist() if row["code"] in CODES]
    if not found:
        return
    (document,) = paper.load("documents").to_pylist()
    rows = {row["table_no"]: row["row_count"] for row in paper.load("tables").to_pylist()}
    for row in found:
        yield Seen(
            code=row["code"],
            detail=row["detail"],
            document_id=paper.document_id,
            file_name=document["file_name"],
            department=document["department"],
            page=row["page"],
            table_rows=rows.get(row["table_no"]),
        )
