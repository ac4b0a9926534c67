"""Brackets and quotation marks without their other half."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.prose.clauses import Span
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen
from schemas.prose import words

_NUMBERED = re.compile(r"(?:^|(?<=[。；：，、\s]))[0-9a-zA-Z①-⑳一二三四五六七八九十]{1,3}[)）]")
"""1） before an item has no other half."""
_SAME = str.maketrans("(〔[)〕]", "（（（）））")


def unpaired(paragraphs: Sequence[Paragraph]) -> Iterator[Seen]:
    """Find the marks of whole paragraphs that stand alone.

    Where the paragraph before or after has the other half too many, the two may be one, and nothing is said.
    """
    alone = [list(_alone(paragraph)) for paragraph in paragraphs]
    for at, (paragraph, places) in enumerate(zip(paragraphs, alone, strict=True)):
        beside = any(alone[other] for other in (at - 1, at + 1) if 0 <= other < len(alone))
        if places and not beside and _whole(paragraph):
            for place in places:
                mark = paragraph.text[place]
                yield Seen("prose_mark_unpaired", paragraph, Span(place, place + 1), f"{mark}缺少另一半")


def _whole(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins and ends as sentences do: a part of one can have left the other half elsewhere."""
    return paragraph.canonical.endswith(("。", "；", "：", "！", "？", '。"', "。）"))


def _alone(paragraph: Paragraph) -> Iterator[int]:
    """Give the places of marks that nothing opens or closes."""
    text = _NUMBERED.sub(lambda match: "0" * len(match[0]), paragraph.text.translate(_SAME))
    opened: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        if character in _closing():
            opened.append((character, place))
        elif character in _closing().values():
            wanted = next((n for n in range(len(opened) - 1, -1, -1) if _closing()[opened[n][0]] == character), None)
            if wanted is None:
                yield place
            else:
                del opened[wanted]
    yield from (place for _, place in opened)


@cache
def _closing() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in words().pairs}
