"""The table `coverage`: which papers should be there, which were found and read, and why the others are not.

A gap is a row with its reason, never a zero: for every portal that is known, each year of the dataset and each kind
has a row. What a crawl knows of papers that were not found comes in as `CrawlCoverage` rows.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

import pyarrow as pa

from publish.derived.successions import PAPERS, find_successions
from publish.derived.table_files import DerivedTableError, write_derived_table
from publish.tables.querying import Connection, batches, querying, share, view_table
from schemas.dataset import dataset
from schemas.records import Kind

COVERAGE = "coverage"

Outcome = Literal["found", "not_published", "blocked", "failed", "not_looked"]


class CrawlCoverage(NamedTuple):
    """What a crawl knows of a portal's papers of one year and kind; `expected` is None where nobody knows how many.

    `division_code` is that of the portal's documents. There is at most one of a portal, division, year and kind.
    """

    portal: str
    division_code: str | None
    fiscal_year: int
    kind: Kind
    outcome: Outcome
    expected: int | None = None
    reason: str | None = None


CRAWL_SCHEMA = pa.schema(
    [
        ("portal", pa.string()),
        ("division_code", pa.string()),
        ("fiscal_year", pa.int16()),
        ("kind", pa.string()),
        ("outcome", pa.string()),
        ("expected", pa.int32()),
        ("reason", pa.string()),
    ]
)

STANDING = """
CREATE OR REPLACE TEMP TABLE standing AS
SELECT * FROM papers ANTI JOIN successions USING (document_id)
"""

COUNTED = """
CREATE OR REPLACE TEMP TABLE counted AS
WITH accounts AS (
    SELECT document_id, department, count(*) AS amounts, count(*) FILTER (status = 'proven') AS proven
    FROM line_items GROUP BY document_id, department
)
SELECT portal, division_code, standing.fiscal_year, standing.kind,
       count(DISTINCT document_id) AS found, count(DISTINCT document_id) FILTER (status = 'read') AS read,
       count(DISTINCT accounts.department) AS departments, coalesce(sum(amounts), 0) AS amounts,
       coalesce(sum(proven), 0) AS proven
FROM standing LEFT JOIN accounts USING (document_id)
GROUP BY portal, division_code, standing.fiscal_year, standing.kind
"""

EVERY_PLACE = """
CREATE OR REPLACE TEMP TABLE every_place AS
WITH known AS (
    SELECT portal, division_code, fiscal_year, kind FROM counted
    UNION SELECT portal, division_code, fiscal_year, kind FROM crawl_coverage
), years AS (
    SELECT unnest(generate_series(min(fiscal_year), max(fiscal_year)))::SMALLINT AS fiscal_year FROM known
), publishers AS (
    SELECT DISTINCT portal, division_code FROM known WHERE portal IS NOT NULL OR division_code IS NOT NULL
)
SELECT * FROM known
UNION SELECT portal, division_code, fiscal_year, kind
      FROM publishers, years, (VALUES ('budget'), ('final_accounts')) AS kinds(kind)
"""

LOST = "找到而未收录 / found, but not part of the release"

COVERED = """
WITH joined AS (
    SELECT every_place.*, expected, coalesce(found, 0) AS found, coalesce(read, 0) AS read,
           coalesce(departments, 0) AS departments, coalesce(amounts, 0) AS amounts, proven, outcome,
           crawl_coverage.reason
    FROM every_place
    LEFT JOIN counted ON {same_as_counted}
    LEFT JOIN crawl_coverage ON {same_as_crawl_coverage}
)
SELECT * EXCLUDE (proven, outcome, reason, broken),
       {share} AS share_proven,
       CASE WHEN found > 0 AND (broken OR coalesce(found < expected, false)) THEN 'partly_found'
            WHEN found > 0 THEN 'found'
            WHEN outcome = 'found' THEN 'failed'
            ELSE coalesce(outcome, 'unknown') END AS status,
       CASE WHEN found = 0 AND outcome = 'found' THEN concat_ws('；', '{lost}', reason)
            WHEN found > 0 AND broken THEN concat_ws('：', outcome, reason)
            ELSE reason END AS reason
FROM (SELECT *, coalesce(outcome IN ('blocked', 'failed'), false) AS broken FROM joined)
ORDER BY portal NULLS FIRST, division_code NULLS FIRST, fiscal_year NULLS FIRST, kind NULLS FIRST
"""


def write_coverage(building: Path, previous: Path | None = None, crawl_coverage: Iterable[CrawlCoverage] = ()) -> None:
    """Write the table of the release in `building`; `previous` has no say, `crawl_coverage` is what a crawl knows.

    Raises `DerivedTableError` where two rows of `crawl_coverage` speak of the same papers.
    """
    with querying(building) as connection:
        view_table(connection, building, "line_items")
        view_table(connection, building, "documents")
        connection.execute(PAPERS)
        _take_crawl_coverage(connection, crawl_coverage)
        find_successions(connection)
        for step in (STANDING, COUNTED, EVERY_PLACE):
            connection.execute(step)
        table = dataset().derived[COVERAGE]
        query = COVERED.format(
            share=share("proven", "amounts"),
            lost=LOST,
            same_as_counted=_same_place("counted"),
            same_as_crawl_coverage=_same_place("crawl_coverage"),
        )
        write_derived_table(building, table, batches(connection, query, table))


def _take_crawl_coverage(connection: Connection, crawl_coverage: Iterable[CrawlCoverage]) -> None:
    rows = pa.Table.from_pylist([row._asdict() for row in crawl_coverage], schema=CRAWL_SCHEMA)
    connection.register("crawl_coverage", rows)
    repeated = connection.execute(
        "SELECT portal, fiscal_year, kind FROM crawl_coverage GROUP BY portal, division_code, fiscal_year, kind"
        " HAVING count(*) > 1 ORDER BY ALL LIMIT 1"
    ).fetchone()
    if repeated:
        raise DerivedTableError(f"two outlooks for the same papers: {repeated}")


def _same_place(table: str) -> str:
    key = dataset().derived[COVERAGE].key
    return " AND ".join(f"{table}.{name} IS NOT DISTINCT FROM every_place.{name}" for name in key)
