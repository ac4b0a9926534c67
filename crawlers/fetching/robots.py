"""robots.txt obeyed as RFC 9309 asks: a client's error allows all, a server's error or silence refuses all."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawlers.errors import (
    ConnectionFailedError,
    ConnectionResetByHostError,
    FetchError,
    RobotsDisallowedError,
    RobotsUnavailableError,
    TimedOutError,
)
from crawlers.fetching.addresses import host_of
from crawlers.fetching.error_names import error_of
from crawlers.fetching.visit import visit_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Silence at robots.txt itself; anything else that keeps it from us (no such host, no slot) is told as what it is.
_SILENCE = (TimedOutError, ConnectionResetByHostError, ConnectionFailedError)


class StrictRobots(RobotsTxtMiddleware):
    """Scrapy's middleware (protego), which refuses where robots.txt cannot be had, and obeys Crawl-delay."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._agent: str = crawler.settings["USER_AGENT"]
        self._causes: dict[str, FetchError] = {}

    async def process_request(self, request: Request, spider: Any = None) -> None:
        """Let a request pass that robots.txt allows.

        Raises:
            RobotsDisallowedError, RobotsUnavailableError, or why the host could not be asked.
        """
        if _is_robots(request):
            return
        parser = await self.robot_parser(request)
        netloc = urlparse_cached(request).netloc
        if parser is None:
            raise self._causes.get(netloc, RobotsUnavailableError(netloc))
        if not parser.allowed(request.url, self._agent):
            raise RobotsDisallowedError(request.url)
        delay = parser.rp.crawl_delay(self._agent) if isinstance(parser, ProtegoRobotParser) else None
        if delay:
            visit_of(self.crawler).rate_limiter.slow_down(host_of(request.url), float(delay))

    def process_response(self, request: Request, response: Response) -> Response:
        """Read a robots.txt as its status says: nothing of a 4xx is a rule; 429 and 5xx are no answer."""
        if not _is_robots(request) or response.status < 400:
            return response
        if response.status == 429 or response.status >= 500:
            raise RobotsUnavailableError(f"{response.url}: status {response.status}")
        return response.replace(body=b"")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Remember why a robots.txt could not be had."""
        if _is_robots(request):
            error = error_of(exception)
            asked_first = request.meta.get("redirect_urls", [request.url])[0]
            self._causes[urlsplit(asked_first).netloc] = (
                RobotsUnavailableError(str(error)) if isinstance(error, _SILENCE) else error
            )


def _is_robots(request: Request) -> bool:
    """Whether Scrapy's middleware made this request itself: no other is exempt."""
    return bool(request.meta.get("dont_obey_robotstxt"))
