"""What was not checked in a paper, and why: every check of the catalogue that gave neither `holds` nor `fails`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reading.questions.check_rows import CheckRow
from reading.questions.reason_words import in_chinese
from schemas.identities import catalogue

NOTHING = "文件中没有可供比较的内容"
NO_AMOUNTS = "没有读出金额"


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A check that was not made, and the reason in Chinese."""

    check_id: str
    title_zh: str
    title_en: str
    reason: str


def unchecked(rows: Sequence[CheckRow]) -> tuple[Unchecked, ...]:
    """List the checks that nothing was told by, in the catalogue's order; `rows` are all checks of the paper."""
    told = {row.summary.check_id for row in rows if row.summary.verdict != "not_applicable"}
    reasons = {row.summary.check_id: row.summary.reason for row in rows if row.summary.verdict == "not_applicable"}
    return tuple(_not_made(told, reasons))


def _not_made(told: set[str], reasons: dict[str, str]) -> Iterator[Unchecked]:
    known = catalogue()
    empty = NOTHING if told else NO_AMOUNTS
    for each in (*known.identities, *known.others):
        if each.id not in told:
            yield Unchecked(each.id, each.title.zh, each.title.en, in_chinese(reasons.get(each.id) or empty))
