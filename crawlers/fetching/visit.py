"""One visit to a portal: what it needs from outside and what it counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, cast

from crawlers.fetching.rate_limiter import RateLimiter
from crawlers.limits import Limits
from crawlers.wanted import Wanted
from schemas.captures import Capture, CrawlEvent, Validators
from schemas.portals import Portal

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class StoredFile(Protocol):
    """What an archive says of a file that it took in."""

    @property
    def document_id(self) -> str:
        """The lower-case hex SHA-256 of the bytes."""

    @property
    def size_bytes(self) -> int:
        """How many they are."""


class Keeping(Protocol):
    """An archive, as far as a visit needs one: both calls return when the disk has it."""

    def put(self, chunks: bytes) -> StoredFile:
        """Take in a file."""

    def keep_capture(self, capture: Capture) -> None:
        """Write down where and when it was fetched."""


@dataclass(slots=True)
class Traffic:
    """Requests sent and bytes received, heads and bodies as transferred, robots.txt included."""

    requests: int = 0
    bytes_received: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit's surroundings. `known` tells by address what was captured there before; `now` gives aware times.

    With `look_only` no paper is fetched and nothing is archived; of the papers only those `wanted` are.
    """

    portal: Portal
    archive: Keeping
    known: Callable[[str], Validators | None]
    report: Callable[[CrawlEvent], None]
    now: Callable[[], datetime]
    limits: Limits
    rate_limiter: RateLimiter
    look_only: bool = False
    wanted: Wanted = field(default_factory=Wanted)
    traffic: Traffic = field(default_factory=Traffic)


def visit_of(crawler: "Crawler") -> Visit:
    """The visit that a Scrapy crawler makes, for its middlewares and its handler."""
    return cast(Visit, crawler.spider.visit)  # type: ignore[union-attr]  # set by the spider's constructor
