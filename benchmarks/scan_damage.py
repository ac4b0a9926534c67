"""Damage that files from offices carry beyond a scanner's own: pens, dirt, folds, apps; one function for each effect.

Like `scan_wear`, each takes a picture and is seeded by the generator that it takes.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.scan_wear import A4_WIDTH, WHITE, Generator, Picture

PENCIL = (95, 95, 95)
PENS = (PENCIL, (60, 40, 190), (150, 60, 30), (40, 40, 40))
"""Pencil, red, blue and black ink, blue green red."""
MARKS = ("tick", "ring", "stroke", "figure")


def _inch(picture: Picture) -> float:
    """Pixels to an inch of a sheet of A4."""
    return float(min(picture.shape[:2])) / A4_WIDTH


def penned(picture: Picture, marks: int, random: Generator) -> Picture:
    """The sheet with so many marks of one pen beside and over its print: ticks, rings, strokes beneath, figures."""
    drawn = np.full_like(picture, WHITE)
    ink = PENS[int(random.integers(len(PENS)))]
    rows, columns = np.nonzero(picture[:, :, 1] < WHITE // 2)
    if not len(rows):
        return picture
    for _ in range(marks):
        at = int(random.integers(len(rows)))
        _mark(drawn, str(random.choice(MARKS)), (int(columns[at]), int(rows[at])), ink, random)
    soft = cv2.GaussianBlur(drawn, (0, 0), 0.8)
    grain = random.uniform(0.75, 1.0, picture.shape[:2])[..., None] if ink == PENCIL else 1.0
    worn = WHITE - (WHITE - soft.astype(np.float32)) * grain
    marked: Picture = (picture * (worn / WHITE)).astype(np.uint8)
    return marked


def _mark(drawn: Picture, kind: str, at: tuple[int, int], ink: tuple[int, int, int], random: Generator) -> None:
    inch = _inch(drawn)
    size, thick = inch * random.uniform(0.12, 0.3), max(2, int(inch * random.uniform(0.008, 0.016)))
    x, y = at
    if kind == "tick":
        points = np.array([(0, 0), (0.35, 0.5), (1.3, -1.0)]) * size * 0.6 + at
        cv2.polylines(drawn, [points.astype(np.int32)], isClosed=False, color=ink, thickness=thick)
    elif kind == "ring":
        reach = (int(size * random.uniform(1.5, 3.0)), int(size * random.uniform(0.6, 0.9)))
        cv2.ellipse(drawn, at, reach, random.uniform(-8, 8), 12, 365, ink, thick, cv2.LINE_AA)
    elif kind == "stroke":
        down = int(inch * random.uniform(0.04, 0.09))
        cv2.line(drawn, (x - int(size * 2), y + down), (x + int(size * 2), y + int(down * 1.4)), ink, thick)
    else:
        said = f"{random.uniform(1, 900):.{int(random.integers(0, 3))}f}"
        where = (x + int(size * random.uniform(0.5, 2.0)), y)
        cv2.putText(drawn, said, where, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, size / 26, ink, thick, cv2.LINE_AA)


def streaked(picture: Picture, streaks: int, random: Generator) -> Picture:
    """The sheet as dirt on a feeder's glass leaves it: thin lines down all of it, dark ones and light ones."""
    dirty = picture.copy()
    for _ in range(streaks):
        x = int(random.uniform(0.08, 0.92) * picture.shape[1])
        wide = max(1, int(_inch(picture) * random.uniform(0.004, 0.014)))
        level, share = float(random.choice((60.0, 110.0, 255.0))), random.uniform(0.6, 1.0)
        strip = dirty[:, x : x + wide].astype(np.float32)
        dirty[:, x : x + wide] = (strip * (1 - share) + level * share).astype(np.uint8)
    return dirty


def creased(picture: Picture, depth: float, random: Generator) -> Picture:
    """The sheet with two folds, one across and one down: a dark and a light line each, `depth` in grey levels."""
    height, width = picture.shape[:2]
    lost = np.zeros((height, width), np.float32)
    soft = _inch(picture) * 0.012
    for length, axis in ((height, 0), (width, 1)):
        at, places = length * random.uniform(0.3, 0.7), np.arange(length)
        fold = depth * (
            np.exp(-(((places - at) / soft) ** 2)) - 0.5 * np.exp(-(((places - at - 3 * soft) / soft) ** 2))
        )
        lost += fold[:, None] if axis == 0 else fold[None, :]
    folded: Picture = np.clip(picture - lost[..., None], 0, WHITE).astype(np.uint8)
    return folded


def curled(picture: Picture, share: float, random: Generator) -> Picture:
    """The sheet of a bound book: its lines bend by up to `share` of its height, most near one side."""
    height, width = picture.shape[:2]
    across = np.linspace(0, 1, width, dtype=np.float32)
    across = across if random.random() < 0.5 else across[::-1]
    bend = share * height * np.exp(-across * random.uniform(2.0, 4.0)) * random.choice((-1.0, 1.0))
    down = np.arange(height, dtype=np.float32)[:, None] + bend.astype(np.float32)[None, :]
    along = np.tile(np.arange(width, dtype=np.float32), (height, 1))
    bent: Picture = cv2.remap(picture, along, down, cv2.INTER_CUBIC, borderValue=(WHITE, WHITE, WHITE))
    return bent


def moired(picture: Picture, depth: float, random: Generator) -> Picture:
    """The picture as a camera sees a screen or a raster: waves of `depth` grey levels over it."""
    height, width = picture.shape[:2]
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    waves = np.zeros((height, width), np.float32)
    for _ in range(2):
        angle, length = random.uniform(0, np.pi), _inch(picture) * random.uniform(0.02, 0.08)
        waves += np.sin((across * np.cos(angle) + down * np.sin(angle)) * 2 * np.pi / length + random.uniform(0, 6))
    waved: Picture = np.clip(picture - depth * (0.5 + waves[..., None] / 4), 0, WHITE).astype(np.uint8)
    return waved


def blotted(picture: Picture, blots: int, random: Generator) -> Picture:
    """The sheet with so many spots over its print: correction fluid, stickers, drops of ink, staples."""
    spotted = picture.copy()
    rows, columns = np.nonzero(picture[:, :, 1] < WHITE // 2)
    for _ in range(blots if len(rows) else 0):
        at = int(random.integers(len(rows)))
        reach = (_inch(picture) * random.uniform(0.03, 0.12, 2)).astype(int)
        level = int(random.choice((40, 200, 255)))
        middle = (int(columns[at]), int(rows[at]))
        cv2.ellipse(spotted, middle, reach.tolist(), 0, 0, 360, (level, level, level), cv2.FILLED)
    return spotted


def cut_at_side(picture: Picture, inches: float) -> Picture:
    """The sheet laid so far to the right that this much of it is not seen, the picture's size kept."""
    gone = int(inches * _inch(picture))
    if not gone:
        return picture
    moved: Picture = np.full_like(picture, WHITE)
    moved[:, gone:] = picture[:, : picture.shape[1] - gone]
    return moved


def sharpened(picture: Picture, amount: float) -> Picture:
    """The picture as an app for phones hands it on: edges overdrawn, light grey made white."""
    if not amount:
        return picture
    soft = cv2.GaussianBlur(picture, (0, 0), 2.0).astype(np.float32)
    sharp = picture + amount * (picture.astype(np.float32) - soft)
    levels: Picture = np.clip((sharp - 30) * 1.35, 0, WHITE).astype(np.uint8)
    return levels


def with_gaps(picture: Picture, gaps: int, random: Generator) -> Picture:
    """The picture with so many thin lines across that were not sent: white, or the row above once more."""
    torn = picture.copy()
    for _ in range(gaps):
        y = int(random.uniform(0.05, 0.95) * len(picture))
        high = max(1, int(_inch(picture) * random.uniform(0.004, 0.012)))
        torn[y : y + high] = WHITE if random.random() < 0.6 else torn[y - 1]
    return torn


def coarse(picture: Picture, share: float) -> Picture:
    """The picture made from this share of its pixels each way: a thumbnail that was made large again."""
    if share >= 1:
        return picture
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    large: NDArray[np.uint8] = cv2.resize(small, picture.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return large
