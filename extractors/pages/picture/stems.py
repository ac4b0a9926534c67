"""Ones that are fours: a thin bar drops out of black and white print, and both engines are sure of the stem it leaves.

Where the stem stands tells them apart: all digits of a font are set equally wide, and the stem of a 4 stands further
back in its place than that of a 1. This is looked for in Song type alone, whose bars are hairlines: it is told by its
points and commas, which are set as wide as the digits.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.ink import Bits
from extractors.pages.picture.recogniser import Recognised

ONE, FOUR = "1", "4"
FIGURE_WITH_ONE = re.compile(r"(?=.*1)[\d.,]{3,}", re.ASCII)
TORN_FOUR = re.compile(r"(?<=\d)[-·•]1")
"""What is left of a four's bar is read as a dash before its stem: 338.0-1."""
BEHIND = 0.14
"""A stem that stands so much further back than the foremost quarter of the page's is that of a four (shares of a place)
..."""
BESIDE = 0.10
"""... one that stands less far is that of a one, and between the two it is not told."""
FOREMOST = 0.25
FEWEST = 5
"""So many figures with a one tell how a page is set."""
UNTOLD = 0.5
"""The confidence of a figure with a stem that is not told."""
WIDE, NARROW = 1.0, 0.5
"""The width of points and commas against that of digits in Song type, and in others."""
MOST_ON_EDGES, MORE_ON_EDGES = 0.004, 0.0075
"""Type is set wide where the edges of wide places touch no more ink than this, and those of narrow ones so much more
(columns full of it a character)."""
SAME_PRINT = 0.08
"""Figures whose digits differ in width by no more than this share are of one print."""
Profile = NDArray[np.float64]
"""The share of each column of a line that is ink."""
FILLING = frozenset("0235689")
"""Digits that reach as far to the left of their middle as to the right."""
LEAST_INK = 0.2
"""Columns full of it; less is no stem."""


class Fit(NamedTuple):
    """Places of a figure's characters: the edges between them and the width of a digit in pixels.

    `cost` is the ink that stands on the edges, in columns full of it, and what lies beyond them.
    """

    edges: NDArray[np.float64]
    pitch: float
    cost: float


def with_fours(letters: Bits, lines: Sequence[Pixels], readings: Sequence[Recognised]) -> list[Recognised]:
    """The readings of lines on a picture of black and white alone, with fours where the stem of a read 1 says so.

    A figure with a stem that is not told keeps its text, with little confidence.
    """
    whole = [replace(read, text=TORN_FOUR.sub(FOUR, read.text)) for read in readings]
    asked = [at for at, read in enumerate(whole) if FIGURE_WITH_ONE.fullmatch(_bare(read.text))]
    profiles = {at: _profile(letters, lines[at]) for at in asked}
    figures = [(profiles[at], _bare(whole[at].text)) for at in asked]
    fits = _fits(figures, WIDE)
    if len(asked) < FEWEST or not _is_song(figures, fits):
        return whole
    stems = {at: _stems(_bare(whole[at].text), profiles[at], fit) for at, fit in zip(asked, fits, strict=True)}
    every = [stem for own in stems.values() for stem in own.values()]
    if not every:
        return whole
    usual = float(np.quantile(every, FOREMOST))
    told = {at: _told(whole[at], own, usual) for at, own in stems.items()}
    return [told.get(at, read) for at, read in enumerate(whole)]


def _bare(text: str) -> str:
    return text.replace(" ", "")


def _profile(letters: Bits, line: Pixels) -> Profile:
    own = letters[line.y0 : line.y1, line.x0 : line.x1] > 0
    profile: Profile = own.mean(axis=0)
    return profile


def _fits(figures: Sequence[tuple[Profile, str]], sign_width: float) -> list[Fit]:
    """The places of the characters of figures, those of one print with digits of one width."""
    free = [_fit(profile, text, sign_width) for profile, text in figures]
    usual = [
        float(np.median([other.pitch for other in free if abs(other.pitch - fit.pitch) <= SAME_PRINT * fit.pitch]))
        for fit in free
    ]
    return [
        _centred(_fit(profile, text, sign_width, (pitch * 0.98, pitch * 1.02)), profile, text)
        for (profile, text), pitch in zip(figures, usual, strict=True)
    ]


def _centred(fit: Fit, profile: Profile, text: str) -> Fit:
    """The places moved so that the digits that fill theirs stand in the middle of them."""
    places = [(max(0, round(low)), round(high)) for low, high in pairwise(fit.edges)]
    inked = [low + np.flatnonzero(profile[low:high]) for low, high in places]
    off = [
        (own[0] + own[-1] + 1) / 2 - (low + high) / 2
        for letter, own, (low, high) in zip(text, inked, pairwise(fit.edges), strict=True)
        if letter in FILLING and len(own)
    ]
    return fit._replace(edges=fit.edges + float(np.median(off))) if off else fit


def _is_song(figures: Sequence[tuple[Profile, str]], wide: Sequence[Fit]) -> bool:
    """Whether points and commas are set as wide as digits."""
    characters = sum(len(text) for _, text in figures)
    on_edges = sum(fit.cost for fit in wide) / characters
    if on_edges > MOST_ON_EDGES:
        return False
    return sum(fit.cost for fit in _fits(figures, NARROW)) / characters >= on_edges + MORE_ON_EDGES


def _fit(profile: Profile, text: str, sign_width: float, pitches: tuple[float, float] | None = None) -> Fit:
    """The places of the characters for which least ink stands on the edges between them; `pitches` in pixels."""
    widths = np.array([1.0 if letter.isdecimal() else sign_width for letter in text])
    ends = np.concatenate(([0.0], np.cumsum(widths)))
    closest = len(profile) / ends[-1]
    low, high = pitches or (closest * 0.95, closest * 1.25)
    pitch = np.linspace(low, high, 40)
    start = -closest * np.linspace(-0.1, 0.45, 23)
    edges = start[:, None, None] + pitch[None, :, None] * ends
    within = np.clip(np.rint(edges).astype(int), -1, len(profile))
    ink = np.concatenate((profile, [0.0, 0.0]))[within].sum(axis=2)
    cut = np.maximum(0.0, len(profile) - edges[:, :, -1]) + np.maximum(0.0, edges[:, :, 0])
    askew = np.abs((edges[:, :, -1] - len(profile)) + edges[:, :, 0])
    cost = ink + cut + 0.0025 * askew
    best = np.unravel_index(cost.argmin(), cost.shape)
    return Fit(edges[best], float(pitch[best[1]]), float(cost[best]))


def _stems(text: str, profile: Profile, fit: Fit) -> dict[int, float]:
    """Where the stem of each 1 of a figure stands in its place, by the character's number."""
    found = {at: _stem(profile, fit.edges[at], fit.edges[at + 1]) for at, letter in enumerate(text) if letter == ONE}
    return {at: stem for at, stem in found.items() if stem is not None}


def _told(read: Recognised, stems: Mapping[int, float], usual: float) -> Recognised:
    if all(stem < usual + BESIDE for stem in stems.values()):
        return read
    text = [FOUR if stems.get(at, 0.0) > usual + BEHIND else letter for at, letter in enumerate(_bare(read.text))]
    return replace(read, text="".join(text), confidence=min(read.confidence, UNTOLD))


def _stem(profile: Profile, low: float, high: float) -> float | None:
    """Where in its place a character's ink is densest, as a share of its width; None where there is hardly any."""
    columns = np.arange(max(0, round(low)), min(len(profile), round(high)))
    weights = profile[columns] ** 2
    if profile[columns].sum() < LEAST_INK:
        return None
    return float((np.average(columns + 0.5, weights=weights) - low) / (high - low))
