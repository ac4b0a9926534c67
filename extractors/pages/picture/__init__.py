"""A page that is a picture, read by RapidOCR's models: the same words and rules as a text layer gives."""

import pypdfium2

from extractors.pages.picture.choosing import prepared
from extractors.pages.picture.preparing import Keep, PagePicture, keep_nothing
from extractors.pages.picture.reading import page_of
from schemas.records import Page

__all__ = ["Keep", "PagePicture", "page_of", "prepared", "read_picture"]


def read_picture(document: pypdfium2.PdfDocument, number: int, threads: int = 1, keep: Keep = keep_nothing) -> Page:
    """Page `number` (from 1) of an open document as a picture, upright and level.

    `threads` are those of the models' sessions; `keep` gets each step's picture by name. Raises
    `PictureTooLargeError`, `PageTooLargeError` or `DamagedPdfError`.
    """
    return page_of(prepared(document, number, threads, keep), threads)
