"""An answer with a paper in it → archived files and their captures, or the typed reason why there are none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scrapy.http import Response

from crawlers.errors import (
    BlockPageError,
    EmptyBodyError,
    ErrorPageError,
    FetchError,
    HtmlInsteadOfFileError,
    LoginPageError,
    NoPapersInArchiveError,
    TruncatedError,
)
from crawlers.evaluating import PageKind, evaluate
from crawlers.fetching.error_names import STATUSES
from crawlers.fetching.visit import StoredFile, Visit
from crawlers.files.archive_members import BrokenMember, unpack
from crawlers.files.completeness import check_complete
from crawlers.files.file_names import true_name
from crawlers.files.media_types import CONTAINERS, Media, may_carry_files, sniff
from crawlers.pages.decoding import decoded
from crawlers.pages.page import WebPage
from crawlers.pages.page_kinds import unexpected_kind_of
from crawlers.pages.printed_forms import prints_forms
from schemas.captures import Capture, CrawlEvent, FetchFailure, ListedPaper, Unchanged, Validators

Headers = tuple[tuple[str, str], ...]

_OF_KIND: dict[PageKind, type[FetchError]] = {
    "block_page": BlockPageError,
    "login_page": LoginPageError,
    "error_page": ErrorPageError,
    "truncated": TruncatedError,
}
_VALIDATORS = frozenset({"etag", "last-modified"})


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response to the request for a paper, and what is known beside it."""

    response: Response
    paper: ListedPaper
    media: Media
    headers: Headers
    at: datetime


def error_of_kind(page_kind: PageKind, detail: str) -> FetchError | None:
    """The typed error for a page that is not what it pretends to be, None for one that is."""
    found = _OF_KIND.get(page_kind)
    return found(detail) if found else None


def block_page_error(response: Response) -> FetchError | None:
    """What an answer with a status that says nothing by itself (202, 412, 521) is where its page is a firewall's."""
    if response.status in STATUSES:
        return None
    text = decoded(response.body, dict(headers_of(response)))
    kind = unexpected_kind_of(WebPage(response.url, text))
    return BlockPageError(f"status {response.status}: {kind[1]}") if kind and kind[0] == "block_page" else None


def headers_of(response: Response) -> Headers:
    """A response's headers, lower-case names in order of arrival, several values of one name joined by a comma."""
    return tuple(
        (name.decode("latin-1").lower(), b", ".join(response.headers.getlist(name)).decode("latin-1"))
        for name in response.headers
    )


def receive(response: Response, paper: ListedPaper, known: Validators | None, visit: Visit) -> Iterator[CrawlEvent]:
    """Archive what came for a paper, and give its captures, each once its bytes are safe.

    A web page that prints forms is a paper. An archive (zip, rar, 7z, tar) is kept as it came and captured by its
    members; a PDF that carries files is captured after them. Only the last of the captures carries the server's
    validators: a crash between two of them leaves none, and the next visit fetches the archive whole.

    Raises:
        FetchError: what came is no whole paper.
        crawlers.archive.ArchiveError: the archive does not take it.
    """
    media = sniff(response.body)
    answer = _Answer(response, paper, media, headers_of(response), visit.now())
    if media == "html" and not prints_forms(decoded(response.body, dict(answer.headers))):
        raise _of_page(answer, visit)
    check_complete(media, response.body)
    if media in CONTAINERS:
        events = list(_members(answer, visit))
    elif may_carry_files(media, response.body):
        events = [*_attachments(answer, visit), _whole(answer, visit)]
    else:
        events = [_whole(answer, visit)]
    if _same_as(known, events):
        yield Unchanged(visit.portal.id, paper, answer.at)
    else:
        yield from events


def _of_page(answer: _Answer, visit: Visit) -> FetchError:
    """Tell what an HTML page in the place of a file is."""
    found = evaluate(answer.response.url, answer.response.body, dict(answer.headers), visit.portal)
    if found.page_kind == "empty" and not found.title:
        return EmptyBodyError("a page without text")
    return error_of_kind(found.page_kind, found.detail) or HtmlInsteadOfFileError(found.title[:200])


def _captured(answer: _Answer, member: str | None, stored: StoredFile, headers: Headers, visit: Visit) -> Capture:
    """Write the capture of a file that is in the archive beside it."""
    capture = Capture(
        portal=visit.portal.id,
        paper=answer.paper,
        member=member,
        document_id=stored.document_id,
        file_name=member.rpartition("/")[2] if member else _name_of(answer),
        size_bytes=stored.size_bytes,
        fetched_at=answer.at,
        headers=headers,
    )
    visit.archive.keep_capture(capture)
    return capture


def _name_of(answer: _Answer) -> str:
    disposition = answer.response.headers.get(b"Content-Disposition")
    paper = answer.paper
    return true_name(disposition, answer.response.url, paper.link_text, paper.title, answer.media)


def _whole(answer: _Answer, visit: Visit) -> Capture:
    """Archive what came as it came."""
    return _captured(answer, None, visit.archive.put(answer.response.body), answer.headers, visit)


def _members(answer: _Answer, visit: Visit) -> Iterator[Capture | FetchFailure]:
    _whole(answer, visit)
    stored, broken = _unpacked(answer, visit)
    if not stored and not broken:
        raise NoPapersInArchiveError(_name_of(answer))
    yield from broken
    plain = _without_validators(answer)
    for left, (path, file) in zip(range(len(stored) - 1, -1, -1), stored, strict=True):
        yield _captured(answer, path, file, plain if left else answer.headers, visit)


def _attachments(answer: _Answer, visit: Visit) -> Iterator[Capture | FetchFailure]:
    """The files that a PDF carries; where they cannot be had, the PDF is a paper all the same."""
    try:
        stored, broken = _unpacked(answer, visit)
    except FetchError as error:
        stored, broken = [], [failure_of(error, answer.paper.url, visit, answer.paper, within="attachments")]
    yield from broken
    yield from (_captured(answer, path, file, _without_validators(answer), visit) for path, file in stored)


def _unpacked(answer: _Answer, visit: Visit) -> tuple[list[tuple[str, StoredFile]], list[FetchFailure]]:
    """The papers within an answer by their paths, archived, and those that cannot be had."""
    stored: list[tuple[str, StoredFile]] = []
    broken: list[FetchFailure] = []
    for found in unpack(answer.response.body, answer.media, visit.limits):
        if isinstance(found, BrokenMember):
            broken.append(failure_of(found.error, answer.paper.url, visit, answer.paper, within=found.path))
        else:
            stored.append((found.path, visit.archive.put(found.content)))
    return stored, broken


def _without_validators(answer: _Answer) -> Headers:
    return tuple(header for header in answer.headers if header[0] not in _VALIDATORS)


def failure_of(
    error: FetchError, url: str, visit: Visit, paper: ListedPaper | None = None, within: str | None = None
) -> FetchFailure:
    """The event for an address that gave nothing; `within` is the archive's member that it is about."""
    detail = f"{within}: {error.detail}" if within else error.detail
    return FetchFailure(visit.portal.id, url, error.reason, detail, visit.now(), paper)


def _same_as(known: Validators | None, events: list[Capture | FetchFailure]) -> bool:
    """Whether a server without conditional requests sent what was captured before, with the same validators."""
    captures = [event for event in events if isinstance(event, Capture)]
    if known is None or len(captures) != len(events) or not captures:
        return False
    headers = dict(captures[-1].headers)
    same_bytes = {capture.document_id for capture in captures} == set(known.document_ids)
    return same_bytes and (headers.get("etag"), headers.get("last-modified")) == (known.etag, known.last_modified)
