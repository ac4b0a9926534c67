"""What one line of YAML would gain: what was seen and not understood, grouped by its wording over all papers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.wording import plain

WHOLE_COLUMN = "heading_twice"
WHOLE_TABLE = "unrecognised_table"
CODES = (WHOLE_TABLE, "unknown_heading", WHOLE_COLUMN, "unknown_label", "text_in_money_cell")
"""The findings that amounts are lost with, and that a title, a heading or a label in YAML may settle."""

_WORDED_FIRST = (WHOLE_TABLE, "unknown_heading")
"""Their detail is `wording: what stood there`; that of the others is wording throughout."""
_COUNTED = re.compile(r": (\d+) amounts$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding of one of `CODES`, the paper that it is of, and how many rows its table has where that is known."""

    code: str
    detail: str
    document_id: str
    file_name: str
    department: str | None
    page: int | None
    table_rows: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """Where to look: a page of a paper."""

    file_name: str
    page: int
    document_id: str


@dataclass(slots=True)
class Gap:
    """One wording of one finding: how many amounts it costs at most, in which papers, and one page to look at."""

    code: str
    wording: str
    example: Example
    amounts: int = 0
    documents: set[str] = field(default_factory=set)

    @property
    def papers(self) -> int:
        """How many papers print it."""
        return len(self.documents)


def gaps(seen: Iterable[Seen]) -> list[Gap]:
    """What was seen, grouped by its wording, most amounts first; the example is the first page by name of file."""
    found: dict[tuple[str, str], Gap] = {}
    for each in seen:
        key = each.code, wording(each)
        example = Example(each.file_name, each.page or 1, each.document_id)
        gap = found.setdefault(key, Gap(*key, example))
        gap.amounts += _amounts(each)
        gap.documents.add(each.document_id)
        gap.example = min(gap.example, example)
    return sorted(found.values(), key=lambda gap: (-gap.amounts, -gap.papers, gap.code, gap.wording))


def wording(seen: Seen) -> str:
    """What was printed, alike for all papers: numbers and years are `#`, and the paper's own department is left out."""
    told = seen.detail.rpartition(": ")[0] if seen.code in _WORDED_FIRST else seen.detail
    parts = [plain(part) for part in told.split(": ")]
    if seen.department:
        parts = [part.replace(plain(seen.department), "") or part for part in parts]
    return ": ".join(_NUMBER.sub("#", part) for part in parts)


def _amounts(seen: Seen) -> int:
    """How many amounts one finding is about, at most: a column's are as many as its table has rows."""
    if seen.code == WHOLE_TABLE:
        counted = _COUNTED.search(seen.detail)
        return int(counted[1]) if counted else 1
    return seen.table_rows or 1 if seen.code == WHOLE_COLUMN else 1
