"""Whether a page's text layer may be used, or the page must be read as a picture."""

from collections.abc import Iterable, Sequence

from schemas.records import Box, Glyph

LARGE_PICTURE = 0.5
"""A picture over this share of the page may carry what the page says."""
STRAY = 0.05
"""More characters than this share from outside a Chinese paper's repertoire: the Unicode map is of no use."""
COMMON = 0.7
"""A Chinese text has over nine tenths of its characters in the first level of GB 2312; a shuffled map has few."""
CHINESE = 0.4
"""Ideographs and figures make up nearly all of a paper's page; a map onto Latin letters leaves few."""
ENOUGH = 20
"""Fewer characters than this say nothing about the map."""

_RANGES = (
    (0x20, 0x7E),  # ASCII
    (0xB7, 0xB7),  # middle dot
    (0x2010, 0x206F),  # dashes, quotation marks, ellipsis
    (0x2160, 0x217F),  # Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical signs
    (0x2460, 0x24FF),  # circled numbers
    (0x2500, 0x25FF),  # box drawing, squares, circles
    (0x2600, 0x27BF),  # ticks, stars
    (0x2E80, 0x2FDF),  # radicals that some producers map characters to
    (0x3000, 0x303F),  # CJK punctuation
    (0x3400, 0x9FFF),  # ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE30, 0xFE4F),  # vertical forms
    (0xFF00, 0xFFEF),  # full-width forms
    (0x20000, 0x3FFFF),  # further ideographs
)
_ODD_BUT_HARMLESS = frozenset("\t\r\n\xa0\xad×÷±§°√\uf06c\uf0b7\uf0d8\uf0fc\uf0b2\uf06e\ufeff\u200b")


def reason_to_distrust(
    glyphs: Sequence[Glyph], hidden: int, pictures: Iterable[Box], width: float, height: float
) -> str | None:
    """Why the text layer of a page must not be used, or None.

    `hidden` counts the characters that are painted invisibly or beneath a picture; `pictures` are the boxes of the
    page's images on the upright page of `width` × `height` points.
    """
    letters = [g.text for g in glyphs if not g.text.isspace()]
    pictured = any(_share(box, width, height) >= LARGE_PICTURE for box in pictures)
    if not letters:
        return "picture_without_text" if pictured else None
    if pictured and hidden * 2 > len(letters):
        return "ocr_layer_over_picture"
    if pictured and len(letters) < ENOUGH:
        return "picture_with_stray_text"
    return "no_usable_unicode_map" if not _legible("".join(letters)) else None


def _share(box: Box, width: float, height: float) -> float:
    across = min(box.x1, width) - max(box.x0, 0.0)
    down = min(box.y1, height) - max(box.y0, 0.0)
    return max(across, 0.0) * max(down, 0.0) / (width * height)


def _legible(text: str) -> bool:
    if len(text) < ENOUGH:
        return True
    strays = sum(not _of_the_repertoire(letter) for letter in text)
    ideographs = [letter for letter in text if "\u4e00" <= letter <= "\u9fff"]
    figures = sum(map(str.isdecimal, text))
    latin = sum(letter.isascii() and not letter.isdecimal() and letter not in ".,-" for letter in text)
    common = sum(map(_in_first_level, ideographs))
    chinese = len(ideographs) + figures >= CHINESE * (len(ideographs) + figures + latin)
    return strays <= STRAY * len(text) and chinese and (len(ideographs) < ENOUGH or common >= COMMON * len(ideographs))


def _of_the_repertoire(letter: str) -> bool:
    point = ord(letter)
    return letter in _ODD_BUT_HARMLESS or any(low <= point <= high for low, high in _RANGES)


def _in_first_level(ideograph: str) -> bool:
    code = ideograph.encode("gb2312", errors="ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7
