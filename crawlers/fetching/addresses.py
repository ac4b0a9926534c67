"""Which addresses may be connected to. Pure: a name is resolved elsewhere, what it resolves to is judged here."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from crawlers.errors import SchemeRefusedError

SCHEMES: Final = ("http", "https")
# Python's `is_global` lets these pass, or did in some version; each can carry a private IPv4 address or a host's own.
FORBIDDEN_V6: Final = tuple(
    map(
        ip_network,
        (
            "64:ff9b::/96",  # NAT64, RFC 6052
            "64:ff9b:1::/48",  # local-use NAT64, RFC 8215
            "2002::/16",  # 6to4, RFC 3056
            "2001::/32",  # Teredo, RFC 4380
            "::/96",  # IPv4-compatible, RFC 4291, 2.5.5.1
            "fec0::/10",  # site-local, RFC 3879
        ),
    )
)


def forbidden(address: str) -> str | None:
    """Why a numeric address must not be connected to, or None where it may be: only global unicast may.

    An IPv4-mapped IPv6 address is judged as the IPv4 address that a system connects to.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return _kind(parsed)


def _kind(address: IPv4Address | IPv6Address) -> str | None:
    """Name the first special kind that an address is of, the narrowest first."""
    kinds = {
        "unspecified": address.is_unspecified,
        "loopback": address.is_loopback,
        "link-local": address.is_link_local,
        "multicast": address.is_multicast,
        "private": address.is_private,
        "reserved": address.is_reserved or any(address in network for network in FORBIDDEN_V6),
        "not global": not address.is_global,
    }
    return next((name for name, is_so in kinds.items() if is_so), None)


def host_of(url: str) -> str:
    """The lower-case host name of an http or https address, without port, '.' at its end or brackets.

    Raises:
        SchemeRefusedError: another scheme, no host, or an address that cannot be parsed.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise SchemeRefusedError(f"{url[:200]}: {error}") from error
    if parts.scheme not in SCHEMES or not host:
        raise SchemeRefusedError(url[:200])
    return host.rstrip(".").lower()
