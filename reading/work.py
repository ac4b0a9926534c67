"""The work folder: what was read from each document of the last run, kept until it is published.

    <folder>/readings/<document_id>.json.gz     a `schemas.records.Reading`, for commands that look at a document
    <folder>/readings/<document_id>.paper       its rows as Arrow, for publishing (`publish.tables.paper_file`)
    <folder>/readings/documents.txt             the ids of the last run, ascending, one a line
    <folder>/readings/papers.jsonl              the footers of their rows, so that a publish opens only what it needs; a
                                                copy, which does not count for a file that is younger

The list is written last and in one step: a run that was cut short leaves the work of the run before it.
"""

import gzip
import json
import os
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from publish.errors import PaperDamagedError
from publish.tables.durable import partial_beside
from publish.tables.paper_file import Footer, is_current, paper_bytes, paper_in, read_footer
from publish.tables.papers import Paper
from reading.errors import WorkDamagedError
from schemas.errors import WrongUseError
from schemas.records import Reading

LIST = "documents.txt"
INDEX = "papers.jsonl"


@cache
def _adapter() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)


def keep(reading: Reading, work: Path, *, lasting: bool = True) -> None:
    """Put one document's reading into the work folder, in place of an earlier one.

    A `lasting` one outlives a power cut, for a ledger says that it is there; it waits for the disk.
    """
    identity = reading.document.document_id
    data = gzip.compress(_adapter().dump_json(reading), compresslevel=5, mtime=0)
    _put(_paper_file(work, identity), paper_bytes(reading), lasting=lasting)
    _put(_file(work, identity), data, lasting=lasting)


def finish(document_ids: Iterable[str], work: Path, *, lasting: bool = True) -> None:
    """Declare the run over: these documents are the work, and what else was kept is removed."""
    listed = sorted(document_ids)
    text = "".join(f"{identity}\n" for identity in listed)
    _put(work / "readings" / LIST, text.encode("ascii"), lasting=lasting)
    files = {file for identity in listed for file in (_file(work, identity), _paper_file(work, identity))}
    for suffix in ("json.gz", "paper"):
        for file in (work / "readings").glob(f"{'[0-9a-f]' * 64}.{suffix}*"):
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


def is_kept(document_id: str, work: Path) -> bool:
    """Whether there is a reading of this document."""
    return _file(work, document_id).is_file()


def papers(work: Path) -> list[Paper]:
    """The papers of the last run by ascending document id, whose rows are loaded when they are asked for.

    Rows that an earlier version of the dataset made are made anew from the reading. Raises `WrongUseError` where there
    is no work, and `WorkDamagedError` where the rows of a document are damaged and its reading as well.
    """
    known = _known_footers(work)
    footers = {identity: known.get(identity) or _footer(identity, work) for identity in kept_ids(work)}
    if footers.keys() != known.keys():
        lines = (json.dumps(footer, ensure_ascii=False) + "\n" for footer in footers.values())
        _put(work / "readings" / INDEX, "".join(lines).encode(), lasting=False)
    return [paper_in(_paper_file(work, identity), footer) for identity, footer in footers.items()]


def paper(document_id: str, work: Path) -> Paper:
    """One document's rows, loaded when they are asked for. Raises what `papers` does, and `OSError` where none are."""
    return paper_in(_paper_file(work, document_id), _footer(document_id, work))


def _known_footers(work: Path) -> dict[str, Footer]:
    """What the index has, without the documents whose rows have been kept anew since."""
    index = work / "readings" / INDEX
    try:
        written = index.stat().st_mtime_ns
        footers = [json.loads(line) for line in index.read_text("utf-8").splitlines()]
    except (FileNotFoundError, ValueError):
        return {}
    return {
        footer["document_id"]: footer
        for footer in footers
        if is_current(footer) and _is_older(_paper_file(work, footer["document_id"]), written)
    }


def _is_older(file: Path, time_ns: int) -> bool:
    try:
        return file.stat().st_mtime_ns < time_ns
    except FileNotFoundError:
        return False


def _footer(identity: str, work: Path) -> Footer:
    """The footer of a document's rows, which are made anew from its reading where they cannot be taken up."""
    file = _paper_file(work, identity)
    try:
        footer = read_footer(file)
        if is_current(footer):
            return footer
    except (FileNotFoundError, PaperDamagedError):
        pass
    _put(file, paper_bytes(kept(identity, work)), lasting=False)
    return read_footer(file)


def _file(work: Path, document_id: str) -> Path:
    return work / "readings" / f"{document_id}.json.gz"


def _paper_file(work: Path, document_id: str) -> Path:
    return work / "readings" / f"{document_id}.paper"


def _put(file: Path, data: bytes, *, lasting: bool) -> None:
    """The bytes appear whole under the name, or what was there stays; `lasting` holds through a power cut."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = partial_beside(file)
    with partial.open("wb") as stream:
        stream.write(data)
        if lasting:
            stream.flush()
            os.fsync(stream.fileno())
    partial.replace(file)
