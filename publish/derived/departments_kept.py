"""Which years' rows of `departments` are those of the release before, so that their line items need not be read again.

A row is made of the line items of its year, and of what is said of the papers that these are of: whether they are
annexes, the publisher, the dates that settle which paper counts, and whether another took its place. A year in which
neither changed keeps its rows. What compares a year with another is computed for all rows, kept or not.
"""

from pathlib import Path

from publish.derived.partitions import unchanged_partitions
from publish.derived.successions import PAPERS, find_successions
from publish.tables.paths import WHOLE, year_of
from publish.tables.querying import Connection, view_table

LINE_ITEMS = "line_items"

STANDING = """
CREATE OR REPLACE TEMP TABLE {release}_standing AS
SELECT document_id, role IS NOT DISTINCT FROM 'annex' AS annex, division_code, portal, published_on, fetched_at,
       replaced_by IS NOT NULL AS replaced
FROM papers LEFT JOIN (SELECT document_id, replaced_by FROM successions) USING (document_id)
"""

KEPT = """
CREATE OR REPLACE TEMP TABLE kept AS
WITH told_otherwise AS (
    SELECT document_id FROM (FROM old_standing EXCEPT FROM new_standing)
    UNION SELECT document_id FROM (FROM new_standing EXCEPT FROM old_standing)
), papers_of_years AS (
    SELECT fiscal_year, unnest(string_split(concat_ws(' ', document_id, other_document_ids), ' ')) AS document_id
    FROM old_departments
), turned AS (
    FROM old_standing JOIN new_standing AS now USING (document_id) WHERE old_standing.annex <> now.annex
)
FROM old_departments
WHERE list_contains(?, fiscal_year) AND fiscal_year NOT IN (
    SELECT fiscal_year FROM papers_of_years WHERE document_id IN (FROM told_otherwise)
) AND NOT EXISTS (FROM turned)
"""
"""What was an annex has no row that tells of its years: once one has become a paper, no row is kept."""


def keep_rows(connection: Connection, building: Path, previous: Path) -> frozenset[str]:
    """Make the table `kept`: rows of the release before that hold; returns the partitions of line items they are of."""
    unchanged = unchanged_partitions(building, previous, LINE_ITEMS) - {WHOLE}
    for release, folder in (("old", previous), ("new", building)):
        view_table(connection, folder, "documents")
        connection.execute(PAPERS)
        find_successions(connection)
        connection.execute(STANDING.format(release=release))
    view_table(connection, previous, "departments", "old_departments")
    connection.execute(KEPT, [[year_of(partition) for partition in unchanged]])
    kept = connection.execute("SELECT DISTINCT fiscal_year FROM kept").fetchall()
    return frozenset(partition for partition in unchanged if (year_of(partition),) in kept)
