"""Which paper took another's place: what the ledger says of it, or else files one after the other at one address."""

from publish.tables.querying import Connection

SUCCESSIONS = """
CREATE OR REPLACE TEMP TABLE successions AS
WITH fetches AS (
    SELECT source_url, coalesce(fetched_at::VARCHAR, '') AS fetched, count(*) AS files
    FROM papers WHERE source_url IS NOT NULL GROUP BY ALL
), archives AS (
    SELECT DISTINCT source_url FROM fetches WHERE files > 1
), placed AS (
    SELECT document_id, superseded_by, fetched_at, is_new, source_url,
           CASE WHEN source_url IN (FROM archives) THEN file_name END AS member
    FROM papers
), next_at_place AS (
    SELECT document_id, fetched_at, superseded_by, lead(document_id) OVER in_turn AS next
    FROM placed WHERE source_url IS NOT NULL
    WINDOW in_turn AS (PARTITION BY source_url, member ORDER BY fetched_at NULLS FIRST, is_new, document_id)
    UNION ALL
    SELECT document_id, fetched_at, superseded_by, NULL FROM placed WHERE source_url IS NULL
)
SELECT document_id, fetched_at, coalesce(superseded_by, next) AS replaced_by
FROM next_at_place WHERE coalesce(superseded_by, next) IS NOT NULL
"""


PAPERS = "CREATE OR REPLACE TEMP VIEW papers AS SELECT *, false AS is_new FROM documents"
"""The papers of one release alone."""


def find_successions(connection: Connection) -> None:
    """Make the table `successions` (document_id, fetched_at, replaced_by) of the papers that have a successor.

    `papers` has the columns of `documents`, and `is_new` of those that an older release lacks, which settles the order
    of files fetched in the same second. A place is an address; where one fetch of it gave several files it is an
    archive, and the place is the file's name within it. Papers of a folder have no address and replace nothing.
    """
    connection.execute(SUCCESSIONS)
