"""Pictures that are papers (JPEG, PNG, TIFF of one page or several) as PDFs of scanned pages, to be read as those are.

Nothing is lost on the way: the pixels are stored as they are.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractors.pages.errors import PictureTooLargeError, PictureUnreadableError
from extractors.pages.opening import check_page_count

LARGEST = 120_000_000
"""Pixels: A3 at 600 dpi has 70 million."""
LONG_SIDE = 841.89
"""Points: a picture that does not say its resolution, or says a screen's, is taken for an A4 sheet."""
LEAST_DPI = 100
"""What is less is a screen's resolution, not a scanner's."""
KINDS = ("JPEG", "PNG", "TIFF", "MPO")
DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError)
"""What Pillow raises over damaged pictures."""


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
    try:
        with Image.open(path, formats=KINDS) as opened:
            check_page_count(getattr(opened, "n_frames", 1))
            document = pypdfium2.PdfDocument.new()
            for frame in ImageSequence.Iterator(opened):
                _add(document, frame)
            document.save(str(target))
            document.close()
    except Image.DecompressionBombError as error:
        raise PictureTooLargeError(str(error)) from error
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        KeyError,
        TypeError,
    ) as error:
        raise PictureUnreadableError(f"{type(error).__name__}: {error}") from error


def _add(document: pypdfium2.PdfDocument, frame: Image.Image) -> None:
    width, height = frame.size
    if width * height > LARGEST:
        raise PictureTooLargeError(f"{width} by {height} pixels")
    said = frame.info.get("dpi", (0, 0))[0]
    dpi = float(said) if said and float(said) >= LEAST_DPI else max(width, height) * 72 / LONG_SIDE
    upright = ImageOps.exif_transpose(frame)
    picture = _opaque(upright)
    size = picture.width * 72 / dpi, picture.height * 72 / dpi
    page = document.new_page(*size)
    image = pypdfium2.PdfImage.new(document)
    image.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture))
    image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
    page.insert_obj(image)
    page.gen_content()


def _opaque(picture: Image.Image) -> Image.Image:
    """A picture in grey or colours; what is transparent is paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        own = picture.convert("RGBA")
        sheet = Image.new("RGBA", own.size, "white")
        return Image.alpha_composite(sheet, own).convert("RGB")
    return picture.convert("L" if picture.mode in ("1", "L", "I", "I;16", "F") else "RGB")
