"""Scrapy's handling of redirects and Content-Encoding, with a typed error where it gives up."""

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.errors import DecompressionBombError, TooManyRedirectsError


class StrictRedirects(RedirectMiddleware):
    """Follows redirects up to REDIRECT_MAX_TIMES."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Give the next request, or the response. Raises `TooManyRedirectsError`."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise _too_many(request) from error


class StrictMetaRefresh(MetaRefreshMiddleware):
    """Follows an HTML page's refresh, which counts as a redirect."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Give the next request, or the response. Raises `TooManyRedirectsError`."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise _too_many(request) from error


class BoundedDecompression(HttpCompressionMiddleware):
    """Undoes a Content-Encoding, up to DOWNLOAD_MAXSIZE."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Give the response unpacked. Raises `DecompressionBombError`, and zlib's errors on bad bytes."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise DecompressionBombError(f"{len(response.body)} bytes as {response.url} sent them") from error


def _too_many(request: Request) -> TooManyRedirectsError:
    return TooManyRedirectsError(" -> ".join([*request.meta.get("redirect_urls", []), request.url])[:500])
