"""One spelling for what papers print in many, without moving a character.

Canonical text has as many characters as the printed text, so that a place found in one is a place in the other:
figures and Latin letters half width, every other mark full width as in Chinese print, all double quotes `"`, all
dashes `-`. A comma between digits that parts thousands stays `,`.
"""

import re
import unicodedata

_SAME_MARK = {
    "（": "([〔【﹙",
    "）": ")]〕】﹚",
    "；": ";﹔",
    "：": ":∶︰",
    "？": "?",
    "！": "!",
    "、": "､﹑",
    '"': "“”„‟″‘’'「」",
    "-": "–—―─−‐",
}
_MARKS = {other: mark for mark, others in _SAME_MARK.items() for other in others}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def canonical(text: str) -> str:
    """`text` in the spelling that the patterns of `schemas.prose` are written in; as long as `text`."""
    folded = text.translate(_FOLDED)
    thousands = {match.start() for match in _THOUSANDS.finditer(folded)}
    return "".join("，" if mark == "," and i not in thousands else mark for i, mark in enumerate(folded))


class _Folded(dict[int, str]):
    """Characters by their numbers, each worked out once."""

    def __missing__(self, number: int) -> str:
        self[number] = _folded(chr(number))
        return self[number]


def _folded(character: str) -> str:
    """Give the compatible character (full-width figure, radical) where there is just one; Chinese commas stay."""
    if character in "，。：；！？":
        return character
    folded = unicodedata.normalize("NFKC", character)
    one = folded if len(folded) == 1 else character
    return _MARKS.get(one, one)


_FOLDED = _Folded()
