"""Immutable releases: built beside, verified from disk, moved in one rename; the pointer moves last.

A kill at any step leaves `<root>/releases` without the new version or with the whole of it. What it may leave besides
(`.building`, a pointer that still names the version before) is put right by the next publish.
"""

import fcntl
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from publish.description.changelog import CHANGELOG, changelog
from publish.description.croissant import CROISSANT, write_croissant
from publish.description.package import (
    DESCRIPTOR,
    Resource,
    describe,
    files_of,
    fingerprint,
    read_descriptor,
    row_counts,
    write_descriptor,
)
from publish.description.version import Version
from publish.errors import PublishInProgressError, ReleaseDamagedError
from publish.store.building import CORES, executor, write_tables
from publish.store.derivation import DERIVED, DerivedFiles, write_derived
from publish.store.previous_release import PreviousRelease, StoredPiece
from publish.store.verification import problems_of
from publish.store.versions import RELEASES, accepted_version, point_to_newest, published_versions
from publish.tables.csv_file import CsvPiece, verified_sha256
from publish.tables.durable import scratch_folder, sync, sync_tree
from publish.tables.paper_digests import write_digests
from publish.tables.papers import Paper, papers_of, reference_paper
from publish.tables.paths import csv_of, table_of
from publish.tables.pieces import Layout
from publish.tables.rows import Row
from schemas.dataset import dataset
from schemas.records import Reading

BUILDING = ".building"
CHANGES = "changes.parquet"
DEFAULT_LAYOUT = Layout()


@dataclass(frozen=True, slots=True)
class Release:
    """A published version and its folder; `is_new` is False where the content was published already.

    `quarantined` are the papers whose rows are held back, with the reason of each, by document id. `url` is where a
    release on a remote root is; `folder` is the local copy then. `damaged` are files of the release before that were
    gone or no longer what they were published as: nothing of them was taken over.
    """

    version: str
    folder: Path
    is_new: bool
    quarantined: Mapping[str, str]
    url: str | None = None
    damaged: tuple[Path, ...] = ()


def publish_release(
    papers: Iterable[Reading | Paper],
    root: Path,
    version: str,
    *,
    reference: Mapping[str, Sequence[Row]] | None = None,
    force: bool = False,
    layout: Layout = DEFAULT_LAYOUT,
    workers: int = CORES,
    derived: Sequence[DerivedFiles] = DERIVED,
) -> Release:
    """Publish the papers as `<root>/releases/<version>`, unless the newest release has the same content already.

    `version` is `YYYY.M.D` or `YYYY.M.D.N` (`publish.store.roots.next_version_at` proposes one); `force` publishes the
    same content anew. `reference` gives the rows of tables that are no document's, such as `classifications`. A paper
    whose rows break the dataset's definition is held back: `documents` has it as failed with the reason, and the rest
    ships. What is damaged of the newest release is written anew from the papers, as a release of its own.
    Raises `VersionExistsError`, `VersionRefusedError`, `RepeatedDocumentError`, `PaperDamagedError`,
    `PublishInProgressError`, `ReleaseDamagedError`, and `RowRefusedError` for a row of `reference`.
    """
    everything = [*papers_of(papers), reference_paper(reference or {})]
    quarantined = {paper.document_id: paper.quarantined for paper in everything if paper.quarantined}
    releases = root / RELEASES
    releases.mkdir(parents=True, exist_ok=True)
    with only_publisher(releases), scratch_folder(releases / BUILDING) as scratch:
        point_to_newest(releases)
        published = published_versions(releases)
        accepted = accepted_version(version, published)
        previous, damaged = _newest(releases, published, workers)
        building, target = scratch / str(accepted), releases / str(accepted)
        building.mkdir()
        _build(building, everything, previous, layout=layout, workers=workers, derived=derived)
        if previous and not damaged and not force and _same_content(building, previous.folder):
            return Release(previous.folder.name, previous.folder, is_new=False, quarantined=quarantined)
        sync_tree(building)
        _verify(building, previous)
        building.rename(target)
        sync(releases)
        point_to_newest(releases)
    return Release(target.name, target, is_new=True, quarantined=quarantined, damaged=damaged)


def _newest(
    releases: Path, published: Sequence[Version], workers: int
) -> tuple[PreviousRelease | None, tuple[Path, ...]]:
    """The newest release as a source, None where there is none or none is described; and its files that are damaged."""
    if not published:
        return None, ()
    folder = releases / str(published[-1])
    try:
        with executor(workers) as pool:
            previous = PreviousRelease(folder, pool)
    except (OSError, ValueError, KeyError, TypeError):
        return None, (folder / DESCRIPTOR,)
    return previous, tuple(folder / path for path in sorted(previous.damaged))


def _build(
    building: Path,
    papers: Sequence[Paper],
    previous: PreviousRelease | None,
    *,
    layout: Layout,
    workers: int,
    derived: Sequence[DerivedFiles],
) -> None:
    """Everything that a release consists of; its description last."""
    tables = write_tables(papers, building, previous, layout, workers)
    write_digests(papers, building)
    compared = previous.folder if previous and not previous.damaged else None
    write_derived(building, compared, derived)
    _write_changelog(building, tables, previous)
    files = _described_files(building, tables, previous, workers)
    held_back = [{"document_id": each.document_id, "reason": each.quarantined} for each in papers if each.quarantined]
    write_croissant(building, describe(building, building.name, files, held_back))
    files[CROISSANT] = fingerprint(building / CROISSANT)
    write_descriptor(building, describe(building, building.name, files, held_back))


def _write_changelog(
    building: Path, tables: Mapping[str, Sequence[StoredPiece]], previous: PreviousRelease | None
) -> None:
    rows = {name: sum(piece.rows for piece in pieces) for name, pieces in tables.items()}
    compared = (previous.folder.name, row_counts(read_descriptor(previous.folder))) if previous else None
    kept = previous is not None and CHANGELOG not in previous.damaged
    older = (previous.folder / CHANGELOG).read_text(encoding="utf-8") if previous and kept else ""
    changes = building if (building / CHANGES).is_file() else None
    page = changelog(building.name, rows, compared, older, changes)
    (building / CHANGELOG).write_text(page, encoding="utf-8", newline="\n")


def _described_files(
    building: Path, tables: Mapping[str, Sequence[StoredPiece]], previous: PreviousRelease | None, workers: int
) -> dict[str, Resource]:
    """What is known of each file, its SHA-256 from what is on disk; files of the release before keep what they had."""
    own = {piece.path: _known(piece) for piece in chain.from_iterable(tables.values())}
    paths = sorted(path.relative_to(building).as_posix() for path in building.rglob("*") if path.is_file())
    csv_pieces: defaultdict[str, list[CsvPiece]] = defaultdict(list)
    for piece in chain.from_iterable(tables.values()):
        csv_pieces[csv_of(piece.path)].append(piece.csv)

    def described(path: str) -> Resource:
        if previous and previous.is_linked(building, path):
            prior = previous.files[path]
            return {name: prior[name] for name in ("bytes", "hash")} | own.get(path, {})
        if path in csv_pieces:
            digest = verified_sha256(building / path, csv_pieces[path])
            return {"bytes": (building / path).stat().st_size, "hash": f"sha256:{digest}"}
        return fingerprint(building / path) | own.get(path, {})

    with executor(workers) as pool:
        return dict(zip(paths, pool.map(described, paths), strict=True))


def _known(piece: StoredPiece) -> Resource:
    lines: dict[str, Any] = {"offset": piece.csv.offset, "bytes": piece.csv.size, "crc32": piece.csv.crc32}
    return {"row_count": piece.rows, "digest": piece.digest, "csv": lines}


def _verify(building: Path, previous: PreviousRelease | None) -> None:
    """Look at what is new; what is linked was verified when it was published.

    The bytes need no second look: each SHA-256 was computed from what is on disk, with the CRC-32 of all CSV lines.
    """
    linked = {path for path in files_of(read_descriptor(building)) if previous and previous.is_linked(building, path)}
    for problem in problems_of(building, trusted=linked, just_described=True):
        raise ReleaseDamagedError(building / problem.path, problem.why)


def _same_content(one: Path, other: Path) -> bool:
    """Whether two releases have the same rows of the tables that were read, and the same files beside them by name.

    What is computed from the rows differs with them, but for `changes`, which tells of the step from one to the next.
    """
    return _content_of(one) == _content_of(other)


def _content_of(release: Path) -> tuple[set[str], dict[str, Resource]]:
    files = files_of(read_descriptor(release))
    return set(files), {path: known for path, known in files.items() if table_of(path) in dataset().tables}


@contextmanager
def only_publisher(releases: Path) -> Iterator[None]:
    """Hold the folder's lock, which dies with the process; `PublishInProgressError` where another one holds it."""
    with (releases / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishInProgressError(f"another process is publishing to {releases}") from error
        yield
