"""A scanner model: the pages of a text PDF as a scanner, a stamp or a fax would leave them, seeded.

    python -m benchmarks.scanner PAPER.pdf SCAN.pdf --scanner poor [--pages 9-14] [--seed 1]

Each page becomes one picture in a PDF without any text. What a model does to the picture is data, one `Scanner` each;
two runs with the same seed give the same pixels.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Height × width × 3, blue green red."""

WHITE = 255
SEAL_RED = (60, 40, 205)
"""Stamp pad ink on white paper, blue green red."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """What happens to a page: `noise` and `shading` in grey levels, `skew` the largest angle either way in degrees.

    `turns` are the clockwise quarter turns in degrees that pages are laid in, one after the other; `sealed` presses a
    red seal on the middle of the page; `one_bit` leaves black and white alone, and `jpeg` is a quality otherwise.
    """

    name: str
    dpi: int = 200
    noise: float = 5.0
    blur: float = 0.6
    skew: float = 0.3
    shading: float = 0.0
    jpeg: int = 80
    colour: bool = False
    sealed: bool = False
    one_bit: bool = False
    turns: tuple[int, ...] = (0,)


OFFICE = Scanner("office")
POOR = Scanner("poor", dpi=150, noise=9.0, blur=0.7, skew=2.0, shading=70.0, jpeg=35)
SEAL = Scanner("seal", colour=True, sealed=True)
FAX = Scanner("fax", one_bit=True)
TURNED = replace(OFFICE, name="turned", turns=(90, 180, 270, 0))
SCANNERS = {scanner.name: scanner for scanner in (OFFICE, POOR, SEAL, FAX, TURNED)}


def scan(source: Path, target: Path, scanner: Scanner, pages: Sequence[int] | None = None, seed: int = 1) -> None:
    """Write the `pages` (from 1, all by default) of the PDF at `source` as pictures to a PDF at `target`."""
    with pikepdf.new() as written:
        for place, picture in enumerate(_printed(source, scanner.dpi, pages)):
            random = np.random.default_rng([seed, place])
            turn = scanner.turns[place % len(scanner.turns)]
            _append(written, turned(scanned(picture, scanner, random), turn), scanner)
        written.save(target, deterministic_id=True)


def scanned(picture: Picture, scanner: Scanner, random: np.random.Generator) -> Picture:
    """A page's picture after `scanner`, the quarter turns left out."""
    stamped = sealed(picture, random) if scanner.sealed else picture
    grey = stamped if scanner.colour else cv2.cvtColor(cv2.cvtColor(stamped, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    angle = scanner.skew * (random.choice((-1.0, 1.0)) if scanner.skew >= 1 else random.uniform(-1.0, 1.0))
    laid = cv2.GaussianBlur(skewed(grey, angle), (0, 0), scanner.blur)
    lit = laid.astype(np.float32) - _shade(laid.shape, scanner.shading, random)
    noisy = lit + random.normal(0.0, scanner.noise, (*laid.shape[:2], 1))
    levels = np.clip(noisy, 0, WHITE).astype(np.uint8)
    return _bilevel(levels) if scanner.one_bit else levels


def skewed(picture: Picture, degrees: float) -> Picture:
    """The picture turned counter-clockwise about its middle, the sheet's white filling the corners."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    laid: Picture = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(WHITE, WHITE, WHITE)
    )
    return laid


def turned(picture: Picture, degrees: int) -> Picture:
    """The picture turned clockwise by a quarter turn's multiple."""
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def sealed(picture: Picture, random: np.random.Generator) -> Picture:
    """The picture with a round seal pressed near its middle: a ring, a star and the marks of letters between."""
    height, width = picture.shape[:2]
    radius = int(min(height, width) * 0.12)
    middle = (int(width * random.uniform(0.4, 0.6)), int(height * random.uniform(0.4, 0.6)))
    cover = np.zeros((height, width), np.uint8)
    cv2.circle(cover, middle, radius, WHITE, max(3, radius // 20), cv2.LINE_AA)
    cv2.fillPoly(cover, [_star(middle, radius * 0.35)], WHITE, cv2.LINE_AA)
    for angle in np.radians(range(150, 400, 25)):
        mark = np.array(middle) + radius * 0.75 * np.array([np.cos(angle), np.sin(angle)])
        corner = (mark - radius * 0.09).astype(int)
        cv2.rectangle(cover, corner.tolist(), (corner + int(radius * 0.18)).tolist(), WHITE, max(2, radius // 40))
    worn = cv2.GaussianBlur(random.uniform(0.6, 1.0, cover.shape).astype(np.float32), (0, 0), 2.0)
    share = (cover.astype(np.float32) / WHITE * worn)[..., None]
    ink = np.array(SEAL_RED, np.float32) / WHITE
    pressed: Picture = (picture * (1 - share + share * ink)).astype(np.uint8)
    return pressed


def _star(middle: tuple[int, int], radius: float) -> NDArray[np.int32]:
    angles = np.radians(np.arange(10) * 36 - 90)
    reach = radius * np.where(np.arange(10) % 2 == 0, 1.0, 0.38)
    points = np.stack([middle[0] + reach * np.cos(angles), middle[1] + reach * np.sin(angles)], axis=1)
    return points.astype(np.int32)


def _shade(shape: Sequence[int], depth: float, random: np.random.Generator) -> NDArray[np.float32]:
    """Grey levels lost to a lamp that lights one side and a book's fold on another."""
    across, down = np.meshgrid(np.linspace(0, 1, shape[1]), np.linspace(0, 1, shape[0]))
    angle = random.uniform(0, 2 * np.pi)
    slope = (across - 0.5) * np.cos(angle) + (down - 0.5) * np.sin(angle) + 0.5
    fold = np.exp(-(((across - random.uniform(0.0, 0.1)) / 0.08) ** 2))
    shade: NDArray[np.float32] = (depth * (0.7 * np.clip(slope, 0, 1) + 0.3 * fold))[..., None].astype(np.float32)
    return shade


def _bilevel(picture: Picture) -> Picture:
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    _, black = cv2.threshold(grey, 160, WHITE, cv2.THRESH_BINARY)
    spread: Picture = cv2.cvtColor(black, cv2.COLOR_GRAY2BGR)
    return spread


def _printed(source: Path, dpi: int, pages: Sequence[int] | None) -> Iterator[Picture]:
    document = pypdfium2.PdfDocument(source)
    try:
        for number in pages or range(1, len(document) + 1):
            page = document[number - 1]
            yield np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, :3])
            page.close()
    finally:
        document.close()


def _append(written: pikepdf.Pdf, picture: Picture, scanner: Scanner) -> None:
    height, width = picture.shape[:2]
    points = (width * 72 / scanner.dpi, height * 72 / scanner.dpi)
    page = written.add_blank_page(page_size=points)
    name = page.add_resource(_image(written, picture, scanner), pikepdf.Name.XObject, pikepdf.Name.Scan)
    page.Contents = written.make_stream(f"q {points[0]:.3f} 0 0 {points[1]:.3f} 0 0 cm {name} Do Q".encode())


def _image(written: pikepdf.Pdf, picture: Picture, scanner: Scanner) -> pikepdf.Stream:
    height, width = picture.shape[:2]
    facts: dict[str, Any] = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image}
    facts |= {"/Width": width, "/Height": height, "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8}
    if scanner.one_bit:
        bits = np.packbits(picture[:, :, 0] > WHITE // 2, axis=1).tobytes()
        return pikepdf.Stream(written, bits, {**facts, "/BitsPerComponent": 1})
    if scanner.colour:
        facts["/ColorSpace"] = pikepdf.Name.DeviceRGB
    levels = picture if scanner.colour else picture[:, :, 0]
    worn = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, scanner.jpeg])[1].tobytes()
    return pikepdf.Stream(written, worn, {**facts, "/Filter": pikepdf.Name.DCTDecode})


def numbers(ranges: str) -> list[int]:
    """The pages of `9-14,17`."""
    return [number for part in ranges.split(",") for number in _numbers(part)]


def _numbers(part: str) -> Iterable[int]:
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("source", type=Path)
    ask.add_argument("target", type=Path)
    ask.add_argument("--scanner", choices=SCANNERS, default=OFFICE.name)
    ask.add_argument("--pages", type=numbers)
    ask.add_argument("--seed", type=int, default=1)
    asked = ask.parse_args()
    scan(asked.source, asked.target, SCANNERS[asked.scanner], asked.pages, asked.seed)


if __name__ == "__main__":
    main()
