"""What Scrapy and Twisted raise, and what a status says, by the names of `crawlers.errors`."""

import errno
import zlib
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy import exceptions as scrapy_errors
from service_identity import VerificationError
from twisted.internet import error as twisted_errors

from crawlers import errors
from crawlers.errors import FetchError

_BY_TYPE: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], type[FetchError]], ...] = (
    ((SSL.Error, VerificationError, twisted_errors.CertificateError), errors.TlsError),
    ((scrapy_errors.DownloadTimeoutError, twisted_errors.TimeoutError), errors.TimedOutError),
    ((scrapy_errors.CannotResolveHostError, twisted_errors.DNSLookupError), errors.DnsError),
    (scrapy_errors.DownloadConnectionRefusedError, errors.ConnectionRefusedByHostError),
    (scrapy_errors.DownloadCancelledError, errors.TooLargeError),  # nothing else cancels a download
    ((scrapy_errors.UnsupportedURLSchemeError, scrapy_errors.NotSupported), errors.SchemeRefusedError),
    (twisted_errors.ConnectionLost, errors.ConnectionResetByHostError),
    (scrapy_errors.ResponseDataLossError, errors.TruncatedError),
    (twisted_errors.ConnectionDone, errors.ConnectionResetByHostError),
    ((zlib.error, EOFError, OSError), errors.BadEncodingError),
)
"""The first that one of an exception's causes is of; OSError is what undoing a Content-Encoding raises."""

_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})

STATUSES: dict[int, type[FetchError]] = {
    401: errors.AccessDeniedError,
    403: errors.AccessDeniedError,
    404: errors.GoneError,
    407: errors.AccessDeniedError,
    410: errors.GoneError,
    429: errors.RetryLaterError,
}
"""Statuses that say by themselves what is the matter."""


def error_of(error: BaseException) -> FetchError:
    """The typed error for whatever a request ended in."""
    causes = list(_causes(error))
    known = next((cause for cause in causes if isinstance(cause, FetchError)), None)
    if known:
        return known
    detail = _told(causes)
    for types, reason in _BY_TYPE:
        if any(isinstance(cause, types) for cause in causes):
            return reason(detail)
    return errors.ConnectionFailedError(detail)


def disk_error(error: BaseException) -> OSError | None:
    """What our own disk said where that ended a request: it is full or may not be written, and no portal's fault."""
    causes = (cause for cause in _causes(error) if isinstance(cause, OSError))
    return next((cause for cause in causes if cause.errno in _OF_THE_DISK), None)


def error_of_status(status: int) -> FetchError | None:
    """The typed error for a status that is no success, or None for 200."""
    if status == 200:
        return None
    if status in STATUSES:
        return STATUSES[status](f"status {status}")
    if 300 <= status < 400:
        return errors.BadRedirectError(f"status {status}")
    return (errors.ServerError if status >= 500 else errors.UnexpectedStatusError)(f"status {status}")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, what it was raised from, and the reasons that Twisted gathers in it."""
    while error is not None:
        yield error
        for reason in getattr(error, "reasons", ()) or ():
            yield from _causes(getattr(reason, "value", None))
        error = error.__cause__


def _told(causes: list[BaseException]) -> str:
    """What the innermost cause says, which is closest to what happened."""
    texts = (" ".join(str(cause).split()) for cause in reversed(causes))
    return next((text for text in texts if text), type(causes[0]).__name__)[:300]
