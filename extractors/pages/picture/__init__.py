"""A page that is a picture, read by RapidOCR's models: the same words and rules as a text layer gives."""

from dataclasses import replace

import pypdfium2

from extractors.pages.picture.choosing import prepared
from extractors.pages.picture.preparing import Keep, PagePicture, keep_nothing
from extractors.pages.picture.reading import page_of
from extractors.pages.picture.ruling import unruled
from schemas.records import Page

__all__ = ["Keep", "PagePicture", "page_of", "prepared", "read_picture", "read_whole"]


def read_picture(document: pypdfium2.PdfDocument, number: int, threads: int = 1, keep: Keep = keep_nothing) -> Page:
    """Page `number` (from 1) of an open document as a picture, upright and level.

    `threads` are those of the models' sessions; `keep` gets each step's picture by name. Raises
    `PictureTooLargeError`, `PageTooLargeError` or `DamagedPdfError`.
    """
    return page_of(prepared(document, number, threads, keep), threads)


def read_whole(document: pypdfium2.PdfDocument, number: int, threads: int = 1) -> Page:
    """Page `number` (from 1) as `read_picture` gives it, but as if it had no rules: all text by detection alone."""
    picture = prepared(document, number, threads)
    return page_of(replace(picture, ruling=unruled(picture.clean.shape)), threads)
