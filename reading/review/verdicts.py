"""What the sheet says of each of its items: whether it meets what is asked, and what does not."""

from collections.abc import Iterator
from dataclasses import dataclass

from reading.questions.checking import CheckedPaper
from reading.questions.faults import Fault
from schemas.dataset import dataset
from schemas.duties import duties
from schemas.records import DisclosureItem

YES, NO, TO_CHECK, UNTOLD = "是", "否", "待核", "无法判断"


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """One row of the sheet: an item, whether it meets what is asked, its faults and what could not be told.

    An item is 是 only where every duty of it is met or the paper says that it has nothing of the kind: an item that
    nobody could look at never is.
    """

    item: str
    meets: str
    faults: tuple[Fault, ...]
    untold: tuple[str, ...]


def item_verdicts(paper: CheckedPaper) -> Iterator[ItemVerdict]:
    """Give the items of the sheet in their order; faults that were found to be none are left out."""
    for item in duties().sheet.items:
        faults = tuple(fault for fault in paper.standing if fault.item == item)
        own = [each for each in paper.disclosure if duties()[each.duty].item == item]
        untold = [each for each in own if each.verdict in ("cannot_be_told", "not_looked")]
        certain = any(fault.kind != "remark" for fault in faults)
        meets = NO if certain else TO_CHECK if faults else UNTOLD if untold or not own else YES
        yield ItemVerdict(item, meets, faults, tuple(map(untold_words, untold)))


def untold_words(item: DisclosureItem) -> str:
    """A duty that was not told, with the reason."""
    reason = dataset().vocabularies["duty_reason"].values[item.reason].zh if item.reason else ""
    where = f"（第{item.page}页：{item.found}）" if item.page and item.found else ""
    return f"{duties()[item.duty].title.zh}：{reason}{where}"
