"""The files that papers were read from: in the archive of a root, or in folders that hold them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawlers.archive import Archive
from crawlers.archive.errors import ArchiveError
from reading.sources import find


class Originals:
    """Where the bytes of a document can be had; nowhere, where neither archive nor folder has them."""

    def __init__(self, archive: str | None = None, folders: Sequence[Path] = ()) -> None:
        self._archive = Archive.open(archive) if archive else None
        self._paths: Mapping[str, Path] = (
            {source.document_id: source.path for source in find(folders).sources} if folders else {}
        )

    @contextmanager
    def path(self, document_id: str) -> Iterator[Path | None]:
        """A document's file, for as long as the context lasts; None where it is not here or is damaged."""
        if document_id in self._paths:
            yield self._paths[document_id]
            return
        if self._archive is None:
            yield None
            return
        lent = self._archive.local_path(document_id)
        try:
            path: Path | None = lent.__enter__()
        except ArchiveError:
            yield None
            return
        try:
            yield path
        finally:
            lent.__exit__(None, None, None)
