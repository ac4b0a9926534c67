"""What the words around a figure settle that its own leave open: revenue or expenditure, the whole or its last part."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.prose.arithmetic import Rounded, is_change_of
from extractors.prose.canonical import canonical
from extractors.prose.figures import Figure
from extractors.prose.naming import Subject
from extractors.prose.roles import Reading, without_comparison
from extractors.prose.statements import Statement

FEWEST_LISTED = 3
"""A whole and two of its parts: with a single part behind 其中 a change is that part's."""
_SIDES = re.compile(r"收入?[、和]?支出?|收入|支出")
_LIST = re.compile(r"[，（]?(?:其中|包括)")
_BETWEEN_PARTS = re.compile(r"[、，和][^，。；\d]*")
_BESIDE = re.compile(r"，?[^，。；\d]{2,4}(?P<number>\d+(?:\.\d+)?)%")
"""The change in per cent right after one in yuan: ，增长3.50%."""


def of_revenue(before: str, title: str) -> bool:
    """Whether canonical `before` speaks of revenue last, or the section's `title` does where it speaks of neither."""
    said = _SIDES.findall(before) or _SIDES.findall(canonical(title))
    return bool(said) and said[-1] == "收入"


def whose(subject: Subject, reading: Reading, figure: Figure, own: Sequence[Statement], after: str) -> Subject | None:
    """Tell whether a change after a list (其中：甲1万元、乙2万元，较上年…) is the whole's or that of its last part.

    `subject` is that part, `own` are the amounts of the sentence so far, `after` is what stands behind the figure. Only
    the per cent beside the change can tell; None where it does not.
    """
    if len(own) < FEWEST_LISTED or own[-1].subject != subject or without_comparison(reading.said).strip("，、"):
        return subject
    between = [one.paragraph.canonical[one.place.end : other.place.start] for one, other in pairwise(own)]
    head = next((one for one, gap in zip(own, between, strict=False) if _LIST.match(gap)), None)
    if head is None or not _BETWEEN_PARTS.fullmatch(between[-1]) or figure.kind != "money":
        return subject
    told = _BESIDE.match(after)
    if told is None:
        return None
    decimals = len(told["number"].partition(".")[2])
    percent = Rounded(reading.sign * Decimal(told["number"]), Decimal(5).scaleb(-decimals - 1))
    change = Rounded(reading.sign * figure.value, figure.half_step)
    fitting = [one.subject for one in (head, own[-1]) if is_change_of(percent, change, one.rounded)]
    return fitting[0] if len(fitting) == 1 else None
