"""Turns at a host, and pages kept: what a crash or a power cut leaves behind does no harm."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
from scrapy import Request, Spider
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawlers.crawl import ContactMissingError, crawl
from crawlers.errors import BudgetUsedUpError, RetryLaterError
from crawlers.fetching.http_cache import PageStorage
from crawlers.fetching.rate_limiter import RateLimiter
from schemas.portals import Pace, Portal

NIGHT = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
ALL_DAY = {"opens": "00:00", "closes": "00:00"}


def pace(seconds: float = 0.0, requests: int = 100) -> Pace:
    return Pace.model_validate({"seconds_between_requests": seconds, "requests_per_night": requests, "window": ALL_DAY})


async def taken(rate_limiter: RateLimiter, host: str = "a.example", *, closed_for: float = 0.0) -> float:
    """When the turn came."""
    async with rate_limiter.slot(host) as slot:
        slot.closed_for = closed_for
        return monotonic()


def test_a_turn_comes_after_a_rest_and_hosts_do_not_wait_for_one_another(tmp_path: Path) -> None:
    rate_limiter = RateLimiter(tmp_path, pace(0.1), 5, lambda: NIGHT)

    async def run() -> list[float]:
        first = await taken(rate_limiter)
        return [first, await taken(rate_limiter, "b.example"), await taken(rate_limiter)]

    first, other, second = asyncio.run(run())
    assert other - first < 0.1 <= second - first


def test_turns_that_are_wanted_at_once_come_one_after_another(tmp_path: Path) -> None:
    many = [RateLimiter(tmp_path, pace(0.05), 5, lambda: NIGHT) for _ in range(4)]

    async def run() -> list[float]:
        return sorted(await asyncio.gather(*(taken(rate_limiter) for rate_limiter in many)))

    times = asyncio.run(run())
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(times))


def test_a_new_night_has_a_new_budget(tmp_path: Path) -> None:
    now = [NIGHT]
    rate_limiter = RateLimiter(tmp_path, pace(requests=1), 5, lambda: now[0])
    asyncio.run(taken(rate_limiter))
    with pytest.raises(BudgetUsedUpError):
        asyncio.run(taken(rate_limiter))
    now[0] += timedelta(days=1)
    asyncio.run(taken(rate_limiter))


def test_a_closed_host_opens_when_its_time_has_come(tmp_path: Path) -> None:
    now = [NIGHT]
    rate_limiter = RateLimiter(tmp_path, pace(), 5, lambda: now[0])
    asyncio.run(taken(rate_limiter, closed_for=3600))
    with pytest.raises(RetryLaterError):
        asyncio.run(taken(rate_limiter))
    now[0] += timedelta(hours=1, seconds=1)
    asyncio.run(taken(rate_limiter))


@pytest.mark.parametrize("left", ["", '{"host": "a.exa', "[]", '{"host": "a.example", "night": 5, "odd": 1}'])
def test_a_state_in_pieces_is_begun_anew(left: str, tmp_path: Path) -> None:
    rate_limiter = RateLimiter(tmp_path, pace(requests=1), 5, lambda: NIGHT)
    asyncio.run(taken(rate_limiter))
    (state,) = tmp_path.iterdir()
    assert json.loads(state.read_text())["requests"] == 1
    state.write_text(left)
    asyncio.run(taken(rate_limiter))


def test_a_host_with_an_odd_name_stays_in_its_folder(tmp_path: Path) -> None:
    asyncio.run(taken(RateLimiter(tmp_path / "hosts", pace(), 5, lambda: NIGHT), "../../x" + "y" * 300))
    assert len(list((tmp_path / "hosts").iterdir())) == 1
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: b"", lambda data: b"\0" * len(data)])
def test_a_kept_page_comes_back_whole_or_not_at_all(harm: object, tmp_path: Path) -> None:
    crawler = get_crawler()
    spider = Spider.from_crawler(crawler, name="x")
    storage = PageStorage(Settings({"HTTPCACHE_DIR": str(tmp_path)}))
    storage.open_spider(spider)
    request = Request("http://a.example/列表.html")
    page = HtmlResponse(
        request.url, body="<p>决算</p>".encode(), headers={"ETag": '"1"', "Content-Type": "text/html; charset=utf-8"}
    )
    assert storage.retrieve_response(spider, request) is None
    storage.store_response(spider, request, page)
    kept = storage.retrieve_response(spider, request)
    assert kept is not None
    assert (kept.url, kept.body, kept.headers["ETag"], type(kept)) == (page.url, page.body, b'"1"', HtmlResponse)
    (path,) = tmp_path.iterdir()
    path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]
    assert storage.retrieve_response(spider, request) is None


def test_a_public_portal_is_not_visited_without_a_contact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGKAI_CONTACT", raising=False)
    portal = Portal.model_validate(
        {
            "id": "somewhere",
            "name": "某地",
            "division_code": "430299",
            "family": "generic",
            "entries": [{"address": "http://portal.invalid/"}],
        }
    )
    with pytest.raises(ContactMissingError, match="GONGKAI_CONTACT"):
        crawl(portal, None, lambda _: None, lambda _: None, cache=tmp_path)  # type: ignore[arg-type]
