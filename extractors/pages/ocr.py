"""The way to the reader of pictures, which is loaded only for a page that needs it: it takes 110 MiB and a second."""

from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2

from extractors.pages.errors import OcrMissingError
from extractors.pages.letters import UNREAD
from schemas.errors import UnreadableDocumentError
from schemas.records import Page

THREADS = 1
"""Of the models and of OpenCV. Papers are read side by side, a process for each core: more threads would fight."""


class PagesRead(NamedTuple):
    """All pages of a paper, and why some of them could not be read from their pictures either, by page number."""

    pages: list[Page]
    refused: dict[int, UnreadableDocumentError]


def with_pictures(document: pypdfium2.PdfDocument, pages: Iterable[Page]) -> PagesRead:
    """The pages of an open document, those that need OCR and the words that the text layer does not tell as pictures.

    A page that is refused stays as it was. Raises the page's own error where no page of the document can be read, but
    for a missing engine.
    """
    read: list[Page] = []
    refused: dict[int, UnreadableDocumentError] = {}
    for page in pages:
        try:
            read.append(_as_picture(document, page.number) if page.needs_ocr else _told(document, page))
        except UnreadableDocumentError as error:
            refused[page.number] = error
            read.append(page)
    if refused and len(refused) == len(read):
        _raise_but_for_engine(next(iter(refused.values())))
    return PagesRead(read, refused)


def _told(document: pypdfium2.PdfDocument, page: Page) -> Page:
    """A page with a text layer, words of its tables and titles that the layer does not tell read from the picture."""
    if not page.rules or not any(UNREAD in word.text for word in page.words):
        return page
    try:
        from extractors.pages.picture.unread import with_unread_words  # noqa: PLC0415
    except ImportError:
        return page
    return with_unread_words(document, page, THREADS)


def _as_picture(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        from extractors.pages.picture import read_picture  # noqa: PLC0415
    except ImportError as error:
        raise OcrMissingError(str(error)) from error
    return read_picture(document, number, THREADS)


def whole_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """A page that was read from its picture, read again without rules: all its text by detection."""
    from extractors.pages.picture import read_whole  # noqa: PLC0415

    return read_whole(document, number, THREADS)


def _raise_but_for_engine(error: UnreadableDocumentError) -> None:
    if not isinstance(error, OcrMissingError):
        raise error
