"""Which papers came, went and took another's place, and what is said of a paper otherwise than before."""

from publish.derived.successions import find_successions
from publish.tables.querying import Connection
from schemas.dataset import dataset

OF_THE_READING = frozenset({"status", "status_reason", "page_count", "has_text_layer"})
"""Columns of `documents` that the reading alone fills: where they change, newer code reads the paper otherwise."""

PAPERS = """
CREATE OR REPLACE TEMP TABLE papers AS
SELECT *, document_id NOT IN (SELECT document_id FROM old_papers) AS is_new FROM new_papers
UNION ALL
SELECT *, false AS is_new FROM old_papers ANTI JOIN new_papers USING (document_id)
"""

CAME = """
CREATE OR REPLACE TEMP TABLE came AS
WITH predecessors AS (
    SELECT replaced_by AS document_id, document_id AS counterpart_id FROM successions
    QUALIFY row_number() OVER (PARTITION BY replaced_by ORDER BY fetched_at DESC NULLS LAST, document_id) = 1
)
SELECT document_id, counterpart_id
FROM new_papers ANTI JOIN old_papers USING (document_id) LEFT JOIN predecessors USING (document_id)
"""

WENT = """
CREATE OR REPLACE TEMP TABLE went AS
SELECT document_id, replaced_by AS counterpart_id
FROM old_papers ANTI JOIN new_papers USING (document_id) LEFT JOIN successions USING (document_id)
"""


def compare_papers(connection: Connection) -> None:
    """Make the tables `came` and `went` (document_id, counterpart_id) from the views of both releases' papers.

    The counterpart of a paper that came is the one whose place at the portal it took; of one that went, the one that
    took its place; null where there is none.
    """
    connection.execute(PAPERS)
    find_successions(connection)
    for step in (CAME, WENT):
        connection.execute(step)


def paper_changes() -> str:
    """The query of the changes of whole papers and of what is said of them."""
    told = [
        _whole("came", "new_papers", "added", "new_paper"),
        _whole("went", "old_papers", "removed", "withdrawn"),
        *(_metadata(column.name) for column in dataset().tables["documents"].columns if column.name != "document_id"),
    ]
    return " UNION ALL BY NAME ".join(told)


def _whole(papers: str, release: str, change: str, alone: str) -> str:
    text = "new_text" if change == "added" else "old_text"
    return f"""
        SELECT 'document' AS subject, '{change}' AS "change",
               CASE WHEN counterpart_id IS NULL THEN '{alone}' ELSE 'replaced' END AS reason,
               document_id, counterpart_id, kind, fiscal_year, department, file_name AS {text}
        FROM {papers} JOIN {release} USING (document_id)
    """


def _metadata(column: str) -> str:
    reason = "reread" if column in OF_THE_READING else "replaced" if column == "superseded_by" else "described_anew"
    return f"""
        SELECT 'metadata' AS subject, 'changed' AS "change", '{reason}' AS reason, document_id, '{column}' AS columns,
               new.kind, new.fiscal_year, new.department,
               CAST(old."{column}" AS VARCHAR) AS old_text, CAST(new."{column}" AS VARCHAR) AS new_text
        FROM new_papers AS new JOIN old_papers AS old USING (document_id)
        WHERE old."{column}" IS DISTINCT FROM new."{column}"
    """
