"""The words of a page in the lines that they are printed in."""

from collections.abc import Sequence

from schemas.records import Word

SAME_LINE = 0.5
"""Words whose middles differ by less than this share of the taller one stand on one line."""


def lines_of_words(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each printed line from left to right, the lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.box.cy, each.box.x0)):
        if rows and abs(rows[-1][0].box.cy - word.box.cy) < SAME_LINE * max(rows[-1][0].box.height, word.box.height):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda each: each.box.x0) for row in rows]
