"""Places: divisions by their code, and the page of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from publish.tables.querying import Connection
from schemas.classifications.divisions import division, parent_division
from website.rendering import HERE, rendered

LAST_LISTED = 2024
"""The last year of the list of divisions: what was in use then is taken to be so later."""
UNKNOWN = "unknown"
"""The page of papers that nobody gave a place."""

PAPERS = """
SELECT division_code, count(*) AS papers, count(*) FILTER (status = 'read') AS read
FROM documents GROUP BY division_code
"""
AMOUNTS = """
SELECT division_code, line_items.status, count(*) FROM line_items JOIN documents USING (document_id) GROUP BY ALL
"""
DEPARTMENTS = "SELECT division_code, count(DISTINCT department) FROM departments GROUP BY division_code"
COVERAGE = """
SELECT division_code, fiscal_year, kind, sum(expected)::BIGINT AS expected, sum(found)::BIGINT AS found,
       sum(read)::BIGINT AS read, sum(amounts)::BIGINT AS amounts, string_agg(DISTINCT status, ' ') AS status
FROM coverage GROUP BY ALL HAVING sum(found) > 0 OR sum(expected) > 0
ORDER BY fiscal_year DESC NULLS LAST, kind
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A division: its code, its name, and the names of those it lies in, from the province down."""

    code: str
    name: str
    within: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The whole way from the province down."""
        return " ".join((*self.within, self.name))

    @property
    def province(self) -> str:
        """The code of its province, `unknown` where there is none."""
        return f"{self.code[:2]}0000" if self.code != UNKNOWN else UNKNOWN


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """What a release has of a place."""

    place: Place
    papers: int
    read: int
    departments: int
    amounts: Mapping[str, int]


@cache
def place_of(code: str | None) -> Place:
    """The place of a code. One that the list lacks is named by what it lies in and its code."""
    if not code:
        return Place(UNKNOWN, "未写明地区")
    found, above = division(code, LAST_LISTED), parent_division(code, LAST_LISTED)
    province = division(f"{code[:2]}0000", LAST_LISTED)
    within = dict.fromkeys(each.name for each in (province, above) if each and each.code != code)
    return Place(code, found.name if found else f"（{code}）", tuple(within))


def places(connection: Connection) -> list[PlaceFigures]:
    """The places that papers are of, by code; those without a place come last."""
    papers = connection.execute(PAPERS).fetchall()
    departments = dict(connection.execute(DEPARTMENTS).fetchall())
    amounts: dict[str | None, dict[str, int]] = {}
    for code, status, count in connection.execute(AMOUNTS).fetchall():
        amounts.setdefault(code, {})[status] = count
    return [
        PlaceFigures(place_of(code), count, read, departments.get(code, 0), amounts.get(code, {}))
        for code, count, read in sorted(papers, key=lambda row: row[0] or "~")
    ]


def coverage(connection: Connection) -> dict[str | None, list[dict[str, Any]]]:
    """What is covered of each place, newest year first."""
    rows: dict[str | None, list[dict[str, Any]]] = {}
    for row in connection.execute(COVERAGE).to_arrow_table().to_pylist():
        rows.setdefault(row["division_code"], []).append(row)
    return rows


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map of tiles: its code, its short name, and what is known of it, if anything."""

    code: str
    name: str
    row: int
    column: int
    departments: int
    papers: int
    proven: int
    amounts: int


def tiles(known: Sequence[PlaceFigures]) -> Iterator[Tile]:
    """The provinces where the map has them, with all that lies in them added up."""
    for each in _map():
        own = [figures for figures in known if figures.place.province == str(each["code"])]
        yield Tile(
            str(each["code"]),
            each["name"],
            each["row"],
            each["column"],
            sum(figures.departments for figures in own),
            sum(figures.papers for figures in own),
            sum(figures.amounts.get("proven", 0) for figures in own),
            sum(sum(figures.amounts.values()) for figures in own),
        )


@cache
def _map() -> list[dict[str, Any]]:
    provinces: list[dict[str, Any]] = yaml.safe_load((HERE / "provinces.yaml").read_text(encoding="utf-8"))
    return provinces


def place_pages(
    connection: Connection, known: Sequence[PlaceFigures], departments: Mapping[str | None, Sequence[Any]], release: str
) -> Iterator[tuple[Path, str]]:
    """The page of all places, and one for each."""
    covered = coverage(connection)
    yield (
        Path("places.html"),
        rendered("places.html.j2", depth=0, release=release, places=known, tiles=list(tiles(known))),
    )
    for figures in known:
        code = None if figures.place.code == UNKNOWN else figures.place.code
        html = rendered(
            "place.html.j2",
            depth=1,
            release=release,
            figures=figures,
            coverage=covered.get(code, []),
            departments=departments.get(code, ()),
        )
        yield Path("places") / f"{figures.place.code}.html", html
