"""Which addresses may be connected to, and that the resolver itself holds the rest back."""

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.errors import SchemeRefusedError
from crawlers.fetching.addresses import forbidden, host_of
from crawlers.fetching.resolving import CheckedResolver
from crawlers.fetching.windows import is_open, night_of, retry_after_seconds
from schemas.portals import Window


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "fec0::1",
        "not an address",
        "",
    ],
)
def test_no_connection_to_what_is_not_public(address: str) -> None:
    assert forbidden(address)


@pytest.mark.parametrize("address", ["1.2.4.8", "114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert forbidden(address) is None


@given(st.ip_addresses())
def test_whatever_is_allowed_is_global(address: Any) -> None:
    mapped = getattr(address, "ipv4_mapped", None) or address
    assert forbidden(str(address)) is not None or ip_address(str(mapped)).is_global


class _Addressed:
    def __init__(self, host: str) -> None:
        self.host = host


class _Rebinding:
    """A resolver whose first answer is public, and every later one private: DNS rebinding."""

    def __init__(self) -> None:
        self.asked = 0

    def resolveHostName(self, receiver: Any, host: str, *rest: Any, **named: Any) -> None:  # noqa: N802
        self.asked += 1
        receiver.resolutionBegan(None)
        receiver.addressResolved(_Addressed("114.114.114.114" if self.asked == 1 else "10.0.0.1"))
        receiver.addressResolved(_Addressed("127.0.0.1"))
        receiver.resolutionComplete()


class _Reactor:
    nameResolver = _Rebinding()  # noqa: N815


class _Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


def test_a_name_that_resolves_anew_is_judged_anew() -> None:
    resolver = CheckedResolver(_Reactor(), frozenset({"test.example"}))
    first, second, allowed = _Receiver(), _Receiver(), _Receiver()
    resolver.resolveHostName(first, "evil.example")
    resolver.resolveHostName(second, "EVIL.example.")
    resolver.resolveHostName(allowed, "test.example")
    assert first.addresses == ["114.114.114.114"]
    assert second.addresses == []
    assert second.complete
    assert allowed.addresses == ["10.0.0.1", "127.0.0.1"]
    assert resolver.refused["evil.example"].startswith("evil.example is at 127.0.0.1")


@pytest.mark.parametrize(
    "url", ["ftp://a.cn/x", "file:///etc/passwd", "javascript:x", "//a.cn/x", "http:///x", "http://[x"]
)
def test_only_http_and_https(url: str) -> None:
    with pytest.raises(SchemeRefusedError):
        host_of(url)


def test_a_host_is_told_without_case_port_and_last_dot() -> None:
    assert host_of("https://CZJ.Example.GOV.cn.:8443/x") == "czj.example.gov.cn"


def test_hours_are_those_of_shanghai() -> None:
    window = Window.model_validate({"opens": "22:00", "closes": "06:00"})
    assert is_open(window, datetime(2026, 3, 1, 14, 0, tzinfo=UTC))  # 22:00
    assert not is_open(window, datetime(2026, 3, 1, 22, 0, tzinfo=UTC))  # 06:00
    assert night_of(datetime(2026, 3, 1, 15, 0, tzinfo=UTC)) == night_of(datetime(2026, 3, 2, 3, 0, tzinfo=UTC))
    assert night_of(datetime(2026, 3, 2, 3, 0, tzinfo=UTC)) != night_of(datetime(2026, 3, 2, 5, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Sun, 01 Mar 2026 00:01:00 GMT", 60.0),
        ("Sat, 28 Feb 2026 00:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("١٢", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, datetime(2026, 3, 1, tzinfo=UTC)) == seconds
