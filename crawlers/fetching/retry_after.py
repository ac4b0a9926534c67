"""429 and 503: the host asks for patience, and the whole host is left alone for as long as it asks."""

from typing import TYPE_CHECKING, Final, Self

from scrapy import Request
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from crawlers.errors import RetryLaterError
from crawlers.fetching.addresses import host_of
from crawlers.fetching.visit import Visit, visit_of
from crawlers.fetching.windows import retry_after_seconds

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ASKS_FOR_PATIENCE: Final = frozenset({429, 503})


def retry_after_of(request: Request, response: Response, visit: Visit) -> float:
    """The seconds for which an answer asks to leave its host alone; 0 for any but a 429 or 503.

    What the host says, else twice as long each time.
    """
    if response.status not in ASKS_FOR_PATIENCE:
        return 0.0
    asked = _retry_after(response, visit)
    return visit.limits.backoff_seconds * 2 ** request.meta.get("retry_times", 0) if asked is None else asked


def _retry_after(response: Response, visit: Visit) -> float | None:
    header = response.headers.get(b"Retry-After")
    return retry_after_seconds(header.decode("latin-1") if header else None, visit.now())


class RetryAfter:
    """Sends such a request again; the wait itself is the rate limiter's. Past the limits it gives up for the night."""

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Give the request again, or the response.

        Raises:
            RetryLaterError: the host asks for more than a night waits, or keeps asking.
        """
        if response.status not in ASKS_FOR_PATIENCE:
            return response
        visit, host = visit_of(self._crawler), host_of(request.url)
        seconds = retry_after_of(request, response, visit)
        if seconds > visit.limits.wait_at_most_seconds:
            raise RetryLaterError(f"{host} asks for {seconds:.0f} s with status {response.status}")
        again = self._again(request, response)
        if again is None and (response.status == 429 or _retry_after(response, visit) is not None):
            raise RetryLaterError(f"{host} still says {response.status}")
        return again or response

    def _again(self, request: Request, response: Response) -> Request | None:
        visit = visit_of(self._crawler)
        spider = self._crawler.spider
        assert spider  # a response has a spider
        reason = f"status {response.status}"
        return get_retry_request(request, spider=spider, reason=reason, max_retry_times=visit.limits.retries)
