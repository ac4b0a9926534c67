"""The spider of one visit: pages to read, papers to fetch, and an event for whatever becomes of each."""

from collections.abc import AsyncIterator, Callable, Iterator
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urldefrag, urlencode

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.errors import EmptyBodyError, FetchError, ForeignHostError, PageNotUnderstoodError
from crawlers.evaluating import Found, Onward, evaluate
from crawlers.fetching.addresses import host_of
from crawlers.fetching.error_names import disk_error, error_of, error_of_status
from crawlers.fetching.receiving import block_page_error, error_of_kind, failure_of, headers_of, receive
from crawlers.fetching.visit import Visit
from crawlers.fetching.visit_stats import VisitedPage, VisitStats
from schemas.captures import CrawlEvent, ListedPaper, Unchanged, Validators

Callback = TypeVar("Callback", bound=Callable[..., Any])

# What is new comes first, so that a night whose budget runs out has brought that.
NEW_PAPER, PAGE, KNOWN_PAPER = 20, 10, 0
AS_PAPER = (("as", "paper"),)
"""A page that is a paper itself is asked for twice: as the page that tells it, and as the paper that is archived."""


def stops_at_defect(callback: Callback) -> Callback:
    """Let an error that is no fetching's (the archive is full, the ledger gone) end the visit; Scrapy would go on."""

    @wraps(callback)
    def guarded(self: "PortalSpider", *args: Any, **kwargs: Any) -> Any:
        try:
            return callback(self, *args, **kwargs)
        except CloseSpider:
            raise
        except Exception as error:
            self.defect = self.defect or error
            raise CloseSpider("defect") from error

    return cast(Callback, guarded)


class PortalSpider(Spider):
    """Visits one portal. `defect` is the error that ended the visit, None where it went to its end."""

    name = "portal"

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.visit = visit
        self.visit_stats = VisitStats()
        self.defect: Exception | None = None
        self._asked: set[tuple[str, tuple[tuple[str, str], ...]]] = set()

    async def start(self) -> AsyncIterator[Request]:
        """Begin at the portal's entries."""
        for entry in self.visit.portal.entries:
            for request in self._page_requests(Onward(entry.address), is_entry=True):
                yield request

    @stops_at_defect
    def on_page(self, response: Response, onward: Onward, *, is_entry: bool) -> list[Request]:
        """Read a list or a detail page; give the requests that it leads to."""
        try:
            found = self._read(response, None if is_entry else onward)
        except FetchError as error:
            self._report(failure_of(error, onward.address, self.visit))
            return []
        pages = [*found.lists, *found.details]
        self.visit_stats.pages.append(
            VisitedPage(
                response.url,
                found.title,
                found.page_kind,
                len(found.papers),
                len(pages),
                len(found.passed_over),
                found.family,
            )
        )
        requests = [request for page in pages for request in self._page_requests(page)]
        return requests + [request for paper in found.papers for request in self._paper_requests(paper)]

    @stops_at_defect
    def on_paper(self, response: Response, paper: ListedPaper, known: Validators | None) -> None:
        """Archive a paper, or tell why that is none."""
        if response.status == 304 and known:
            self._report(Unchanged(self.visit.portal.id, paper, self.visit.now()), known)
            return
        try:
            if error := error_of_status(response.status):
                raise block_page_error(response) or error
            for event in receive(response, paper, known, self.visit):
                self._report(event, known)
        except FetchError as error:
            self._report(failure_of(error, paper.url, self.visit, paper))

    @stops_at_defect
    def on_failure(self, failure: Failure) -> None:
        """Tell why an address gave no answer."""
        if failure.value and (full := disk_error(failure.value)):
            raise full
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        paper: ListedPaper | None = request.cb_kwargs.get("paper")
        onward: Onward | None = request.cb_kwargs.get("onward")
        url = paper.url if paper else onward.address if onward else request.url
        self._report(failure_of(error_of(failure.value), url, self.visit, paper))  # type: ignore[arg-type]

    def _read(self, response: Response, origin: Onward | None) -> Found:
        """What a page offers. Raises `FetchError` where it is none."""
        if error := error_of_status(response.status):
            raise block_page_error(response) or error
        if not response.body:
            raise EmptyBodyError(response.url)
        try:
            found = evaluate(response.url, response.body, dict(headers_of(response)), self.visit.portal, origin)
        except Exception as error:
            raise PageNotUnderstoodError(f"{type(error).__name__}: {error}") from error
        if failed := error_of_kind(found.page_kind, found.detail):
            raise failed
        return found

    def _page_requests(self, page: Onward, *, is_entry: bool = False) -> Iterator[Request]:
        """The request for a page, unless it was asked for already."""
        yield from self._once(
            page.address,
            page.form,
            lambda address: Request(
                address,
                method="POST" if page.form else "GET",
                body=urlencode(page.form),
                headers={"Content-Type": "application/x-www-form-urlencoded"} if page.form else None,
                callback=self.on_page,
                errback=self.on_failure,
                cb_kwargs={"onward": page, "is_entry": is_entry},
                priority=PAGE,
                dont_filter=True,  # Scrapy's own filter would drop a redirect in silence
            ),
        )

    def _paper_requests(self, paper: ListedPaper) -> Iterator[Request]:
        """The conditional request for a paper, unless it was found already or nothing is fetched this time."""
        if not self.visit.wanted.takes(paper):
            return
        first = self.visit_stats.found.setdefault(paper.url, paper)
        if first is not paper or self.visit.look_only:
            return
        known = None if self.visit.wanted.again else self.visit.known(paper.url)
        yield from self._once(
            paper.url,
            AS_PAPER if paper.url == paper.page_url else (),
            lambda address: Request(
                address,
                callback=self.on_paper,
                errback=self.on_failure,
                cb_kwargs={"paper": paper, "known": known},
                headers=_conditions(known),
                meta={"dont_cache": True},
                priority=KNOWN_PAPER if known else NEW_PAPER,
                dont_filter=True,
            ),
            paper,
        )

    def _once(
        self,
        address: str,
        form: tuple[tuple[str, str], ...],
        make: Callable[[str], Request],
        paper: ListedPaper | None = None,
    ) -> Iterator[Request]:
        bare = urldefrag(address).url
        if (bare, form) in self._asked:
            return
        self._asked.add((bare, form))
        try:
            self._check_host(host_of(bare), paper)
            yield make(bare)
        except ValueError as error:  # an address that Scrapy cannot parse
            self._report(failure_of(error_of(error), address, self.visit, paper))
        except FetchError as error:
            self._report(failure_of(error, address, self.visit, paper))

    def _check_host(self, host: str, paper: ListedPaper | None) -> None:
        allowed = self.visit.portal.attachment_hosts
        if paper is None or allowed is None:
            return
        own = {host_of(entry.address) for entry in self.visit.portal.entries}
        if host not in own and host not in allowed:
            raise ForeignHostError(host)

    def _report(self, event: CrawlEvent, known: Validators | None = None) -> None:
        self.visit_stats.count(event, known)
        self.visit.report(event)


def _conditions(known: Validators | None) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, 13.1)."""
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}
