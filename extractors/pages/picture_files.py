"""Pictures that are papers (JPEG, PNG, TIFF of one page or several) as PDFs of scanned pages, to be read as those are.

Nothing is lost on the way: the pixels are stored as they are.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractors.pages.errors import PictureTooLargeError, PictureUnreadableError
from extractors.pages.opening import check_page_count

LARGEST = 120_000_000
"""Pixels: A3 at 600 dpi has 70 million."""
LONG_SIDE = 841.89
"""Points: a picture that does not say its resolution, or says a screen's, is taken for an A4 sheet."""
LEAST_DPI = 100
"""What is less is a screen's resolution, not a scanner's; a coarse fax has 204 across and 98 down."""
KINDS = ("JPEG", "PNG", "TIFF")
WITHIN = (*KINDS, "BMP")
"""What a page of another format may hold."""
REDUCED = 0x1
"""NewSubfileType of a TIFF's frame that shows another one smaller (TIFF 6.0, section 8)."""
SUBFILE_TYPE = 254
TURNED = range(5, 9)
"""Orientations of EXIF that lay a picture on its side (EXIF 2.32, 4.6.4)."""
ORIENTATION = 274
TRUE_GREY = ("I", "I;16", "I;16B", "I;16L", "F")
"""Grey in more than 256 levels."""
DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError)
"""What Pillow raises over damaged pictures."""


class Resolution(NamedTuple):
    """Pixels an inch; a fax has fewer down than across."""

    across: float
    down: float


@contextmanager
def as_pdf(path: Path) -> Iterator[Path]:
    """A picture as a PDF, for as long as the context lasts. Raises what `write_as_pdf` does."""
    with tempfile.TemporaryDirectory(prefix="gongkai-picture-") as folder:
        pdf = Path(folder) / "picture.pdf"
        write_as_pdf(path, pdf)
        yield pdf


def write_as_pdf(path: Path, target: Path) -> None:
    """Write the pictures in the file at `path` as the pages of a PDF.

    Raises `PictureUnreadableError`, `PictureTooLargeError` or `TooManyPagesError`.
    """
    with _named_errors(), Image.open(path, formats=KINDS) as opened:
        check_page_count(getattr(opened, "n_frames", 1))
        document = pypdfium2.PdfDocument.new()
        for frame in _sheets(opened):
            _add(document, frame)
        document.save(str(target))
        document.close()


def picture_in(stream: object) -> Image.Image:
    """The picture that a page of another format holds, in grey or colours; raises what `write_as_pdf` does."""
    with _named_errors(), Image.open(stream, formats=WITHIN) as opened:  # type: ignore[arg-type]
        _check_size(opened)
        return opaque(opened)


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except Image.DecompressionBombError as error:
        raise PictureTooLargeError(str(error)) from error
    except DAMAGED as error:
        raise PictureUnreadableError(f"{type(error).__name__}: {error}") from error


def _sheets(opened: Image.Image) -> Iterator[Image.Image]:
    """The frames that are sheets: a TIFF's but for small copies of others, of all other formats the first."""
    if opened.format != "TIFF":
        yield opened
        return
    for frame in ImageSequence.Iterator(opened):
        tags = getattr(frame, "tag_v2", {})
        if not int(tags.get(SUBFILE_TYPE, 0)) & REDUCED:
            yield frame


def _check_size(frame: Image.Image) -> None:
    width, height = frame.size
    if width * height > LARGEST:
        raise PictureTooLargeError(f"{width} by {height} pixels")


def _add(document: pypdfium2.PdfDocument, frame: Image.Image) -> None:
    _check_size(frame)
    resolution = _resolution(frame)
    picture = opaque(ImageOps.exif_transpose(frame))
    size = picture.width * 72 / resolution.across, picture.height * 72 / resolution.down
    page = document.new_page(*size)
    put(document, page, picture, pypdfium2.PdfMatrix().scale(*size))
    page.gen_content()


def put(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, picture: Image.Image, matrix: pypdfium2.PdfMatrix
) -> None:
    """Put a picture on a page, the unit square to where `matrix` brings it; its content is still to be generated."""
    image = pypdfium2.PdfImage.new(document)
    image.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture))
    image.set_matrix(matrix)
    page.insert_obj(image)


def _resolution(frame: Image.Image) -> Resolution:
    """What a picture says of its resolution once it is upright, else that of an A4 sheet."""
    said = frame.info.get("dpi") or (0, 0)
    across, down = (float(each) if each else 0.0 for each in said[:2])
    if max(across, down) < LEAST_DPI or not min(across, down):
        across = down = max(frame.size) * 72 / LONG_SIDE
    aside = frame.getexif().get(ORIENTATION) in TURNED
    return Resolution(down, across) if aside else Resolution(across, down)


def opaque(picture: Image.Image) -> Image.Image:
    """A picture in grey or colours; what is transparent is paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        own = picture.convert("RGBA")
        sheet = Image.new("RGBA", own.size, "white")
        return Image.alpha_composite(sheet, own).convert("RGB")
    if picture.mode in TRUE_GREY:
        return _in_256_levels(picture)
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _in_256_levels(picture: Image.Image) -> Image.Image:
    """Grey in more levels as bytes: Pillow itself would cut off whatever is lighter than 255."""
    levels = np.asarray(picture, dtype=np.float64)
    scale = 257.0 if levels.max(initial=0) > 255 else 1.0
    return Image.fromarray(np.clip(levels / scale, 0, 255).astype(np.uint8))
