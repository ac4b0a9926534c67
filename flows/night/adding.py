"""Papers that came by hand: archived and taken down like those that were fetched."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from crawlers.archive import Archive
from flows.night.provenance import BY_HAND
from ledger import Ledger
from reading.code_version import code_version
from reading.sources import readable_name
from schemas.captures import Capture, ListedPaper
from schemas.errors import WrongUseError
from schemas.portals import Portal
from schemas.records import Kind

CHUNK = 1 << 20


def add_files(
    files: Iterable[Path],
    ledger: Ledger,
    archive: Archive,
    portal: Portal | None,
    *,
    kind: Kind | None = None,
    fiscal_year: int | None = None,
    department: str | None = None,
    url: str | None = None,
) -> list[Capture]:
    """Take files into the archive and the ledger; they then wait to be read. A file that is there already stays so.

    What is given of kind, year and department stands in where a file does not say so itself; `url` is where a paper was
    got. Without one, the address is `by-hand:` and the file's name: other bytes of the same name supersede it.
    """
    captures = [
        _captured(path, archive, ledger, portal, ListedPaper(
            url=url or f"by-hand:{quote(readable_name(path))}",
            page_url="",
            title=readable_name(path),
            link_text="",
            kind=kind,
            fiscal_year=fiscal_year,
            department=department,
            published_on=None,
        ))
        for path in files
    ]  # fmt: skip
    night = ledger.begin_night(captures[0].portal, code_version()) if captures else None
    if night:
        ledger.record_all(captures, night)
        ledger.end_night(night, requests=0, bytes_received=0, finish_reason="finished")
    return captures


def _captured(path: Path, archive: Archive, ledger: Ledger, portal: Portal | None, paper: ListedPaper) -> Capture:
    try:
        with path.open("rb") as stream:
            stored = archive.put(iter(lambda: stream.read(CHUNK), b""))
    except OSError as error:
        raise WrongUseError(f"打不开这个文件 / this file cannot be opened: {path}: {error.strerror}") from error
    capture = Capture(
        portal=portal.id if portal else BY_HAND,
        paper=paper,
        member=None,
        document_id=stored.document_id,
        file_name=readable_name(path),
        size_bytes=stored.size_bytes,
        fetched_at=ledger.now(),
    )
    archive.keep_capture(capture)
    return capture
