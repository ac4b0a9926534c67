"""Pages kept from the last visit, so that an unchanged one costs a 304; never an answer in the place of a failure."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings


class HonestCache(HttpCacheMiddleware):
    """Scrapy's cache, without its habit of serving an old page where the host cannot be reached."""

    DOWNLOAD_EXCEPTIONS = ()  # type: ignore[assignment]  # Scrapy types it by its seven members


class AlwaysAsk(RFC2616Policy):
    """RFC 9111's validators, but the host is asked each night: a list whose `max-age` is a week may have grown."""

    def should_cache_response(self, response: Response, request: Request) -> bool:
        """Whether a page can be asked for conditionally the next time."""
        has_validator = b"ETag" in response.headers or b"Last-Modified" in response.headers
        return response.status == 200 and has_validator and super().should_cache_response(response, request)

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        """Never; the request is made a conditional one."""
        for validator, condition in ((b"ETag", b"If-None-Match"), (b"Last-Modified", b"If-Modified-Since")):
            if value := cachedresponse.headers.get(validator):
                request.headers[condition] = value
        return False

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:
        """Whether the host says so; a server's error does not (Scrapy's policy takes it for a yes)."""
        return response.status == 304


class PageStorage:
    """One file for a page: a line of JSON, then the body.

    Moved in whole, so that a kill leaves no half page; checked by its hash, so that a power cut's costs one request
    and none has to be synced to disk.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self._folder = Path(settings["HTTPCACHE_DIR"])

    def open_spider(self, spider: Spider) -> None:
        """Take the crawl's fingerprints as names."""
        self._fingerprints = spider.crawler.request_fingerprinter
        self._folder.mkdir(parents=True, exist_ok=True)

    def close_spider(self, spider: Spider) -> None:
        """Nothing is left open."""

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:
        """The page as last stored, None if it never was or is damaged."""
        path = self._path(request)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
            os.utime(path)  # the page is still asked for: pruning goes by this
            stored: dict[str, Any] = json.loads(head)
        except (FileNotFoundError, ValueError):
            return None
        if stored["sha256"] != hashlib.sha256(body).hexdigest():
            return None
        headers = Headers({name: [value.encode("latin-1") for value in values] for name, values in stored["headers"]})
        kind = responsetypes.from_args(headers=headers, url=stored["url"], body=body)
        return kind(url=stored["url"], headers=headers, status=stored["status"], body=body)

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Write a page beside its place and move it there."""
        headers = [
            (name.decode("latin-1"), [value.decode("latin-1") for value in response.headers.getlist(name)])
            for name in response.headers
        ]
        digest = hashlib.sha256(response.body).hexdigest()
        head = {"url": response.url, "status": response.status, "sha256": digest, "headers": headers}
        path = self._path(request)
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        partial.write_bytes(json.dumps(head).encode() + b"\n" + response.body)
        partial.replace(path)

    def _path(self, request: Request) -> Path:
        return self._folder / self._fingerprints.fingerprint(request).hex()
