"""The words of an unruled header → its headings: letters printed apart and wrapped lines put together again.

Where the words alone leave it open what belongs together, a heading of the vocabulary decides.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from extractors.tables.chunks import CHUNK_GAP, Chunk
from extractors.tables.lattice import Line
from schemas.records import Word

SAME_BASELINE = 0.3
"""Words whose centres differ by less than this share of their height stand at one level of the header."""
LETTER_GAP = 4.0
"""Single letters of one heading stand no further apart than this many heights: 金　　额."""
WRAPPED = 1.45
"""Lines nearer than this many heights are one heading's, wrapped; levels of a header stand further apart."""
WIDE = 1.75
"""Lines no further apart than this many heights can be one heading's too, where the vocabulary has it."""
CENTRED = 0.35
"""The lines of a wrapped heading have one middle, to this share of their height."""
LONGEST = 12
"""No heading is printed as more words or lines."""

KNOWN, UNKNOWN = 1.0, 2.5
"""What a heading costs that the vocabulary has, and one that it has not: the cheapest parting is taken."""

LETTER = 0.5
"""What each further letter of an unknown heading costs: 类, 款 and 项 side by side are three known ones."""

Known = Callable[[str], bool]
Item = TypeVar("Item")


def headings_in(words: Iterable[Word], known: Known, across: Sequence[Line] = ()) -> list[Chunk]:
    """The headings that some words print, from left to right; none reaches over a rule `across` the page."""
    pieces = [piece for line in _baselines(words) for piece in _pieces(line, known)]
    found = [heading for stack in _stacks(pieces, across) for heading in _headings(stack, known)]
    return sorted(found, key=lambda heading: heading.box.cx)


def _baselines(words: Iterable[Word]) -> list[list[Word]]:
    """Words by the levels they stand at, each from left to right; half a line apart is another level."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.cy):
        if lines and word.box.cy - lines[-1][0].box.cy <= SAME_BASELINE * word.box.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box.x0) for line in lines]


def _pieces(line: Sequence[Word], known: Known) -> list[Chunk]:
    """The headings, or lines of headings, on one level."""
    return [Chunk.of(part) for run in _near(line) for part in _cheapest(run, lambda part: _cost_of_words(part, known))]


def _near(line: Sequence[Word]) -> list[list[Word]]:
    """A level's words cut where nothing can belong together."""
    runs: list[list[Word]] = []
    for word in line:
        if runs and word.box.x0 - runs[-1][-1].box.x1 <= _reach(runs[-1][-1], word) * word.box.height:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _reach(left: Word, right: Word) -> float:
    """How far apart words of one heading stand: letters further, but not 费 and 费, which end two headings."""
    return LETTER_GAP if _is_letter(left) and _is_letter(right) and left.text != right.text else CHUNK_GAP


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and not word.text.isascii()


def _cost_of_words(words: Sequence[Word], known: Known) -> float:
    """Words are one heading where the vocabulary has it; letters of an unknown one belong together as well."""
    text = "".join(word.text for word in words)
    if known(text) and not _stand_alone(words, known):
        gaps = words[-1].box.x1 - words[0].box.x0 - sum(word.box.width for word in words)
        return KNOWN + (gaps / words[0].box.height if not all(map(_is_letter, words)) else 0.0)
    if all(map(_is_letter, words)):
        return UNKNOWN + LETTER * (len(words) - 1)
    return UNKNOWN * len(words) + (len(words) > 1)


def _stand_alone(words: Sequence[Word], known: Known) -> bool:
    """Whether letters that are headings each by itself stand as far apart as columns: 类, 款 and 项, not 类款项."""
    apart = any(right.box.x0 - left.box.x1 > CHUNK_GAP * left.box.height for left, right in pairwise(words))
    return apart and all(_is_letter(word) and known(word.text) for word in words)


def _stacks(pieces: Sequence[Chunk], across: Sequence[Line]) -> list[list[Chunk]]:
    """Pieces that stand one below the other as lines of one heading do."""
    stacks: list[list[Chunk]] = []
    for piece in sorted(pieces, key=lambda p: p.box.cy):
        above = next((stack for stack in stacks if _goes_on(stack[-1], piece, across)), None)
        if above is None:
            stacks.append([piece])
        else:
            above.append(piece)
    return stacks


def _goes_on(above: Chunk, below: Chunk, across: Sequence[Line]) -> bool:
    if any(above.box.cy < rule.at < below.box.cy and rule.low < below.box.cx < rule.high for rule in across):
        return False
    height = below.box.height
    near = SAME_BASELINE * height < below.box.cy - above.box.cy < WIDE * height
    centred = abs(below.box.cx - above.box.cx) <= CENTRED * height
    return near and (centred or abs(below.box.x0 - above.box.x0) <= CENTRED * height)


def _headings(stack: Sequence[Chunk], known: Known) -> list[Chunk]:
    """The headings in a stack of lines: one wrapped, or one above another."""
    parts = _cheapest(stack, lambda part: _cost_of_lines(part, known))
    return [Chunk.wrapped([word for line in part for word in line.words]) for part in parts]


def _cost_of_lines(lines: Sequence[Chunk], known: Known) -> float:
    """Lines are one heading where the vocabulary has it, and where they stand as close as wrapped lines do."""
    if known("".join(line.text for line in lines)):
        return KNOWN
    apart = any(low.box.cy - above.box.cy >= WRAPPED * low.box.height for above, low in pairwise(lines))
    return UNKNOWN * len(lines) + 1 if apart else UNKNOWN


def _cheapest(items: Sequence[Item], cost: Callable[[Sequence[Item]], float]) -> list[Sequence[Item]]:
    """The parting of a row of items into runs that costs least together; of equal ones that with longer runs."""
    best: list[tuple[float, list[Sequence[Item]]]] = [(0.0, [])]
    for end in range(1, len(items) + 1):
        starts = range(max(0, end - LONGEST), end)
        options = [(best[at][0] + cost(items[at:end]), [*best[at][1], items[at:end]]) for at in starts]
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]
