"""The resolver of the crawl's reactor: it hands over only addresses that may be connected to.

The check stands where the connection takes its address from, so neither a redirect nor a name that resolves anew
(DNS rebinding) nor a literal (`http://2130706433/`) goes round it.
"""

from typing import TYPE_CHECKING, Any, Self

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.fetching.addresses import forbidden

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ALLOWED_SETTING = "PRIVATE_ADDRESSES_ALLOWED_FOR"
"""Scrapy's setting that lists the host names which may lie at private addresses."""


# Twisted declares its interfaces without `self`, which mypy cannot follow without a plugin: hence `Any` below.
@implementer(IResolutionReceiver)
class _Sieve:
    """Passes on what may be connected to and writes down the rest."""

    def __init__(self, receiver: Any, host: str, refused: dict[str, str]) -> None:
        self._receiver = receiver
        self._host = host
        self._refused = refused
        self.resolutionBegan = receiver.resolutionBegan
        self.resolutionComplete = receiver.resolutionComplete

    def addressResolved(self, address: Any) -> None:  # noqa: N802  Twisted's name
        number: str = getattr(address, "host", "")
        why = forbidden(number)
        if why is None:
            self._receiver.addressResolved(address)
        else:
            self._refused[self._host] = f"{self._host} is at {number} ({why})"


@implementer(IHostnameResolver)
class CheckedResolver:
    """Resolves by the system's resolver; only the hosts in `allowed` may lie at private addresses.

    `refused` says by host name what was refused last and why.
    """

    def __init__(self, reactor: Any, allowed: frozenset[str]) -> None:
        self._reactor = reactor
        self._resolver = reactor.nameResolver
        self._allowed = allowed
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: "Crawler", reactor: Any) -> Self:
        """Wrap the reactor's own resolver; Scrapy calls this once, before the first request."""
        return cls(reactor, frozenset(crawler.settings.getlist(ALLOWED_SETTING)))

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's resolver; Scrapy calls this."""
        self._reactor.installNameResolver(self)

    def resolveHostName(self, receiver: Any, host_name: str, *rest: Any, **named: Any) -> Any:  # noqa: N802
        """Resolve as Twisted asks, through the sieve unless the host is allowed."""
        host = host_name.rstrip(".").lower()
        sieved = receiver if host in self._allowed else _Sieve(receiver, host, self.refused)
        return self._resolver.resolveHostName(sieved, host_name, *rest, **named)
