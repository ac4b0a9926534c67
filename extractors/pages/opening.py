"""What must hold before a PDF is read: it is one, it opens, and it is no larger than a paper can be."""

from pathlib import Path

from schemas.errors import EmptyFileError, NotAPdfError, PageTooLargeError, TooManyPagesError

MOST_PAGES = 2_000
"""The largest department papers have a few hundred pages."""
LONGEST_SIDE = 14_400.0
"""200 inches, the largest page of ISO 32000-1 (Annex C, implementation limits), in points."""
HEAD = 1024
"""Readers find `%PDF-` within the first 1024 bytes (ISO 32000-1, implementation note on file headers)."""


def check_bytes(path: Path) -> None:
    """Raise `EmptyFileError` or `NotAPdfError` where the bytes at `path` cannot be a PDF."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        raise EmptyFileError(path.name)
    if b"%PDF-" not in head:
        raise NotAPdfError(f"the bytes begin as {_kind_of(head)}")


def _kind_of(head: bytes) -> str:
    """What a file is by its first bytes, none of which is told: it may be another file than was meant."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<script")):
        return "a web page"
    known = {b"PK\x03\x04": "a zip archive", b"\xd0\xcf\x11\xe0": "an old Office file", b"Rar!": "a rar archive"}
    kind = next((name for magic, name in known.items() if head.startswith(magic)), None)
    return kind or ("text" if b"\0" not in head else "something else")


def check_page_count(pages: int) -> None:
    """Raise `TooManyPagesError` where no department's paper can have so many pages."""
    if pages > MOST_PAGES:
        raise TooManyPagesError(f"{pages} pages, the limit is {MOST_PAGES}")


def check_page_size(number: int, width: float, height: float) -> None:
    """Raise `PageTooLargeError` where page `number` is larger than any sheet that is printed."""
    if max(width, height) > LONGEST_SIDE:
        raise PageTooLargeError(f"page {number} is {width:.0f} by {height:.0f} points, the limit is {LONGEST_SIDE:.0f}")
