"""Whether an amount's row is labelled right, which no sum can tell: an amount in the wrong row can satisfy a column.

A code must be one of the year's edition and bear the printed name; a row without a code is known by the form, by the
edition's names, as an organisation, or by a sibling form that prints the same label with the same amount.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from checks.codes import FULL_EDITIONS_FROM, codes_named, missing_parent
from checks.evaluation.totals import is_total
from checks.paper import Half, Paper, Row
from checks.printed import rounding
from checks.records import Place, place_of
from schemas.classifications import is_known
from schemas.records import LineItem
from schemas.wording import plain, without_ordinal

ORGANISATION = re.compile(
    r"[\u4e00-\u9fff·、“”()-]*"
    r"(?:局|委|会|院|厅|办|室|部|学|校|所|站|队|中心|处|社|馆|场|司|署|团|库|镇|乡|街道|机关|联|园|台|关|公司|集团|基地|监狱|本级|本部|宫|庭|苑|村|区|会所|报社)"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_LITTLE_WORDS = re.compile(r"[的、,·和与及]")
"""对个人和家庭补助 and 对个人和家庭的补助 are one name."""
_WORDS = re.compile(r"(?=.*[\u4e00-\u9fff]{2})[\u4e00-\u9fff()·、,:/-]+")
"""A label of words alone: no digits of a code got into it, and it is no mere mark."""
OWN_LEVEL_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Labels:
    """What is wrong with the labels of a document's rows, by place: a name of the dataset's reasons."""

    reasons: Mapping[Place, str]

    @classmethod
    def of(cls, items: Sequence[LineItem], papers: Iterable[Paper]) -> "Labels":
        """Judge the row of every amount."""
        siblings = _by_label(items)
        found: dict[Place, str] = {}
        for paper in papers:
            for half in paper.halves.values():
                judge = _Judge(half, siblings)
                for row in half.rows:
                    for item in row.amounts.values():
                        if reason := judge.reason(row, item):
                            found[place_of(item)] = reason
        return cls(found)


class _Judge:
    """Judges the rows of one half."""

    def __init__(self, half: Half, siblings: Mapping[str, list[LineItem]]) -> None:
        self.half = half
        self.siblings = siblings
        self.codes: dict[object, set[str]] = defaultdict(set)
        for row in half.rows:
            if row.code:
                self.codes[row.unit].add(row.code)
        self.rows = {row.line: row for row in half.rows}
        self.coded = {(row.code, row.unit): row for row in reversed(half.rows) if row.code}
        self._codes_named: dict[int, frozenset[str]] = {}

    def reason(self, row: Row, item: LineItem) -> str | None:
        """Name what is wrong with the label of a row's amount, or None."""
        if row.unit is not None and not is_organisation(row.unit.name, self.half.department):
            return "organisation_unknown"
        return self._of_code(row, item) if row.code else self._of_name(row, item)

    def _of_code(self, row: Row, item: LineItem) -> str | None:
        if self._is_own_level(row):
            return None
        if item.standard_name is None:
            if not (_may_be_known(item) and _has_sibling(item, self.siblings)):
                return "code_unknown"
        elif not same_name(item.name, item.standard_name):
            return "name_disagrees"
        return None if self._has_parent(row) else "parent_missing"

    def _is_own_level(self, row: Row) -> bool:
        """Whether a code is of a place's own level (3010201), under a 款 that the edition knows by the printed name."""
        code = row.code or ""
        if len(code) != OWN_LEVEL_DIGITS or not code.startswith("3") or not _WORDS.fullmatch(plain(row.name)):
            return False
        above = self.coded.get((code[:-2], row.unit))
        items = [*above.amounts.values()] if above else []
        return any(item.standard_name and same_name(item.name, item.standard_name) for item in items)

    def _has_parent(self, row: Row) -> bool:
        """Whether the rows above are those that the code asks for, where the half prints its levels."""
        code = row.code or ""
        above = self.rows.get(row.parent_line or 0)
        if above and above.code and not code.startswith(above.code):
            return False
        return missing_parent(code, self.codes[row.unit]) is None

    def _of_name(self, row: Row, item: LineItem) -> str | None:
        fixed = row.line in self.half.role_of or is_total(self.half, row) or self._in_unit(row)
        if not fixed and self.half.side is None and self.codes:
            return "label_unconfirmed"  # it stands among rows with codes, and lost its own
        known = fixed or row.item is not None or _has_sibling(item, self.siblings) or bool(self._named(row.line))
        return None if known else "label_unconfirmed"

    def _named(self, line: int) -> frozenset[str]:
        """The codes that a row's name alone can mean in the edition, those under the codes of the row above it."""
        if line not in self._codes_named:
            row = self.rows[line]
            item = next(iter(row.amounts.values()))
            self._codes_named[line] = frozenset()  # a row above itself, in a tree that was read wrong, names nothing
            codes = frozenset({row.code} if row.code else codes_named(item.side, item.name, item.fiscal_year))
            parent = row.parent_line if row.parent_line in self.rows else None
            above = self._named(parent) if parent is not None else frozenset()
            self._codes_named[line] = (
                frozenset(code for code in codes if any(code.startswith(other) for other in above)) if above else codes
            )
        return self._codes_named[line]

    def _in_unit(self, row: Row) -> bool:
        """Whether a unit's row bears a name that the form fixes for the department's own."""
        fixed = self.half.fixed
        return row.unit is not None and fixed is not None and bool(fixed.roles_named(_label(row.name)))


@lru_cache(maxsize=4_096)
def is_organisation(name: str, department: str) -> bool:
    """Whether a name reads as an organisation's to its end: nothing cut off, and nothing in it but words."""
    text = plain(name)
    bare = _BRACKETED.sub("", text)
    whole = "(" not in bare and ")" not in bare
    return text == plain(department) or (whole and ORGANISATION.fullmatch(bare) is not None)


@lru_cache(maxsize=16_384)
def same_name(printed: str, standard: str) -> bool:
    """Whether a printed name is the edition's; ordinals, widths, brackets and little words are no matter."""
    return _label(printed) == _label(standard) or _bare(printed) == _bare(standard)


def _may_be_known(item: LineItem) -> bool:
    """Whether a code may be right though the year's edition cannot tell: it is another year's, and the list is thin."""
    known = is_known(item.code_system or "function", item.code or "")
    return known and item.fiscal_year < FULL_EDITIONS_FROM


def _bare(name: str) -> str:
    return _LITTLE_WORDS.sub("", _label(name))


def _label(name: str) -> str:
    return plain(without_ordinal(name))


def _by_label(items: Iterable[LineItem]) -> Mapping[str, list[LineItem]]:
    found: dict[str, list[LineItem]] = defaultdict(list)
    for item in items:
        found[_label(item.name)].append(item)
    return found


def _has_sibling(item: LineItem, siblings: Mapping[str, list[LineItem]]) -> bool:
    """Whether another form prints the same label with the same amount; 0 = 0 says nothing of it, nor does a mark."""
    return (
        item.amount != 0
        and _WORDS.fullmatch(_label(item.name)) is not None
        and any(
            other.form != item.form
            and other.department == item.department
            and other.code in (None, item.code)
            and abs(other.amount - item.amount) <= _rounding(other) + _rounding(item)
            for other in siblings[_label(item.name)]
        )
    )


def _rounding(item: LineItem) -> Decimal:
    return rounding(item.printed, item.unit)
