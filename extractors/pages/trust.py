"""Whether a page's text layer may be used, or the page must be read as a picture."""

import re
from collections.abc import Iterable, Sequence

from schemas.records import Box, Glyph

LARGE_PICTURE = 0.5
"""Pictures over this share of the page, one or its strips together, may carry what the page says."""
STRAY = 0.05
"""More characters than this share from outside a Chinese paper's repertoire: the Unicode map is of no use."""
COMMON = 0.7
"""A Chinese text has over nine tenths of its characters in the first level of GB 2312; a shuffled map has few."""
CHINESE = 0.4
"""Ideographs and figures make up nearly all of a paper's page; a map onto Latin letters leaves few."""
ENOUGH = 20
"""Fewer characters than this say little about the map."""
MUCH, WORD = 0.3, 5
"""A cover of fewer characters is unreadable with this share of them from outside the repertoire, or where it has so
many Latin letters and signs and no ideograph."""

_STRAY = re.compile(
    "[^ -~\xa0\xad\xb0\xb1\xb7\xd7\xf7\xa7\t\r\n"
    "\u200b\u2010-\u206f\u2160-\u217f\u2190-\u22ff\u2460-\u25ff\u2600-\u27bf"  # dashes, arrows, signs, bullets
    "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
    "\ufeff\uf06c\uf06e\uf0b2\uf0b7\uf0d8\uf0fc]"  # Wingdings bullets that office programs leave in a private area
)
"""Characters that no Chinese paper prints."""
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[!-+/:-~]")
FIRST_LEVEL = range(0xB0, 0xD8)
"""Lead bytes of the first level of GB 2312 in EUC-CN."""


def reason_to_distrust(
    glyphs: Sequence[Glyph], hidden: int, pictures: Iterable[Box], width: float, height: float
) -> str | None:
    """Why the text layer of a page must not be used, or None.

    `hidden` counts the characters that are painted invisibly or beneath a picture; `pictures` are the boxes of the
    page's images on the upright page of `width` × `height` points.
    """
    letters = [g[0] for g in glyphs if not g[0].isspace()]
    pictured = is_pictured(pictures, width, height)
    if not letters:
        return "picture_without_text" if pictured else None
    if pictured and hidden * 2 > len(letters):
        return "ocr_layer_over_picture"
    if pictured and len(letters) < ENOUGH:
        return "picture_with_stray_text"
    return "no_usable_unicode_map" if not _legible("".join(letters)) else None


def is_pictured(pictures: Iterable[Box], width: float, height: float) -> bool:
    """Whether pictures cover so much of the upright page that they may carry what it says, be it cut into strips."""
    return sum(_share(box, width, height) for box in set(pictures)) >= LARGE_PICTURE


def _share(box: Box, width: float, height: float) -> float:
    across = min(box.x1, width) - max(box.x0, 0.0)
    down = min(box.y1, height) - max(box.y0, 0.0)
    return max(across, 0.0) * max(down, 0.0) / (width * height)


def _legible(text: str) -> bool:
    ideographs = "".join(_IDEOGRAPH.findall(text))
    figures = sum(map(str.isdecimal, text))
    latin = len(_LATIN.findall(text)) - sum(map(text.count, "0123456789"))
    if len(text) < ENOUGH:
        return len(_STRAY.findall(text)) < MUCH * len(text) and (latin < WORD or bool(ideographs))
    leads = ideographs.encode("gb2312", errors="ignore")[::2]
    common = sum(map(FIRST_LEVEL.__contains__, leads))
    return (
        len(_STRAY.findall(text)) <= STRAY * len(text)
        and len(ideographs) + figures >= CHINESE * (len(ideographs) + figures + latin)
        and (len(ideographs) < ENOUGH or common >= COMMON * len(ideographs))
    )
