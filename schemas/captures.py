"""The frozen records of the crawl: what a portal offers, what was fetched from it, what could not be.

Times are in UTC. `document_id` is the lower-case hex SHA-256 of a file's bytes, as everywhere.
"""

from dataclasses import dataclass
from datetime import date, datetime

from schemas.records import Kind, PaperRole


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A file that a page of a portal offers as a budget or final-account paper; None where the page does not say.

    `title` is what the page calls the paper, `link_text` what the link to the file says, `page_url` the page itself.
    `role` tells the paper from what is published with it; `division` is the place whose government's paper it is, where
    the page names one and no department.
    """

    url: str
    page_url: str
    title: str
    link_text: str
    kind: Kind | None
    fiscal_year: int | None
    department: str | None
    published_on: date | None
    role: PaperRole = "paper"
    division: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave at the last fetch of an address, for a conditional request; and the bytes it gave then."""

    etag: str | None
    last_modified: str | None
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetch of one file. `member` is its place in an archive (zip, rar) at `paper.url`, None for the file there.

    `file_name` is its true name: of the server's Content-Disposition, the archive, the address, or the link.
    `headers` are the server's, lower-case names.
    """

    portal: str
    paper: ListedPaper
    member: str | None
    document_id: str
    file_name: str
    size_bytes: int
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A paper that is still offered, and whose server says that its bytes are those of the last capture."""

    portal: str
    paper: ListedPaper
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """An address that gave no file or page, by the name of the reason in the crawlers' list, and what was seen.

    `paper` is None where the address is of a list or a detail page.
    """

    portal: str
    url: str
    reason: str
    detail: str
    at: datetime
    paper: ListedPaper | None = None


@dataclass(frozen=True, slots=True)
class PortalFinding:
    """Something about a portal as a whole that a maintainer should look at, such as a list that yields nothing."""

    portal: str
    code: str
    detail: str
    at: datetime


CrawlEvent = Capture | Unchanged | FetchFailure | PortalFinding
"""What a crawl reports, each as soon as it is known; a capture once its bytes are in the archive."""
