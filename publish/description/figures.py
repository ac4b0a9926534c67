"""`summary.json` of a release: the figures that the index of releases shows, counted once when it is made."""

import json
from pathlib import Path
from typing import Any

from publish.tables.querying import Connection, querying, view_table
from schemas.dataset import dataset

SUMMARY = "summary.json"

Figures = dict[str, Any]

COVERED = """
SELECT fiscal_year, kind, count(DISTINCT (portal, division_code)) FILTER (found > 0) AS publishers,
       sum(expected)::BIGINT AS expected, sum(found)::BIGINT AS found, sum(read)::BIGINT AS read,
       sum(departments)::BIGINT AS departments, sum(amounts)::BIGINT AS amounts
FROM coverage GROUP BY fiscal_year, kind ORDER BY fiscal_year DESC NULLS LAST, kind NULLS LAST
"""

GAPS = """
SELECT fiscal_year, kind, status, count(*) FROM coverage WHERE status <> 'found'
GROUP BY fiscal_year, kind, status ORDER BY ALL
"""


def write_figures(building: Path, previous: Path | None = None) -> None:
    """Write `summary.json` of the release in `building`, which has its table of coverage; `previous` has no say."""
    with querying(building) as connection:
        for table in ("documents", "line_items", "coverage"):
            view_table(connection, building, table)
        figures = _figures(connection)
    file = building / SUMMARY
    file.unlink(missing_ok=True)
    file.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def read_figures(release: Path) -> Figures | None:
    """The figures of a release, or None where it was made before there were any."""
    file = release / SUMMARY
    figures: Figures | None = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    return figures


def _figures(connection: Connection) -> Figures:
    statuses = dict(connection.execute("SELECT status, count(*) FROM line_items GROUP BY status").fetchall())
    documents, read = _one(connection, "SELECT count(*), count(*) FILTER (status = 'read') FROM documents")
    (departments,) = _one(connection, "SELECT count(DISTINCT department) FROM line_items")
    return {
        "documents": documents,
        "read": read,
        "departments": departments,
        "amounts": {status: statuses.get(status, 0) for status in dataset().terms("amount_status")},
        "coverage": _coverage(connection),
    }


def _coverage(connection: Connection) -> list[Figures]:
    """A year and kind each: publishers with papers, papers, and how many publishers have a gap of which sort."""
    gaps: dict[tuple[int | None, str | None], dict[str, int]] = {}
    for year, kind, status, count in connection.execute(GAPS).fetchall():
        gaps.setdefault((year, kind), {})[status] = count
    covered = connection.execute(COVERED)
    names = [column[0] for column in covered.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in covered.fetchall()]
    return [{**row, "gaps": gaps.get((row["fiscal_year"], row["kind"]), {})} for row in rows]


def _one(connection: Connection, query: str) -> tuple[Any, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None, "a count is one row"
    return row
