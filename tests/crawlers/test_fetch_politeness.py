"""Hosts are asked politely: robots.txt, pace, Retry-After, budgets and hours, as the server itself saw it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
from visiting import QUICK, Memory, Visited, visit

from crawlers.fetching.settings import user_agent
from samples.portal import Fault, PortalServer, Site, many_publications, portal_of
from schemas.captures import FetchFailure

PAPERS = many_publications(8)
PATIENT = replace(QUICK, retries=2)


def reasons(visited: Visited) -> set[str]:
    return {failure.reason for failure in visited.of(FetchFailure)}


def test_a_host_is_asked_one_at_a_time_and_never_faster_than_the_pace(tmp_path: Path) -> None:
    """Two portals on one host, visited at once in two processes, share its pace."""
    site = Site("trs", PAPERS)
    site.faults = [Fault("*t20240902*", "status", status=404), Fault("*P020240903*", "stall", seconds=3.5)]
    with PortalServer([site]):
        portals = [portal_of(site, name, seconds_between_requests=0.06) for name in ("sample_one", "sample_two")]
        memories = [Memory(tmp_path), Memory(tmp_path)]
        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(visit, portals, memories, [replace(QUICK, timeout_seconds=2.0)] * 2)
    assert len(first.captures) == len(second.captures) == len(PAPERS) - 2
    assert site.exchanges.most_at_once == 1
    assert site.exchanges.shortest_rest >= 0.06


def test_retry_after_is_obeyed_in_seconds_and_as_a_date(tmp_path: Path) -> None:
    date = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    until = monotonic() + (date - datetime.now(UTC)).total_seconds()
    as_date = {"Retry-After": format_datetime(date, usegmt=True)}
    site = Site("trs", PAPERS[:3])
    site.faults = [
        Fault("*t20240902*", "status", status=503, headers=as_date, times=1),
        Fault("*t20240903*", "status", status=429, headers={"Retry-After": "1"}, times=1),
        Fault("*t20240904*", "status", status=503, times=1),
    ]
    with PortalServer([site]):
        visited = visit(portal_of(site), Memory(tmp_path), replace(QUICK, retries=2, wait_at_most_seconds=9.0))
    assert [len(visited.captures), visited.reasons] == [3, {}]
    seen = site.exchanges.all()
    refused = [exchange for exchange in seen if exchange.status in {429, 503}]
    after = [next(later for later in seen if later.started > each.finished).started for each in refused]
    assert len(refused) == 3
    assert after[0] >= until
    assert after[1] - refused[1].started >= 0.99
    assert after[2] - refused[2].started >= 0.05  # the backoff, where the host does not say


def test_a_host_that_asks_for_hours_is_left_alone_for_the_night(tmp_path: Path) -> None:
    site, memory = Site("trs", PAPERS[:4]), Memory(tmp_path)
    with PortalServer([site]):
        site.faults = [Fault("*.pdf", "status", status=429, headers={"Retry-After": "7200"})]
        visited = visit(portal_of(site), memory, PATIENT)
        requests = len(site.exchanges.all())
        again = visit(portal_of(site), memory, PATIENT)
    assert reasons(visited) == reasons(again) == {"retry_later"}
    assert len(visited.of(FetchFailure)) == 4
    assert visited.summary
    assert visited.summary.finish_reason == "retry_later"
    assert sum(exchange.status == 429 for exchange in site.exchanges.all()) == 1
    assert len(site.exchanges.all()) == requests  # the host stays closed for the next process too


def test_budgets_of_a_night_hold_over_processes(tmp_path: Path) -> None:
    site, memory = Site("trs", PAPERS), Memory(tmp_path)
    with PortalServer([site]):
        pace = {
            "seconds_between_requests": 0,
            "requests_per_night": 14,
            "window": {"opens": "00:00", "closes": "00:00"},
        }
        few = visit(portal_of(site, pace=pace), memory)
        assert len(site.exchanges.all()) == 14
        none = visit(portal_of(site, pace=pace), memory)
        assert len(site.exchanges.all()) == 14
        little = pace | {"requests_per_night": 1000, "bytes_per_night": 60_000}
        memory_of_bytes = Memory(tmp_path / "bytes")
        some = visit(portal_of(site, pace=little), memory_of_bytes)
    assert len(few.captures) >= 4  # new papers go before pages
    assert reasons(few) == reasons(none) == reasons(some) == {"budget_used_up"}
    assert few.summary
    assert few.summary.finish_reason == "budget_used_up"
    assert 60_000 <= (some.summary.bytes_received if some.summary else 0) < 60_000 + 40_000


def test_outside_its_hours_a_portal_is_not_asked_at_all(tmp_path: Path) -> None:
    site = Site("trs", PAPERS)
    with PortalServer([site]):
        pace = {"seconds_between_requests": 0, "window": {"opens": "01:00", "closes": "07:00"}}
        visited = visit(portal_of(site, pace=pace), Memory(tmp_path), now=at_noon)
    assert reasons(visited) == {"out_of_window"}
    assert visited.summary
    assert visited.summary.finish_reason == "out_of_window"
    assert site.exchanges.all() == []


def at_noon() -> datetime:
    """Noon in Shanghai."""
    return datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("robots", "fault", "expected"),
    [
        ("User-agent: *\nDisallow: /\n", None, {"robots_disallowed"}),
        ("User-agent: gongkai\nDisallow: /\n\nUser-agent: *\nAllow: /\n", None, {"robots_disallowed"}),
        ("User-agent: *\nDisallow: /*.pdf$\n", None, {"robots_disallowed"}),
        ("User-agent: other\nDisallow: /\n", None, set()),
        (None, None, set()),
        ("", Fault("/robots.txt", "status", status=403, body=b"User-agent: *\nDisallow: /"), set()),
        ("", Fault("/robots.txt", "status", status=500), {"robots_unavailable"}),
        ("User-agent: *\nAllow: /\n", Fault("/robots.txt", "stall", seconds=3.5), {"robots_unavailable"}),
        ("", Fault("/robots.txt", "redirect"), {"robots_unavailable"}),
        ("", Fault("/robots.txt", "redirect", target="http://10.0.0.1/robots.txt"), {"forbidden_address"}),
        ("User-agent: *\nCrawl-delay: 86400\n", None, {"retry_later"}),
    ],
)
def test_robots_of_every_temper(robots: str | None, fault: Fault | None, expected: set[str], tmp_path: Path) -> None:
    site = Site("trs", PAPERS[:1], robots=robots)
    site.faults = [fault] if fault else []
    with PortalServer([site]):
        visited = visit(portal_of(site), Memory(tmp_path), replace(QUICK, timeout_seconds=2.0))
    assert reasons(visited) == expected
    assert len(visited.captures) == (0 if expected else 1)
    if expected and robots != "User-agent: *\nDisallow: /*.pdf$\n":
        assert {urlsplit(exchange.target).path for exchange in site.exchanges.all()} == {"/robots.txt"}


def test_a_crawl_delay_is_kept(tmp_path: Path) -> None:
    site = Site("trs", PAPERS[:2], robots="User-agent: *\nCrawl-delay: 0.3\n")
    with PortalServer([site]):
        visited = visit(portal_of(site), Memory(tmp_path))
    arrivals = sorted(exchange.started for exchange in site.exchanges.all() if exchange.target != "/robots.txt")
    assert len(visited.captures) == 2
    assert min(later - earlier for earlier, later in pairwise(arrivals)) >= 0.3


def test_the_crawler_says_who_it_is() -> None:
    assert "Mozilla" not in user_agent("data@example.org")
    assert "data@example.org" in user_agent("data@example.org")
