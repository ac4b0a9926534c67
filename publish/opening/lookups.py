"""Look-up tables beside a release: what names and codes in its tables mean, as small CSV files.

lookups/words.csv      vocabulary, value, zh, en          the closed lists
lookups/checks.csv     check_id, zh, en                   the identities that the release has checks of
lookups/findings.csv   code, zh, en, advice_zh, advice_en
lookups/divisions.csv  code, name, province, prefecture   divisions in use, and those that papers are of
lookups/portals.csv    portal, name, division_code
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from publish.tables.querying import Connection, querying, view_table
from schemas.classifications.divisions import all_divisions, division, parent_division
from schemas.dataset import dataset
from schemas.findings import known_findings
from schemas.identities import catalogue
from schemas.portals import portals

FOLDER = "lookups"
BOM = "\ufeff"
LAST_LISTED = 2024
"""The last year of the list of divisions."""

HEADERS = {
    "words": ("vocabulary", "value", "zh", "en"),
    "checks": ("check_id", "zh", "en"),
    "findings": ("code", "zh", "en", "advice_zh", "advice_en"),
    "divisions": ("code", "name", "province", "prefecture"),
    "portals": ("portal", "name", "division_code"),
}

Row = tuple[str, ...]


def write_lookups(building: Path, previous: Path | None = None) -> None:
    """Write the look-up tables of the release in `building`; `previous` has no say."""
    with querying(building) as connection:
        for table in ("documents", "checks"):
            view_table(connection, building, table)
        rows = {
            "words": _words(),
            "checks": _checks(connection),
            "findings": _findings(),
            "divisions": _divisions(),
            "portals": _portals(connection),
        }
        for name, own in rows.items():
            _write(building / FOLDER / f"{name}.csv", HEADERS[name], own)


def _write(file: Path, header: Row, rows: Iterable[Row]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_text(BOM + text.getvalue(), encoding="utf-8", newline="")


def _words() -> Iterator[Row]:
    for name, vocabulary in dataset().vocabularies.items():
        yield from ((name, value, each.zh, each.en) for value, each in vocabulary.values.items())


def _checks(connection: Connection) -> Iterator[Row]:
    for (check_id,) in connection.execute("SELECT DISTINCT check_id FROM checks ORDER BY 1").fetchall():
        try:
            title = catalogue().title(check_id)
        except KeyError:  # an identity that an earlier version of the catalogue had
            continue
        yield check_id, title.zh, title.en


def _findings() -> Iterator[Row]:
    for code, known in known_findings().items():
        yield code, known.title.zh, known.title.en, known.advice.zh, known.advice.en


def _divisions() -> Iterator[Row]:
    for each in all_divisions():
        if not each.in_use(LAST_LISTED):
            continue
        province, above = division(f"{each.code[:2]}0000", LAST_LISTED), parent_division(each.code, LAST_LISTED)
        prefecture = above.name if above and above.level == "prefecture" else ""
        yield each.code, each.name, province.name if province else "", prefecture


def _portals(connection: Connection) -> Iterator[Row]:
    query = "SELECT portal, any_value(division_code) FROM documents WHERE portal IS NOT NULL GROUP BY 1 ORDER BY 1"
    known = portals()
    for portal, code in connection.execute(query).fetchall():
        yield portal, known[portal].name if portal in known else portal, code or ""
