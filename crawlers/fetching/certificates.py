"""TLS without verification, for the hosts that a portal's YAML names, with its reason, and for no other."""

from typing import Any

# Scrapy has no public way to verify some hosts and not others: its setting is for all of them.
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]


@implementer(IPolicyForHTTPS)
class UnverifiedFor:
    """Hands `hosts` to a policy that verifies nothing, all others to `verifying`."""

    def __init__(self, hosts: frozenset[str], verifying: Any) -> None:
        self._hosts = hosts
        self._verifying = verifying
        self._unverified = _ScrapyClientContextFactory(verify_certificates=False)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802  Twisted's name
        """What makes the TLS connection to a host."""
        excepted = hostname.decode("ascii").lower() in self._hosts
        return (self._unverified if excepted else self._verifying).creatorForNetloc(hostname, port)
