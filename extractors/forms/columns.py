"""The headings over a column → what the column holds: its role, or its measure and the budget that is split off.

The meaning is composed of the words of all headings, the innermost first: 上年结转 over 一般公共预算 is what was left of the
general budget, 一般公共预算 over 基本支出 the basic expenditure from it. A heading of which a word is not known gives
nothing, for that word may change everything.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.forms.grid import Grid
from extractors.forms.header import column_path
from extractors.forms.meaning import Meaning, fund_of, joined_meanings
from schemas.forms import FormDefinition, Scope, headings

Path = tuple[str, ...]
CODE_ROLES = ("code", "class_code", "group_code", "item_code")
LABEL_ROLES = ("label", "unit_label")
LEADING_ROLES = (*CODE_ROLES, *LABEL_ROLES)
KNOWN_ASIDE = ("ignored", "difference", "aside", "part", "remark", "row_number", "quantity", "last_year_part")
"""Roles of columns whose figures are known to be no amount of the form's own."""
WHOLE_MEASURES = ("amount", "total")
SPLIT_BY_FUND = ("use", "balance")
"""Kinds of measures that columns can split by budget."""
STAGES = {"initial": "initial_budget", "adjusted": "adjusted_budget"}


@dataclass(frozen=True, slots=True)
class Column:
    """Column `index` (from 1): its headings' path, and what they make of it.

    `role` is what a column without amounts of the form's own holds, `measure` what one with amounts measures; both are
    None where a heading is not understood. `fund` is the budget that splits the measure, `meanings` what each heading
    of the path says.
    """

    index: int
    path: Path
    role: str | None = None
    measure: str | None = None
    fund: str | None = None
    meanings: tuple[Meaning | None, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years in figures in its headings, from the top down."""
        return tuple(year for meaning in self.meanings if meaning for year in meaning.years)


def tails(path: Path) -> Iterator[str]:
    """The tails of a path from the longest to the last component alone, joined by "/"."""
    return ("/".join(path[start:]) for start in range(len(path)))


def columns_of(grid: Grid, header: Sequence[int], form: FormDefinition) -> tuple[Column, ...]:
    """Every column of a table as the form reads its headings."""
    paths = [column_path(grid, header, col) for col in range(1, grid.cols + 1)]
    columns = [_column(index, path, form.measures, form.scope) for index, path in enumerate(paths, start=1)]
    return _with_revenue_told_apart(_with_one_fund_left_out(columns))


def _column(index: int, path: Path, measures: tuple[str, ...], scope: Scope) -> Column:
    meanings = tuple(joined_meanings(path))
    role, measure, fund = composed(meanings, scope)
    if measure is not None and measure not in measures:
        measure = None
    return Column(index, path, role, measure, fund if measure else None, meanings)


def measure_of(path: Path, measures: tuple[str, ...]) -> str | None:
    """The measure among `measures` that a heading names, or None."""
    return _column(0, path, measures, Scope()).measure


Composed = tuple[str | None, str | None, str | None]
"""Role, measure and fund."""
UNREAD: Composed = (None, None, None)


@lru_cache(maxsize=4096)
def _roles_of_nouns() -> dict[str, str]:
    return {"remark": "remark", "row_number": "row_number", "quantity": "quantity", "year": "year"}


def composed(meanings: Sequence[Meaning | None], scope: Scope) -> Composed:
    """What headings one below the other make together, in a form whose amounts are all of `scope`."""
    if not meanings:
        return UNREAD
    own = meanings[-1]
    if own is None:
        return UNREAD
    if role := _role(meanings):
        return role, None, None
    known = [meaning for meaning in reversed(meanings) if meaning is not None]
    if len(known) < len(meanings):
        return UNREAD
    if any(meaning.says("change") for meaning in known):
        return "difference", None, None
    if any(meaning.says("aside") for meaning in known):
        return "aside", None, None
    measure, fund = _measure(known, scope)
    if measure and any("previous" in meaning.all("year") for meaning in known):
        if measure not in WHOLE_MEASURES:
            return "last_year_part", None, None
        executed = any(meaning.says("stage") and meaning.one("stage") in ("executed", "final") for meaning in known)
        return None, "previous_year_executed" if executed else "previous_year", None
    return None, measure, fund


def _role(meanings: Sequence[Meaning | None]) -> str | None:
    """The role of a column by its innermost heading; 合计 below it is the first row of the body, risen into the header."""
    own = meanings[-1]
    if own is None:
        return None
    if own.says("total") and len(meanings) > 1 and (above := meanings[-2]) and _leads(above):
        return _role(meanings[:-1])
    if level := own.one("level"):
        return level
    return _role_of(own) if _leads(own) else None


def _leads(meaning: Meaning) -> bool:
    """Whether a heading names rows, not amounts."""
    return meaning.says("noun", "system") and not meaning.says(
        "fund", "source", "use", "balance", "item", "total", "stage", "change"
    )


def _role_of(meaning: Meaning) -> str | None:
    nouns = meaning.all("noun")
    for noun, role in _roles_of_nouns().items():
        if noun in nouns:
            return role
    government = meaning.one("system") == "government"
    if "code" in nouns:
        if "organisation" in nouns:
            return "unit_code"
        if "project" in nouns and not meaning.says("system") and "account" not in nouns:
            return "remark"
        return "government_code" if government else "code"
    if government:
        return "government_label"
    if "organisation" in nouns and "project" not in nouns and "account" not in nouns and not meaning.says("system"):
        return "unit_label"
    return "label"


def _measure(known: Sequence[Meaning], scope: Scope) -> tuple[str | None, str | None]:
    """The measure that headings give, innermost first, and the budget that splits it."""
    fund = _fund(known, scope)
    vocabulary = headings().fund.keys() - {"fiscal_appropriation"}
    split = fund if fund in vocabulary else None
    if balance := _innermost(known, "balance"):
        return balance, split
    use = next((use for meaning in known for use in _uses(meaning, scope)), None)
    if use:
        return use, split
    if money := _of_fund_or_source(known, scope):
        return money, None
    return _whole(known), None


def _uses(meaning: Meaning, scope: Scope) -> Iterator[str]:
    return (use for use in reversed(meaning.all("use")) if use != scope.use)


def _innermost(known: Sequence[Meaning], kind: str) -> str | None:
    return next((value for meaning in known if (value := meaning.one(kind))), None)


def _fund(known: Sequence[Meaning], scope: Scope) -> str | None:
    """The innermost budget that the form's scope does not say already."""
    found = [fund for meaning in known if (fund := fund_of(meaning))]
    specific = [fund for fund in found if fund != "fiscal_appropriation"] or found
    return next((fund for fund in specific if fund not in scope.funds), None)


def _of_fund_or_source(known: Sequence[Meaning], scope: Scope) -> str | None:
    """A source of money, the innermost that is named; a budget is more than 其他 in one heading with it."""
    for meaning in known:
        fund, source = fund_of(meaning), meaning.one("source")
        if fund in scope.funds:
            fund = None
        if source and not (source == "other" and fund):
            return source if not (fund and fund != "fiscal_appropriation" and source == "undertaking") else fund
        if fund:
            return fund
    return None


def _whole(known: Sequence[Meaning]) -> str | None:
    """What a column of everything is: a total, the year's revenue, or just the amount."""
    own = known[0]
    revenue = any("revenue" in meaning.all("side") and "current" in meaning.all("year") for meaning in known)
    if own.says("total"):
        return "revenue" if revenue and not own.says("side") else "total"
    if revenue and not any(meaning.says("total", "stage") for meaning in known):
        return "revenue"
    stage = _innermost(known, "stage")
    if stage and own.says("stage"):
        return STAGES.get(stage, "amount")
    if any(meaning.says("total") for meaning in known):
        return "total"
    if any(meaning.says("fund", "use") for meaning in known):
        return "total"  # the form's own scope and nothing more: 一般公共预算基本支出
    if own.says("side") or own.years:
        return "total" if own.says("side") else "amount"
    return "amount" if stage else None


def _with_one_fund_left_out(columns: Sequence[Column]) -> list[Column]:
    """Columns of 三公 under one budget alone are split by nothing."""
    return list(columns)


def _with_revenue_told_apart(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Of two totals, the one that says 本年收入 is the year's revenue: 总计 stands beside 本年收入合计."""
    if Counter(column.measure for column in columns)["total"] < 2:
        return tuple(columns)
    return tuple(
        replace(column, measure="revenue") if column.measure == "total" and _says_revenue_of_year(column) else column
        for column in columns
    )


def _says_revenue_of_year(column: Column) -> bool:
    meanings = [meaning for meaning in column.meanings if meaning]
    return any("revenue" in m.all("side") for m in meanings) and any("current" in m.all("year") for m in meanings)
