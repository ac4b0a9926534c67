"""A page of a PDF → pixels at the scan's own resolution."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as c
from numpy.typing import NDArray

from extractors.pages.errors import PictureUnreadableError
from extractors.pages.opening import check_page_size
from extractors.pages.picture.limits import (
    HIGHEST_DPI,
    LOWEST_DPI,
    MOST_RENDERED_MEGAPIXELS,
    VECTOR_DPI,
    check_pixels,
)
from schemas.errors import DamagedPdfError

Grey = NDArray[np.uint8]
"""Height × width, 0 is black."""
Colours = NDArray[np.uint8]
"""Height × width × 3, blue green red."""

POINTS_PER_INCH = 72.0
SHORTEST_SHEET = 595.0
"""The longer side of A5 in points; a smaller page was placed with a wrong dpi."""
LONGEST_SHEET = 1191.0
"""The longer side of A3 in points; a larger one likewise."""
SHARE_OF_PAGE = 0.5
"""A picture over less of the page than this is not the scan."""
DEEPEST_FORM = 4


@dataclass(frozen=True, slots=True)
class Raster:
    """The pixels of a page as a viewer shows it.

    `scale` is in pixels a point of the PDF; `point` is the length in pixels of 1/72 inch of the sheet that was
    scanned, which differs from it where the picture was placed with a wrong dpi. `matrix` (3 × 3) brought the pixels
    of the page as it is shown to where they are; None where they were left.
    """

    pixels: Colours
    scale: float
    point: float
    matrix: NDArray[np.float64] | None = None


def rendered(document: pypdfium2.PdfDocument, number: int) -> Raster:
    """Page `number` (from 1) as pixels.

    Raises `PictureTooLargeError`, `PictureUnreadableError`, `PageTooLargeError` or `DamagedPdfError`.
    """
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise DamagedPdfError(f"page {number}: {error}") from error
    try:
        width, height = page.get_size()
        check_page_size(number, width, height)
        sheet = _sheet_scale(max(width, height))
        scale = _scale(_own_dpi(page, number, sheet), sheet, width * height)
        pixels = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False).to_numpy()
        if pixels.min() == pixels.max():
            _check_decoding(page, number)
        return Raster(np.ascontiguousarray(_three(pixels)), scale, scale * sheet)
    finally:
        page.close()


def _sheet_scale(longer: float) -> float:
    """Points of the PDF for 1/72 inch of the sheet; 1 unless the page is of a size that no sheet has."""
    return longer / min(max(longer, SHORTEST_SHEET), LONGEST_SHEET)


def _scale(dpi: float | None, sheet: float, area: float) -> float:
    """Pixels a point for a scan of `dpi` on the sheet, within the limits."""
    within = VECTOR_DPI if dpi is None else min(max(dpi, LOWEST_DPI), HIGHEST_DPI)
    most = math.sqrt(MOST_RENDERED_MEGAPIXELS * 1e6 / area)
    return min(within / POINTS_PER_INCH / sheet, most)


def _own_dpi(page: pypdfium2.PdfPage, number: int, sheet: float) -> float | None:
    """The resolution of the scan on the sheet, or None where no picture covers the page."""
    width, height = page.get_size()
    found: list[float] = []
    covered = 0.0
    for image in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST_FORM):
        across, down = image.get_px_size()
        check_pixels(number, across, down)
        left, bottom, right, top = image.get_bounds()
        area = (right - left) * (top - bottom)
        covered += area
        if area > 0:
            found.append(math.sqrt(across * down / area) * POINTS_PER_INCH * sheet)
    return max(found) if found and covered >= SHARE_OF_PAGE * width * height else None


def _check_decoding(page: pypdfium2.PdfPage, number: int) -> None:
    """Raise `PictureUnreadableError` where an empty page has a picture that pdfium cannot decode and leaves out."""
    for image in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST_FORM):
        try:
            image.get_bitmap().close()
        except pypdfium2.PdfiumError as error:
            raise PictureUnreadableError(f"page {number}: {error}") from error


def _three(pixels: NDArray[Any]) -> Colours:
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    three: Colours = pixels[:, :, :3]
    return three
