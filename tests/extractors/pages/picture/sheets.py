"""Pictures of sheets drawn for tests: grids, figures and seals in pixels, and PDFs that hold them."""

import io
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray

from extractors.pages.overlays.canvas import Style, write

DPI = 200
POINT = DPI / 72
"""Pixels to 1/72 inch."""
Picture = NDArray[np.uint8]
INK = (20, 20, 20)


def blank(width: int = 1100, height: int = 800) -> Picture:
    return np.full((height, width, 3), 255, np.uint8)


def grid(picture: Picture, xs: list[int], ys: list[int], thickness: int = 2) -> Picture:
    for x in xs:
        cv2.line(picture, (x, ys[0]), (x, ys[-1]), INK, thickness)
    for y in ys:
        cv2.line(picture, (xs[0], y), (xs[-1], y), INK, thickness)
    return picture


def text(picture: Picture, said: str, x: int, baseline: int, size: int = 30) -> Picture:
    write(picture, said, (x, baseline), INK, Style(size, 400))
    return picture


def table(rows: list[list[str]], width: int = 300, height: int = 50) -> Picture:
    """A ruled table of texts with a title above it, the first cell at (100, 150)."""
    xs = [100 + width * at for at in range(len(rows[0]) + 1)]
    ys = [150 + height * at for at in range(len(rows) + 1)]
    picture = grid(blank(xs[-1] + 120, ys[-1] + 150), xs, ys)
    text(picture, "部门收入支出决算总表", 240, 90, 36)
    for i, row in enumerate(rows):
        for j, said in enumerate(row):
            text(picture, said, xs[j] + 12, ys[i] + 36)
    return picture


def seal(picture: Picture, middle: tuple[int, int], radius: int, colour: tuple[int, int, int]) -> Picture:
    """A ring and a bar of stamp ink (blue, green, red) over what is printed, as ink lies over ink."""
    stamped = np.full_like(picture, 255)
    cv2.circle(stamped, middle, radius, colour, 10)
    cv2.rectangle(stamped, (middle[0] - radius, middle[1] - 8), (middle[0] + radius, middle[1] + 8), colour, cv2.FILLED)
    return (picture.astype(np.uint16) * stamped // 255).astype(np.uint8)


def pdf(picture: Picture, path: Path, dpi: float = DPI) -> Path:
    """A PDF of one page that is the picture."""
    height, width = picture.shape[:2]
    with pikepdf.new() as written:
        page = written.add_blank_page(page_size=(width * 72 / dpi, height * 72 / dpi))
        worn = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
        facts = image_facts(width, height) | {"/Filter": pikepdf.Name.DCTDecode}
        show(written, page, pikepdf.Stream(written, worn, facts))
        buffer = io.BytesIO()
        written.save(buffer)
    path.write_bytes(buffer.getvalue())
    return path


def image_facts(width: int, height: int) -> dict[str, object]:
    return {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": width,
        "/Height": height,
        "/ColorSpace": pikepdf.Name.DeviceRGB,
        "/BitsPerComponent": 8,
    }


def show(written: pikepdf.Pdf, page: pikepdf.Page, image: pikepdf.Stream) -> None:
    across, down = (float(value) for value in page.mediabox[2:])
    name = page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.Scan)
    page.Contents = written.make_stream(f"q {across} 0 0 {down} 0 0 cm {name} Do Q".encode())
