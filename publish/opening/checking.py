"""Whether a release's database shows the rows that the release has."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from publish.opening.database import DATABASE

MEMORY = "512MB"


def problems_of_database(release: Path, rows: Mapping[str, int]) -> Iterator[str]:
    """What is wrong with `gongkai.duckdb`: it cannot be opened, or a view has other rows than the table; nothing else.

    `rows` are those of each table. A release without a database has none that could be wrong.
    """
    file = release / DATABASE
    if not file.is_file():
        return
    config: Mapping[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "file_search_path": str(release.resolve()),
    }
    try:
        with duckdb.connect(str(file), read_only=True, config=dict(config)) as connection:
            for table, count in rows.items():
                found = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
                if found is None or found[0] != count:
                    yield f"its view {table} has {found[0] if found else 'no'} rows, not {count}"
    except duckdb.Error as error:
        yield str(error)
