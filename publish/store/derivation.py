"""What a release holds besides the tables that were read: files that are computed from those, once they are on disk.

A function of `DERIVED` finds the tables under `parquet/` and `csv/` of the folder that is being built and writes
further files into it, before anything is described or moved: those of a derived table of the dataset
(`publish.tables.paths`), or any other file. Each ends as a resource of `datapackage.json`, with its size and SHA-256.
The same inputs must give the same bytes, whether or not something of the release before was kept; `gongkai.duckdb`
alone does not, for its format holds a random id.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

DerivedFiles = Callable[[Path, Path | None], None]
"""`(building, previous)`: the folder that is being built, whose name is the version, and the newest release's folder or
None. Files of `building` may be hard links into `previous`: they are replaced, never written into."""

DERIVED: Sequence[DerivedFiles] = ()


def write_derived(building: Path, previous: Path | None, functions: Sequence[DerivedFiles] = DERIVED) -> None:
    """Let each function write its files, in their order."""
    for write in functions:
        write(building, previous)
