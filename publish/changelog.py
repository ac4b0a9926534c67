"""`CHANGELOG.md`: how many rows each table has, and how many more or fewer than in the release before."""

from collections.abc import Mapping

CHANGELOG = "CHANGELOG.md"
TITLE = "# Changelog\n"


def changelog(version: str, rows: Mapping[str, int], before: tuple[str, Mapping[str, int]] | None, older: str) -> str:
    """The whole file, newest release first.

    `before` is the previous version and its rows, None for a first release; `older` is that release's own changelog.
    """
    history = older.removeprefix(TITLE)
    return TITLE + "\n" + _section(version, rows, before) + history


def _section(version: str, rows: Mapping[str, int], before: tuple[str, Mapping[str, int]] | None) -> str:
    previous_version, previous = before or ("", {})
    against = f"Rows, against {previous_version}:" if before else "The first release."
    lines = [f"| {table} | {count} | {count - previous.get(table, 0):+d} |" for table, count in rows.items()]
    table = "\n".join(["| table | rows | change |", "|---|--:|--:|", *lines])
    return f"## {version}\n\n{against}\n\n{table}\n"
