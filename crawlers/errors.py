"""The reasons why an address gave no paper or page: one typed error for each, which ends as `FetchFailure.reason`."""


class FetchError(Exception):
    """An address that gave nothing. `reason` is its stable name, `advice` what a maintainer can do about it."""

    reason = "not_fetched"
    advice = "open the address by hand; if a browser shows the paper, report the case"

    def __str__(self) -> str:
        detail = super().__str__()
        return f"{self.reason}: {detail}" if detail else self.reason

    @property
    def detail(self) -> str:
        """What was seen, without the reason's name."""
        return super().__str__()


class RobotsDisallowedError(FetchError):
    """The host's robots.txt asks robots to keep away from this address."""

    reason = "robots_disallowed"
    advice = "leave it; ask the publisher for the paper, then `gongkai add` it"


class RobotsUnavailableError(FetchError):
    """robots.txt could not be had (a server's error, no answer), which counts as a refusal (RFC 9309, 2.3.1.4)."""

    reason = "robots_unavailable"
    advice = "look again another night; the host itself is in trouble"


class RetryLaterError(FetchError):
    """The host asks to come back later than a night can wait; it is left alone until then."""

    reason = "retry_later"
    advice = "nothing now: the next night tries again; raise `seconds_between_requests` if it comes back"


class OutOfWindowError(FetchError):
    """The hours in which this portal may be visited were over."""

    reason = "out_of_window"
    advice = "nothing: the next night goes on; widen `pace.window` if it never gets through"


class BudgetUsedUpError(FetchError):
    """The night's requests or bytes for this host are used up."""

    reason = "budget_used_up"
    advice = "nothing: the next night goes on; raise `pace.requests_per_night` or `bytes_per_night` if it never does"


class SchemeRefusedError(FetchError):
    """The address is neither http nor https."""

    reason = "scheme_refused"
    advice = "mend the link in the portal's YAML, or leave it"


class ForbiddenAddressError(FetchError):
    """The host's name leads to a private, loopback, link-local or reserved address."""

    reason = "forbidden_address"
    advice = "leave it; a public portal that points there is misconfigured or hostile"


class ForeignHostError(FetchError):
    """The paper lies on a host that the portal's YAML does not name."""

    reason = "foreign_host"
    advice = "add the host to `attachment_hosts` if it belongs to the publisher"


class DnsError(FetchError):
    """The host's name does not resolve."""

    reason = "dns_failure"
    advice = "look whether the site has moved, and mend the portal's YAML"


class ConnectionRefusedByHostError(FetchError):
    """Nothing listens at the address."""

    reason = "connection_refused"
    advice = "look again another night; if it stays so, look whether the site has moved"


class ConnectionResetByHostError(FetchError):
    """The connection broke before the answer was whole."""

    reason = "connection_reset"
    advice = "rerun it; if it breaks each time, the host may refuse robots"


class ConnectionFailedError(FetchError):
    """No connection, for a cause without a name of its own."""

    reason = "connection_failed"
    advice = "rerun it"


class TlsError(FetchError):
    """The host's certificate cannot be verified, or no common TLS version was found."""

    reason = "tls_failure"
    advice = "tell the publisher; record a `tls_exception` with its reason in the portal's YAML if you accept the risk"


class TimedOutError(FetchError):
    """No whole answer within the time that an address may take."""

    reason = "timeout"
    advice = "rerun it; the host may be slow at night"


class TooManyRedirectsError(FetchError):
    """More redirects than are followed, or a circle of them."""

    reason = "too_many_redirects"
    advice = "open the address by hand; often a login or a cookie is asked for"


class BadRedirectError(FetchError):
    """A redirect without a target, or to something other than http and https."""

    reason = "bad_redirect"
    advice = "open the address by hand and mend the link"


class AccessDeniedError(FetchError):
    """The host refuses: 401, 403 or 407."""

    reason = "access_denied"
    advice = "leave it; ask the publisher for the paper, then `gongkai add` it"


class GoneError(FetchError):
    """Nothing is there any more: 404 or 410."""

    reason = "gone"
    advice = "a paper that was captured before stays in the archive; else tell the publisher of the dead link"


class ServerError(FetchError):
    """The host failed: a status of 500 or above, also after the retries."""

    reason = "server_error"
    advice = "look again another night"


class UnexpectedStatusError(FetchError):
    """A status that has no meaning for a page or a paper."""

    reason = "unexpected_status"
    advice = "open the address by hand"


class TooLargeError(FetchError):
    """More bytes than one file may have, declared or streamed."""

    reason = "too_large"
    advice = "look at the file; raise the limit if it really is a department's paper"


class DecompressionBombError(FetchError):
    """Few bytes that unpack to far more than a paper can have."""

    reason = "decompression_bomb"
    advice = "leave it; tell the publisher if the file is meant"


class BadEncodingError(FetchError):
    """The answer's Content-Encoding cannot be undone."""

    reason = "bad_encoding"
    advice = "rerun it; if it stays, tell the publisher"


class EmptyBodyError(FetchError):
    """An answer without a single byte."""

    reason = "empty_body"
    advice = "rerun it; if it stays empty, tell the publisher"


class TruncatedError(FetchError):
    """A file that is shorter than it says, or that ends before its own end."""

    reason = "truncated"
    advice = "rerun it; if it stays so, the publisher's copy is cut short: ask for a whole one"


class BlockPageError(FetchError):
    """A firewall's page in place of the answer, with status 200."""

    reason = "block_page"
    advice = "never evade it: visit more slowly, or ask the publisher to admit the crawler"


class LoginPageError(FetchError):
    """A page that asks to log in, in place of the answer."""

    reason = "login_page"
    advice = "leave it; ask the publisher for the paper, then `gongkai add` it"


class ErrorPageError(FetchError):
    """A page that says that nothing is there, with status 200."""

    reason = "error_page"
    advice = "as for `gone`: the link is dead, though the host says 200"


class HtmlInsteadOfFileError(FetchError):
    """An HTML page where a file was promised, and no page of a known kind."""

    reason = "html_instead_of_file"
    advice = "open the address by hand: perhaps the file stands behind another link on that page"


class UnknownTypeError(FetchError):
    """Bytes that are none of the kinds a paper comes in."""

    reason = "unknown_type"
    advice = "look at the bytes; report the case if it is a paper"


class PageNotUnderstoodError(FetchError):
    """A page whose evaluation broke: a defect of the crawler."""

    reason = "page_not_understood"
    advice = "save the page and report the case"


class DamagedArchiveError(FetchError):
    """A zip or rar that cannot be opened, or a member that fails its checksum."""

    reason = "damaged_archive"
    advice = "rerun it; if it stays damaged, ask the publisher"


class EncryptedArchiveError(FetchError):
    """A zip or rar that asks for a password."""

    reason = "encrypted_archive"
    advice = "ask the publisher for an open copy"


class ArchiveLimitError(FetchError):
    """More members, or a deeper nesting, than a publisher's bundle has."""

    reason = "archive_limit"
    advice = "look at the file; raise the limit if it really is a bundle of papers"


class NoPapersInArchiveError(FetchError):
    """A zip or rar without a single member that could be a paper."""

    reason = "no_papers_in_archive"
    advice = "look at the file; report the case if a paper is inside"


class NoRarToolError(FetchError):
    """A rar, and no program on this machine that unpacks it."""

    reason = "no_rar_tool"
    advice = "install unrar, unar, 7z or bsdtar, then rerun"


def _named(error: type[FetchError]) -> dict[str, type[FetchError]]:
    below = (_named(child) for child in error.__subclasses__())
    return {error.reason: error} | {reason: found for found_below in below for reason, found in found_below.items()}


REASONS: dict[str, type[FetchError]] = _named(FetchError)
"""Every reason by its stable name, for the tables that tell a maintainer what to do."""
