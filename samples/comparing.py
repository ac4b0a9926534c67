"""What a reading made of a paper whose truth is known: amount by amount, each matched, missing or too many.

An amount is the same where form, side, organisation, fund, the code (or the name, where the form prints none), the
government's code and the measure agree, and the amount in yuan does exactly.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from samples.truth import TruthRow
from schemas.records import LineItem

ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.．、]|（[一二三四五六七八九十\d]+）|其中[：:])")
BRACKETS = str.maketrans("()[]【】", "（）（）（）")
BY_NAME = ("revenue_expenditure_summary", "fiscal_appropriation_summary")
"""Forms whose rows go by name, for they print no codes."""
FOUND_GOOD = ("proven", "repaired")
ACCUSING = ("source_inconsistent", "contradicted")


class Key(NamedTuple):
    """What an amount is, without its figure."""

    form: str
    side: str
    row: str
    measure: str
    organisation: str
    fund: str
    government_code: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The amounts of a paper against its truth.

    `matched` pairs what was published with what was printed; `missing` was printed and not published; `extra` was
    published and not printed so.
    """

    matched: tuple[tuple[LineItem, TruthRow], ...]
    missing: tuple[TruthRow, ...]
    extra: tuple[LineItem, ...]

    @property
    def silent(self) -> tuple[LineItem, ...]:
        """Amounts that are wrong and said to be right."""
        return tuple(item for item in self.extra if item.status in FOUND_GOOD)

    @property
    def accused(self) -> tuple[LineItem, ...]:
        """Amounts that are right and said to contradict the paper's own figures."""
        return tuple(item for item, _ in self.matched if item.status in ACCUSING)

    @property
    def misnamed(self) -> tuple[tuple[LineItem, TruthRow], ...]:
        """Amounts under the right code and said to be right whose name is not the printed one."""
        return tuple(
            (item, row)
            for item, row in self.matched
            if item.status in FOUND_GOOD and label(item.name) != label(row.name)
        )

    @property
    def proven(self) -> int:
        """How many right amounts are proven."""
        return sum(item.status == "proven" for item, _ in self.matched)


def label(text: str | None) -> str:
    """A row's label as it is compared: without white space and ordinals, with one kind of brackets."""
    found = re.sub(r"\s", "", text or "").translate(BRACKETS)
    while ORDINAL.match(found):
        found = ORDINAL.sub("", found, count=1)
    return found


def compare(truth: Sequence[TruthRow], items: Iterable[LineItem]) -> Comparison:
    """Pair what was published with what was printed, as multisets."""
    coded = {(row.form, row.side) for row in truth if row.code and row.form not in BY_NAME}
    left: dict[tuple[Key, Decimal], list[TruthRow]] = defaultdict(list)
    for row in truth:
        left[_key_of_row(row, coded), row.amount].append(row)
    matched: list[tuple[LineItem, TruthRow]] = []
    extra: list[LineItem] = []
    for item in items:
        here = left[_key_of_item(item, coded), item.amount]
        if here:
            matched.append((item, here.pop()))
        else:
            extra.append(item)
    return Comparison(tuple(matched), tuple(row for rows in left.values() for row in rows), tuple(extra))


def _key_of_row(row: TruthRow, coded: set[tuple[str, str]]) -> Key:
    by_code = row.code and (row.form, row.side) in coded
    name = row.code if by_code else label(row.name)
    return Key(row.form, row.side, name, row.measure, label(row.organisation), row.fund, row.government_code)


def _key_of_item(item: LineItem, coded: set[tuple[str, str]]) -> Key:
    by_code = item.code and (item.form, item.side or "") in coded
    return Key(
        item.form,
        item.side or "",
        item.code or "" if by_code else label(item.name),
        item.measure,
        label(item.organisation),
        item.fund or "",
        item.government_code or "",
    )


@dataclass(slots=True)
class Tally:
    """Sums over papers, or over some forms of them."""

    true: int = 0
    published: int = 0
    matched: int = 0
    silent: int = 0
    accused: int = 0
    misnamed: int = 0
    proven: int = 0
    papers: set[object] = field(default_factory=set)

    def add(self, found: Comparison, paper: object, counts: Callable[[str], bool] = lambda form: True) -> None:
        """Add a paper's amounts of the forms that count."""
        matched = [(item, row) for item, row in found.matched if counts(row.form)]
        self.true += len(matched) + sum(counts(row.form) for row in found.missing)
        self.published += len(matched) + sum(counts(item.form) for item in found.extra)
        self.matched += len(matched)
        self.silent += sum(counts(item.form) for item in found.silent)
        self.accused += sum(counts(item.form) for item in found.accused)
        self.misnamed += sum(counts(item.form) for item, _ in found.misnamed)
        self.proven += sum(item.status == "proven" for item, _ in matched)
        self.papers.add(paper)

    @property
    def recall(self) -> float:
        """Share of the printed amounts that were published right."""
        return self.matched / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """Share of the published amounts that were printed so."""
        return self.matched / self.published if self.published else 1.0
