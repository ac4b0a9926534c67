"""Scrapy's settings for one visit: polite, closed to everything but http and https, nothing of its own on disk."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from crawlers.fetching.addresses import host_of
from crawlers.fetching.resolving import ALLOWED_SETTING
from crawlers.limits import Limits
from schemas.portals import Portal

_HERE = "crawlers.fetching"
_SCRAPYS = "scrapy.downloadermiddlewares"


def user_agent(contact: str) -> str:
    """The name under which the crawler visits: what it is, and whom to tell if it is a nuisance."""
    return f"gongkai/{version('gongkai')} (open budget data; contact: {contact})"


def settings_for(portal: Portal, limits: Limits, pages: Path, contact: str) -> dict[str, Any]:
    """Scrapy's settings; `pages` is the folder where pages are kept from visit to visit."""
    return _quiet() | _polite(portal, limits, contact) | _closed(portal, limits) | _middlewares() | _cache(pages)


def _polite(portal: Portal, limits: Limits, contact: str) -> dict[str, Any]:
    pace = portal.pace.seconds_between_requests
    return {
        "USER_AGENT": user_agent(contact),
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9"},
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS": 4,  # at as many hosts; few, for those in hand are still sent when the visit ends early
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": pace,
        "DOWNLOAD_DELAY_JITTER": 0,  # Scrapy's default may go at half the delay
        # Off where a portal (a test's) has no pace: after one slow answer AutoThrottle never speeds up again on 304s.
        "AUTOTHROTTLE_ENABLED": pace > 0,
        "AUTOTHROTTLE_START_DELAY": pace,
        "AUTOTHROTTLE_MAX_DELAY": max(pace, 60.0),
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # in the order of the pages
        "RETRY_TIMES": limits.retries,
        "RETRY_HTTP_CODES": [500, 502, 504, 408],  # 429 and 503 are `RetryAfter`'s
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.CannotResolveHostError",
            "scrapy.exceptions.DownloadConnectionRefusedError",
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.DownloadTimeoutError",
            "scrapy.exceptions.ResponseDataLossError",
        ],
    }


def _closed(portal: Portal, limits: Limits) -> dict[str, Any]:
    own = {host_of(entry.address) for entry in portal.entries} | set(portal.attachment_hosts or ())
    handler = f"{_HERE}.download_handler.PoliteHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler, "data": None, "file": None, "s3": None, "ftp": None},
        "DOWNLOAD_MAXSIZE": limits.file_bytes,
        "DOWNLOAD_TIMEOUT": limits.timeout_seconds,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # Scrapy's default is not to
        "TWISTED_DNS_RESOLVER": f"{_HERE}.resolving.CheckedResolver",
        ALLOWED_SETTING: sorted(own) if portal.allow_private else [],
        "REDIRECT_MAX_TIMES": limits.redirects,
        "METAREFRESH_MAXDELAY": 10,
        "COOKIES_ENABLED": False,  # which also keeps tldextract from fetching its list of suffixes
        "HTTPPROXY_ENABLED": False,  # behind a proxy no address could be checked
        "HTTPERROR_ALLOW_ALL": True,
        "URLLENGTH_LIMIT": 0,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
    }


def _middlewares() -> dict[str, Any]:
    return {
        "DOWNLOADER_MIDDLEWARES": {
            f"{_SCRAPYS}.offsite.OffsiteMiddleware": None,
            f"{_SCRAPYS}.robotstxt.RobotsTxtMiddleware": None,
            f"{_HERE}.robots.StrictRobots": 100,
            f"{_HERE}.retry_after.RetryAfter": 560,
            f"{_SCRAPYS}.redirect.MetaRefreshMiddleware": None,
            f"{_HERE}.middlewares.StrictMetaRefresh": 580,
            f"{_SCRAPYS}.httpcompression.HttpCompressionMiddleware": None,
            f"{_HERE}.middlewares.BoundedDecompression": 590,
            f"{_SCRAPYS}.redirect.RedirectMiddleware": None,
            f"{_HERE}.middlewares.StrictRedirects": 600,
            f"{_SCRAPYS}.httpcache.HttpCacheMiddleware": None,
            f"{_HERE}.http_cache.HonestCache": 900,
        },
    }


def _cache(pages: Path) -> dict[str, Any]:
    return {
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_DIR": str(pages),
        "HTTPCACHE_POLICY": f"{_HERE}.http_cache.AlwaysAsk",
        "HTTPCACHE_STORAGE": f"{_HERE}.http_cache.PageStorage",
    }


def _quiet() -> dict[str, Any]:
    return {
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
        "LOGSTATS_INTERVAL": 0,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # it parses a callback's source for each response
        "MEMUSAGE_ENABLED": False,
    }
