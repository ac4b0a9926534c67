"""What is compared: the documents and line items of two releases, without the files that are the same in both."""

import filecmp
from collections.abc import Sequence
from pathlib import Path

from publish.errors import ReleaseDamagedError
from publish.tables.querying import Connection, columns_of, parquet_files, view
from schemas.dataset import dataset


def view_both(connection: Connection, old: Path, new: Path) -> None:
    """Make the views `old_papers`, `new_papers`, `old_items` and `new_items`, and `old_all_items`.

    The items lack the files that have the same bytes in both releases: what came, went or changed is in the others. A
    paper that stayed as it is and whose place another took can be in any file; `old_all_items` has them all. A column
    that only one release has is null in both, for nothing is known of what it said in the other; but for those of the
    key, which are null in that release alone: without them several amounts of the other would pass for one. Raises
    `ReleaseDamagedError` where a table is missing.
    """
    papers = {"old": _files(old, "documents"), "new": _files(new, "documents")}
    items = {"old": _files(old, "line_items"), "new": _files(new, "line_items")}
    same = _same_files(items["old"], items["new"])
    in_both = {
        table: frozenset.intersection(*(columns_of(connection, files) for files in each.values()))
        | frozenset(dataset().tables[table].key)
        for table, each in (("documents", papers), ("line_items", items))
    }
    different = {release: [file for file in files if file not in same] for release, files in items.items()}
    for name, table, files in (
        *((f"{release}_papers", "documents", papers[release]) for release in papers),
        *((f"{release}_items", "line_items", different[release]) for release in items),
        ("old_all_items", "line_items", items["old"]),
    ):
        view(connection, name, dataset().tables[table], files, in_both[table])


def _files(folder: Path, table: str) -> list[Path]:
    files = parquet_files(folder, table)
    if not files:
        raise ReleaseDamagedError(folder / "parquet" / f"{table}.parquet", "there is none")
    return files


def _same_files(old: Sequence[Path], new: Sequence[Path]) -> set[Path]:
    """The files of both releases that stand at the same place with the same bytes, linked or copied."""
    olds = {_place(file): file for file in old}
    pairs = [(olds[_place(file)], file) for file in new if _place(file) in olds]
    return {file for pair in pairs if _same_bytes(*pair) for file in pair}


def _place(file: Path) -> tuple[str, str]:
    return file.parent.name, file.name


def _same_bytes(one: Path, other: Path) -> bool:
    return one.samefile(other) or filecmp.cmp(one, other, shallow=False)
