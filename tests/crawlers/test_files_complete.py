"""What bytes are and whether they are whole; what a portal's papers say of it; what is raised and what it is called."""

import io
import struct
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawlers.errors import REASONS, EmptyBodyError, FetchError, TruncatedError, UnknownTypeError
from crawlers.fetching.error_names import error_of, error_of_status
from crawlers.fetching.reasons import reason_text
from crawlers.fetching.visit_stats import year_due
from crawlers.files.completeness import check_complete
from crawlers.files.media_types import sniff
from samples.portal import many_publications
from samples.portal.publications import zip_of
from samples.portal.rar import stored_rar
from schemas.portals import Expected

PDF = many_publications(1)[0].content


def workbook() -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["部门", 1])
    book.save(stream)
    return stream.getvalue()


def ole(sectors: int) -> bytes:
    """An OLE file whose FAT stands in its last sector."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 0)
    struct.pack_into("<109I", head, 76, sectors - 1, *[0xFFFFFFFF] * 108)
    return bytes(head) + bytes(512) * sectors


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (PDF, "pdf"),
        (b"\r\n\xef\xbb\xbf" + PDF, "pdf"),
        (workbook(), "ooxml"),
        (ole(3), "ole"),
        (zip_of([(b"a.pdf", PDF)]), "zip"),
        (stored_rar([(b"a.pdf", PDF)]), "rar"),
        (b"  <!DOCTYPE HTML PUBLIC ''><html></html>", "html"),
        ("<html><head>".encode("utf-16"), "html"),
        (b"<script>location='/x'</script>", "html"),
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"GIF89a", "unknown"),
        ("404 页面不存在".encode(), "unknown"),
    ],
)
def test_bytes_tell_what_they_are(content: bytes, media: str) -> None:
    assert sniff(content) == media


@pytest.mark.parametrize("content", [PDF, workbook(), ole(5), zip_of([(b"a.pdf", PDF)])])
def test_whole_files_pass_and_halves_do_not(content: bytes) -> None:
    check_complete(sniff(content), content)
    half = content[: len(content) // 2]
    with pytest.raises(TruncatedError):
        check_complete(sniff(half), half)


def test_nothing_and_noise() -> None:
    with pytest.raises(EmptyBodyError):
        check_complete("empty", b"")
    with pytest.raises(UnknownTypeError):
        check_complete("unknown", b"GIF89a")


@given(st.binary(max_size=600))
def test_any_bytes_are_judged(content: bytes) -> None:
    media = sniff(content)
    with suppress(FetchError):
        check_complete(media, content)
        assert media not in {"empty", "unknown"}


def test_a_zip_with_a_comment_is_whole() -> None:
    stream = io.BytesIO(zip_of([(b"a.pdf", PDF)]))
    with zipfile.ZipFile(stream, "a") as opened:
        opened.comment = b"x" * 60_000
    check_complete("zip", stream.getvalue())


def test_every_reason_has_a_name_of_its_own_and_advice() -> None:
    classes = [FetchError, *FetchError.__subclasses__()]
    assert len(REASONS) == len(classes)
    assert all(error.advice and error.reason.isidentifier() for error in classes)
    assert all(all(reason_text(code)) for code in [*REASONS, "yields_nothing", "far_less_than_expected", "same_bytes"])


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TruncatedError("x"), "truncated"),
        (DownloadTimeoutError("x"), "timeout"),
        (ResponseDataLossError(), "truncated"),
        (CannotResolveHostError("x"), "dns_failure"),
        (DownloadConnectionRefusedError("x"), "connection_refused"),
        (DownloadCancelledError("x"), "too_large"),
        (RuntimeError("odd"), "connection_failed"),
    ],
)
def test_what_is_raised_gets_its_name(error: Exception, reason: str) -> None:
    assert error_of(error).reason == reason


def test_an_error_keeps_its_name_wherever_it_is_wrapped() -> None:
    outer = RuntimeError("outer")
    outer.__cause__ = EmptyBodyError("inner")
    assert error_of(outer).reason == "empty_body"


@given(st.integers(100, 599))
def test_every_status_but_200_is_a_failure(status: int) -> None:
    error = error_of_status(status)
    assert (error is None) == (status == 200)


@pytest.mark.parametrize(
    ("kind", "month", "now", "year"),
    [
        ("budget", 3, datetime(2026, 4, 1, tzinfo=UTC), 2026),
        ("budget", 3, datetime(2026, 3, 31, tzinfo=UTC), 2025),
        ("final_accounts", 9, datetime(2026, 10, 1, tzinfo=UTC), 2025),
        ("final_accounts", 9, datetime(2026, 9, 30, 15, tzinfo=UTC), 2024),
        ("final_accounts", 9, datetime(2026, 9, 30, 17, tzinfo=UTC), 2025),  # already October in Shanghai
    ],
)
def test_a_year_is_due_once_its_month_has_passed(kind: str, month: int, now: datetime, year: int) -> None:
    assert year_due(Expected.model_validate({"kind": kind, "papers_at_least": 1, "from_month": month}), now) == year
