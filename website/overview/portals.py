"""Portals: what each has, what is expected of it, and since when it is silent."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from publish.tables.querying import Connection
from schemas.portals import portals
from website.overview.places import place_of

SILENT_DAYS = 400
"""A portal publishes at least once a year; one that has brought nothing for longer is silent."""

OF_PAPERS = """
SELECT portal, any_value(division_code) AS division_code, count(*) AS papers,
       count(*) FILTER (status = 'read') AS read, max(fetched_at) AS fetched_at, max(published_on) AS published_on
FROM documents WHERE portal IS NOT NULL GROUP BY portal
"""
OF_COVERAGE = """
SELECT portal, any_value(division_code) AS division_code, sum(expected)::BIGINT AS expected,
       sum(found) FILTER (expected IS NOT NULL)::BIGINT AS found_of_expected,
       string_agg(DISTINCT status, ' ') FILTER (status NOT IN ('found', 'unknown')) AS gaps,
       string_agg(DISTINCT reason, '; ') FILTER (status NOT IN ('found', 'unknown')) AS reasons
FROM coverage WHERE portal IS NOT NULL GROUP BY portal
"""


def portal_rows(connection: Connection, day: date) -> Iterator[Mapping[str, Any]]:
    """A row for each portal that a release knows of, by place and id; `day` is that of the release."""
    papers = {row["portal"]: row for row in connection.execute(OF_PAPERS).to_arrow_table().to_pylist()}
    covered = {row["portal"]: row for row in connection.execute(OF_COVERAGE).to_arrow_table().to_pylist()}
    known = portals()
    ids = sorted(papers.keys() | covered.keys(), key=lambda name: (_division(papers, covered, name) or "~", name))
    for name in ids:
        own, cover = papers.get(name, {}), covered.get(name, {})
        last = own.get("published_on")
        silent = (day - last).days if last else None
        yield {
            "id": name,
            "name": known[name].name if name in known else name,
            "place": place_of(_division(papers, covered, name)),
            "papers": own.get("papers", 0),
            "read": own.get("read", 0),
            "fetched": own["fetched_at"].date() if own.get("fetched_at") else None,
            "last": last,
            "expected": cover.get("expected"),
            "found": cover.get("found_of_expected"),
            "gaps": (cover.get("gaps") or "").split(),
            "reasons": cover.get("reasons"),
            "silent": silent if silent is not None and silent > SILENT_DAYS else None,
        }


def _division(papers: Mapping[str, Any], covered: Mapping[str, Any], name: str) -> str | None:
    code: str | None = (papers.get(name) or covered[name])["division_code"]
    return code
