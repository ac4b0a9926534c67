"""The pictures on an OFD's pages as a PDF of the same pages, so that scans are read as those of any PDF are."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

from extractors.packages import Package, opened
from extractors.pages.errors import PictureTooLargeError, PictureUnreadableError
from extractors.pages.ofd.objects import Placed, pictures_of
from extractors.pages.ofd.sheets import Sheet, sheets_of
from extractors.pages.picture_files import picture_in, put
from extractors.pages.trust import is_pictured
from schemas.errors import UnreadableDocumentError
from schemas.records import Page

MOST_PICTURES = 200
"""A scan is one picture, or strips of one; a page of more is refused."""
LARGEST_PART = 64 * 2**20
"""Bytes of one picture."""
OCR_LAYER = "ocr_layer_over_picture"


class Scans(NamedTuple):
    """The PDF, which prints the pictures alone, and why those of some pages cannot be shown, by page number.

    `whole` says that every page is a scan, and shown.
    """

    path: Path
    refused: dict[int, UnreadableDocumentError]
    whole: bool


@contextmanager
def scans_of(path: Path) -> Iterator[Scans]:
    """The scanned pages of an OFD, for as long as the context lasts; all its other pages are blank."""
    refused: dict[int, UnreadableDocumentError] = {}
    shown = []
    with tempfile.TemporaryDirectory(prefix="gongkai-ofd-") as folder:
        target = Path(folder) / "scans.pdf"
        with opened(path) as package:
            document = pypdfium2.PdfDocument.new()
            for sheet in sheets_of(package):
                page = document.new_page(sheet.width, sheet.height)
                try:
                    shown.append(_show(document, page, sheet, package))
                except UnreadableDocumentError as error:
                    refused[sheet.number] = error
                page.gen_content()
                page.close()
            document.save(str(target))
            document.close()
        yield Scans(target, refused, whole=not refused and all(shown))


def _show(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, sheet: Sheet, package: Package) -> bool:
    """Put a sheet's pictures on a page where they cover it; whether they do."""
    placed = [picture for source in sheet.sources for picture in pictures_of(source, sheet.upright)]
    if not is_pictured([picture.box for picture in placed], sheet.width, sheet.height):
        return False
    if len(placed) > MOST_PICTURES:
        raise PictureUnreadableError(f"{len(placed)} pictures on a page")
    for each in placed:
        put(document, page, _picture(each, sheet, package), _matrix(each, sheet.height))
    return True


def _picture(placed: Placed, sheet: Sheet, package: Package) -> Image.Image:
    part = sheet.pictures.get(placed.resource, "")
    if part not in package.names:
        raise PictureUnreadableError(f"no picture {placed.resource or 'named'}")
    if package.size(part) > LARGEST_PART:
        raise PictureTooLargeError(f"{part} has {package.size(part)} bytes")
    with package.stream(part) as stream:
        return picture_in(BytesIO(stream.read()))


def _matrix(placed: Placed, height: float) -> pypdfium2.PdfMatrix:
    """From the unit square of a PDF, which begins at the bottom left, to its page."""
    own = placed.matrix
    return pypdfium2.PdfMatrix(own.a, -own.b, -own.c, own.d, own.c + own.e, height - own.d - own.f)


def told_by_pictures(document: pypdfium2.PdfDocument, pages: Sequence[Page]) -> list[Page]:
    """The pages, those whose pictures print what their text says without it: it is a scanner's own OCR.

    `document` is the PDF of the pictures.
    """
    return [_untold(page) if _is_layer(document, page) else page for page in pages]


def _untold(page: Page) -> Page:
    return replace(page, words=(), rules=(), needs_ocr=OCR_LAYER)


def _is_layer(document: pypdfium2.PdfDocument, page: Page) -> bool:
    from extractors.pages.pictured import shown_by_pictures  # noqa: PLC0415  OpenCV is loaded for pictures alone

    if not (page.shows_pictures and page.words):
        return False
    own = document[page.number - 1]
    try:
        return shown_by_pictures(own, 0, [word.box for word in page.words])
    finally:
        own.close()
