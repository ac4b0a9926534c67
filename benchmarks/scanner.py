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

from benchmarks.scan_damage import (
    blotted,
    coarse,
    creased,
    curled,
    cut_at_side,
    moired,
    penned,
    sharpened,
    streaked,
    with_gaps,
)
from benchmarks.scan_wear import (
    SEAL_BLUE,
    SEAL_RED,
    WHITE,
    Picture,
    bilevel,
    bled_through,
    copied_grey,
    dithered,
    edged,
    inked,
    photographed,
    punched,
    salted,
    sealed,
    shade,
    skewed,
    turned,
    worn_ribbon,
)


@dataclass(frozen=True, slots=True)
class Scanner:
    """What happens to a page: `noise` and `shading` in grey levels, `skew` the largest angle either way in degrees.

    `turns` are the clockwise quarter turns in degrees that pages are laid in, one after the other. `stamp` is the shape
    of a seal pressed on the middle of the page, in `ink`. `one_bit` leaves black where it is darker than `threshold`,
    `dots` black dots that stand as close as it is dark; `jpeg` is a quality otherwise. `spread` makes strokes bolder or
    thinner, `gamma` mid-tones lighter below 1; `salt` is the share of pixels that are black or white at random, `bleed`
    of the back's ink that shows; `edge` is a dark strip of so many inches, `holes` are those of a file. `ribbon` is the
    share of black that a worn ribbon leaves, `askew` how far the corners of a photographed sheet are off, as a share of
    its shorter side; a stamp is grey where it is `copied`. `pen` counts a pen's marks, `streaks` lines of dirt on a
    feeder's glass, `gaps` lines that were not printed, `blots` spots over print; `crease` and `moire` are in grey
    levels, `curl` is a share of the sheet's height, `cut` the inches at the right that are not seen; `sharp` is how far
    an app overdraws edges, `coarse` the share of the pixels each way that a picture was made large from.
    """

    name: str
    dpi: int = 200
    noise: float = 5.0
    blur: float = 0.6
    skew: float = 0.3
    shading: float = 0.0
    jpeg: int = 80
    colour: bool = False
    stamp: str | None = None
    ink: tuple[int, int, int] = SEAL_RED
    one_bit: bool = False
    threshold: int = 160
    dots: bool = False
    turns: tuple[int, ...] = (0,)
    spread: float = 0.0
    gamma: float = 1.0
    salt: float = 0.0
    bleed: float = 0.0
    edge: float = 0.0
    holes: bool = False
    ribbon: float = 0.0
    askew: float = 0.0
    copied: bool = False
    pen: int = 0
    streaks: int = 0
    gaps: int = 0
    blots: int = 0
    crease: float = 0.0
    moire: float = 0.0
    curl: float = 0.0
    cut: float = 0.0
    sharp: float = 0.0
    coarse: float = 1.0


OFFICE = Scanner("office")
POOR = Scanner("poor", dpi=150, noise=9.0, blur=0.7, skew=2.0, shading=70.0, jpeg=35)
SEAL = Scanner("seal", colour=True, stamp="round")
FAX = Scanner("fax", one_bit=True)
TURNED = replace(OFFICE, name="turned", turns=(90, 180, 270, 0))
SCANNERS = {scanner.name: scanner for scanner in (OFFICE, POOR, SEAL, FAX, TURNED)}
LIGHT = Scanner("light", one_bit=True, threshold=128, blur=0.5)
DOTTED = Scanner("dotted", one_bit=True, dots=True, blur=0.5)
WORSE = {scanner.name: scanner for scanner in (LIGHT, DOTTED)}
"""Faxes on which hairlines drop out, or grey becomes dots: not asked for, but met with."""
RIBBON = Scanner("ribbon", ribbon=0.3)
PHOTO = Scanner("photo", askew=0.05, colour=True, skew=0.0)
COPIED = Scanner("copied", stamp="round", copied=True)
BLED = Scanner("bled", bleed=0.35)
DAMAGED = {scanner.name: scanner for scanner in (RIBBON, PHOTO, COPIED, BLED)}
"""Dot-matrix or very pale print, photographs, seals in black and white, backs that show through."""
PEN = Scanner("pen", colour=True, pen=14)
STREAKS = Scanner("streaks", streaks=6)
GAPS = Scanner("gaps", one_bit=True, gaps=14)
BLOTS = Scanner("blots", blots=8)
CREASED = Scanner("creased", crease=90.0)
CURLED = Scanner("curled", curl=0.012, shading=30.0)
CUT = Scanner("cut", cut=1.4)
MOIRE = Scanner("moire", moire=60.0, colour=True, jpeg=45)
APP = Scanner("app", dpi=150, sharp=1.2, colour=True, jpeg=55)
SMALL = Scanner("small", coarse=0.45, jpeg=60)
CAMERA = Scanner("camera", askew=0.05, colour=True, skew=0.0, curl=0.008, shading=60.0, blur=1.0, jpeg=60)
OFFICES = {
    scanner.name: scanner for scanner in (PEN, STREAKS, GAPS, BLOTS, CREASED, CURLED, CUT, MOIRE, APP, SMALL, CAMERA)
}
"""Pens, dirt on the glass, lines not sent, spots, folds, bound books, sheets half off the glass, screens, apps,
thumbnails made large, photographs of books."""
EVERY = SCANNERS | WORSE | DAMAGED | OFFICES


def varied(scanner: Scanner, seed: int) -> Scanner:
    """A scanner of the same kind with its parameters drawn anew: what a reader must not be tuned to."""
    random = np.random.default_rng([seed, *scanner.name.encode()])
    return replace(
        scanner,
        name=f"{scanner.name}-{seed}",
        dpi=scanner.dpi if scanner.dpi < 200 else int(random.choice((200, 200, 240, 300))),
        noise=scanner.noise * random.uniform(0.4, 1.5),
        blur=scanner.blur * random.uniform(0.5, 1.4),
        skew=scanner.skew * random.uniform(0.5, 1.5),
        shading=scanner.shading * random.uniform(0.5, 1.2) if scanner.shading else float(random.choice((0.0, 15.0))),
        jpeg=int(scanner.jpeg * random.uniform(0.85, 1.15)),
        stamp=str(random.choice(("round", "oval", "square"))) if scanner.stamp else None,
        ink=SEAL_BLUE if random.random() < 0.3 else SEAL_RED,
        threshold=int(random.uniform(110, 190)),
        turns=tuple(int(turn) for turn in random.permutation(scanner.turns)),
        spread=random.uniform(-0.3, 0.4),
        gamma=random.uniform(0.75, 1.35),
        salt=float(random.choice((0.0, 0.0005, 0.002))),
        bleed=float(random.uniform(0.2, 0.4)) if scanner.bleed else float(random.choice((0.0, 0.0, 0.12))),
        edge=float(random.choice((0.0, 0.0, 0.15))),
        holes=random.random() < 0.3,
        ribbon=random.uniform(0.22, 0.45) if scanner.ribbon else 0.0,
        askew=random.uniform(0.02, 0.07) if scanner.askew else 0.0,
        pen=int(scanner.pen * random.uniform(0.5, 1.8)),
        streaks=int(scanner.streaks * random.uniform(0.3, 1.5)),
        gaps=int(scanner.gaps * random.uniform(0.5, 1.5)),
        blots=int(scanner.blots * random.uniform(0.5, 1.5)),
        crease=scanner.crease * random.uniform(0.5, 1.4),
        moire=scanner.moire * random.uniform(0.5, 1.4),
        curl=scanner.curl * random.uniform(0.4, 1.4),
        cut=scanner.cut * random.uniform(0.6, 1.8),
        sharp=scanner.sharp * random.uniform(0.6, 1.5),
        coarse=min(1.0, scanner.coarse * random.uniform(0.85, 1.3)),
    )


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
    levels = _captured(_on_paper(picture, scanner, random), scanner, random)
    if scanner.dots:
        return dithered(levels)
    return bilevel(levels, scanner.threshold) if scanner.one_bit else levels


def _on_paper(picture: Picture, scanner: Scanner, random: np.random.Generator) -> Picture:
    """The sheet that is laid on the glass."""
    printed = bled_through(inked(picture, scanner.spread), scanner.bleed)
    ink = copied_grey(scanner.ink, random) if scanner.copied else scanner.ink
    stamped = sealed(printed, ink, scanner.stamp, random) if scanner.stamp else printed
    stamped = worn_ribbon(stamped, scanner.ribbon, random) if scanner.ribbon else stamped
    marked = blotted(penned(stamped, scanner.pen, random), scanner.blots, random)
    folded = creased(marked, scanner.crease, random) if scanner.crease else marked
    bound = curled(folded, scanner.curl, random) if scanner.curl else folded
    return punched(bound) if scanner.holes else bound


def _captured(sheet: Picture, scanner: Scanner, random: np.random.Generator) -> Picture:
    """What the scanner's eye makes of a sheet."""
    grey = sheet if scanner.colour else cv2.cvtColor(cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    angle = scanner.skew * (random.choice((-1.0, 1.0)) if scanner.skew >= 1 else random.uniform(-1.0, 1.0))
    grey = photographed(grey, scanner.askew, random) if scanner.askew else grey
    grey = moired(grey, scanner.moire, random) if scanner.moire else cut_at_side(grey, scanner.cut)
    laid = cv2.GaussianBlur(edged(skewed(grey, angle), scanner.edge), (0, 0), scanner.blur)
    lit = laid.astype(np.float32) - shade(laid.shape, scanner.shading, random)
    noisy = lit + random.normal(0.0, scanner.noise, (*laid.shape[:2], 1))
    levels = (WHITE * (np.clip(noisy, 0, WHITE) / WHITE) ** scanner.gamma).astype(np.uint8)
    dirty = with_gaps(streaked(levels, scanner.streaks, random), scanner.gaps, random)
    return salted(sharpened(coarse(dirty, scanner.coarse), scanner.sharp), scanner.salt, random)


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
    ask.add_argument("--scanner", choices=list(EVERY), default=OFFICE.name)
    ask.add_argument("--pages", type=numbers)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--varied", action="store_true", help="the scanner's parameters are drawn by the seed, too")
    asked = ask.parse_args()
    scanner = EVERY[asked.scanner]
    scan(asked.source, asked.target, varied(scanner, asked.seed) if asked.varied else scanner, asked.pages, asked.seed)


if __name__ == "__main__":
    main()
