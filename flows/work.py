"""The work folder: the reading of each document of the last run, kept until it is published.

    <folder>/readings/<document_id>.json.gz     a `schemas.records.Reading`
    <folder>/readings/documents.txt             the ids of the last run, ascending, one a line

The list is written last and in one step: a run that was cut short leaves the work of the run before it.
"""

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from flows.errors import WorkDamagedError, WrongUseError
from schemas.records import Reading

LIST = "documents.txt"


@cache
def _adapter() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)


def keep(reading: Reading, work: Path) -> None:
    """Put one document's reading into the work folder, in place of an earlier one."""
    data = gzip.compress(_adapter().dump_json(reading), compresslevel=5, mtime=0)
    _put(_file(work, reading.document.document_id), data)


def finish(document_ids: Iterable[str], work: Path) -> None:
    """Declare the run over: these documents are the work, and what else was kept is removed."""
    listed = sorted(document_ids)
    _put(work / "readings" / LIST, "".join(f"{identity}\n" for identity in listed).encode("ascii"))
    files = {_file(work, identity) for identity in listed}
    for file in (work / "readings").glob(f"{'[0-9a-f]' * 64}.json.gz*"):
        if file not in files:
            file.unlink()


def kept_ids(work: Path) -> list[str]:
    """The documents of the last run that finished, ascending. Raises `WrongUseError` where there is none."""
    try:
        return (work / "readings" / LIST).read_text("ascii").split()
    except FileNotFoundError as error:
        raise WrongUseError(
            f"这里没有读取的结果，请先运行 gongkai extract 或 gongkai run / "
            f"no results here, run gongkai extract or gongkai run first: {work}"
        ) from error


def kept(document_id: str, work: Path) -> Reading:
    """The reading of one document of the work folder. Raises `WorkDamagedError`, or `OSError` where there is none."""
    file = _file(work, document_id)
    data = file.read_bytes()
    try:
        return _adapter().validate_json(gzip.decompress(data))
    except (gzip.BadGzipFile, EOFError, zlib.error, ValueError) as error:
        why = "这份结果已损坏或出自别的版本，请重新读取 / damaged or of another version, read the files again"
        raise WorkDamagedError(f"{why}: {file}") from error


def all_kept(work: Path) -> Iterator[Reading]:
    """The readings of the last run by ascending document id, one in memory at a time."""
    return (kept(identity, work) for identity in kept_ids(work))


def _file(work: Path, document_id: str) -> Path:
    return work / "readings" / f"{document_id}.json.gz"


def _put(file: Path, data: bytes) -> None:
    """The bytes appear whole under the name, or what was there stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.partial")
    with partial.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)
