"""The one place where requests leave: a slot at the host is taken, the answer counted, a failure given its name."""

from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from crawlers.errors import ForbiddenAddressError
from crawlers.fetching.addresses import host_of
from crawlers.fetching.certificates import UnverifiedFor
from crawlers.fetching.resolving import CheckedResolver
from crawlers.fetching.retry_after import retry_after_of
from crawlers.fetching.visit import visit_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawlers.fetching.rate_limiter import Slot


class PoliteHandler(HTTP11DownloadHandler):
    """Scrapy's own handler for http and https, behind the host's rate limiter."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._slots: dict[Request, Slot] = {}
        exception = visit_of(crawler).portal.tls_exception
        if exception:
            self._contextFactory = cast(Any, UnverifiedFor(frozenset(exception.hosts), self._contextFactory))
        crawler.signals.connect(self._count, signal=signals.bytes_received)

    async def download_request(self, request: Request) -> Response:
        """Send a request when it has a slot.

        Raises:
            SchemeRefusedError, ForbiddenAddressError, OutOfWindowError, BudgetUsedUpError, RetryLaterError, and what
            Scrapy raises.
        """
        host = host_of(request.url)
        visit = visit_of(self._crawler)
        async with visit.rate_limiter.slot(host) as slot:
            self._slots[request] = slot
            visit.traffic.requests += 1
            try:
                response = await super().download_request(request)
                slot.received += _head_bytes(response)
                slot.closed_for = retry_after_of(request, response, visit)
            except CannotResolveHostError as error:
                raise _forbidden(host) or error from error
            finally:
                del self._slots[request]
                visit.traffic.bytes_received += slot.received
        return response

    def _count(self, data: bytes, request: Request, **_: Any) -> None:
        """Count a body's bytes as they stream in, for what breaks off has cost as much."""
        if slot := self._slots.get(request):
            slot.received += len(data)


def _head_bytes(response: Response) -> int:
    return len(response.headers.to_string())


def _forbidden(host: str) -> ForbiddenAddressError | None:
    from twisted.internet import reactor  # noqa: PLC0415  importing it earlier would install a default reactor

    resolver = getattr(reactor, "nameResolver", None)
    refused = resolver.refused.get(host) if isinstance(resolver, CheckedResolver) else None
    return ForbiddenAddressError(refused) if refused else None
