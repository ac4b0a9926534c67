"""All pages about many papers, written where they changed; those of departments and places that are gone, removed."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from publish.description.citation import released_on
from publish.description.figures import read_figures
from publish.description.linked_data import dataset_linked
from publish.tables.querying import Connection
from schemas.dataset import dataset
from website.addresses import paper_name
from website.overview.departments import by_place, department_pages, departments
from website.overview.doubts import Doubt, doubts_script
from website.overview.explore import explore_values
from website.overview.places import place_pages, places
from website.overview.portals import portal_rows
from website.overview.searching import search_script
from website.rendering import HERE, rendered
from website.writing import put_changed

TABLES = ("documents", "line_items", "departments", "coverage")
WORDS = ("amount_status", "status_reason", "measure", "fund", "reader", "form")
"""The closed lists that scripts speak of."""

NEWEST = """
SELECT document_id, department, file_name, fiscal_year, kind, published_on FROM documents WHERE status = 'read'
ORDER BY published_on DESC NULLS LAST, fiscal_year DESC NULLS LAST, document_id LIMIT 12
"""


def write_overview(connection: Connection, release: Path, site: Path, doubts: Sequence[Doubt]) -> None:
    """Write the pages from a release whose `TABLES` are open in the connection, and the doubts of its papers."""
    version = release.name
    known, every = places(connection), list(departments(connection))
    grouped = by_place(every)
    written = set()

    def write(address: Path, html: str) -> None:
        put_changed(site / address, html)
        written.add(address)

    def page(name: str, **values: Any) -> None:
        write(Path(f"{name}.html"), rendered(f"{name}.html.j2", depth=0, release=version, **values))

    linked = dataset_linked(version)
    page("index", figures=read_figures(release), doubts=doubts, papers=_newest(connection), linked=linked)
    page("doubts", count=len(doubts))
    page("departments", groups=grouped)
    page("explore", **explore_values())
    page("portals", portals=list(portal_rows(connection, released_on(version))))
    for address, html in place_pages(connection, known, grouped, version):
        write(address, html)
    for each in every:
        write(*department_pages(each, version))
    put_changed(site / "data" / "doubts.js", doubts_script(doubts))
    put_changed(site / "data" / "search.js", search_script(every, known))
    _remove_stale(site, written)


def write_assets(site: Path) -> None:
    """The scripts and the style sheet, and the words that scripts speak in."""
    for file in sorted((HERE / "assets").iterdir()):
        put_changed(site / "assets" / file.name, file.read_text(encoding="utf-8"))
    lists = {
        name: {value: [each.zh, each.en] for value, each in dataset().vocabularies[name].values.items()}
        for name in WORDS
    }
    text = json.dumps(lists, ensure_ascii=False, separators=(",", ":"))
    put_changed(site / "assets" / "words.js", f"window.gongkai.words = {text};\n")


def _newest(connection: Connection) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = connection.execute(NEWEST).to_arrow_table().to_pylist()
    return [{**row, "name": paper_name(str(row["document_id"]))} for row in rows]


def _remove_stale(site: Path, written: set[Path]) -> None:
    for folder in ("departments", "places"):
        for file in (site / folder).glob("*.html"):
            if file.relative_to(site) not in written:
                file.unlink()
