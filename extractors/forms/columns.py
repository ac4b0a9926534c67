"""The headings over a column → what the column holds: its role, or its measure and the budget that is split off.

The meaning is composed of the words of all headings, the innermost first: 上年结转 over 一般公共预算 is what was left
of the general budget, 一般公共预算 over 基本支出 the basic expenditure from it. A heading of which a word is not known
gives nothing, for that word may change everything.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.forms.header import column_path
from extractors.forms.meaning import Meaning, fund_of, joined_meanings
from extractors.tables.grid import Grid
from schemas.forms import FormDefinition, Scope
from schemas.records import Unit

Path = tuple[str, ...]
CODE_ROLES = ("code", "class_code", "group_code", "item_code")
LABEL_ROLES = ("label", "unit_label")
KNOWN_ASIDE = ("difference", "aside", "part", "subtotal", "remark", "row_number", "quantity", "last_year_part")
"""Roles of columns whose figures are known to be no amount of the form's own."""
WHOLE_MEASURES = ("amount", "total")
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

    @property
    def unit(self) -> Unit | None:
        """The unit of money that its innermost heading declares."""
        return next((meaning.unit for meaning in reversed(self.meanings) if meaning and meaning.unit), None)


def columns_of(grid: Grid, header: Sequence[int], form: FormDefinition) -> tuple[Column, ...]:
    """Every column of a table as the form reads its headings."""
    paths = [column_path(grid, header, col) for col in range(1, grid.cols + 1)]
    columns = [_column(index, path, form.measures, form.scope) for index, path in enumerate(paths, start=1)]
    return _told_apart(columns)


def _column(index: int, path: Path, measures: tuple[str, ...], scope: Scope) -> Column:
    meanings = tuple(joined_meanings(path))
    role, measure, fund = composed(meanings, scope)
    if role is None and measure is None and path and meanings[-1] is None and path[-1].startswith("其中"):
        role = "part"  # whatever it is, it is within the column beside it
    if measure is not None and measure not in measures:
        measure = None
    return Column(index, path, role, measure, fund if measure else None, meanings)


def measure_of(path: Path, measures: tuple[str, ...]) -> str | None:
    """The measure among `measures` that a heading names, or None."""
    return _column(0, path, measures, Scope()).measure


Composed = tuple[str | None, str | None, str | None]
"""Role, measure and fund."""
UNREAD: Composed = (None, None, None)


def composed(meanings: Sequence[Meaning | None], scope: Scope) -> Composed:
    """What headings one below the other make together, in a form whose amounts are all of `scope`."""
    if not meanings or meanings[-1] is None:
        return UNREAD
    if role := _role(meanings):
        return role, None, None
    known = [meaning for meaning in reversed(meanings) if meaning is not None]
    if len(known) < len(meanings):
        return UNREAD
    if aside := _aside(known):
        return aside, None, None
    return _measured(known, scope)


def _aside(known: Sequence[Meaning]) -> str | None:
    """The role of a column that prints no amount of its own: a difference, or a part that has no measure."""
    if any(meaning.says("change") for meaning in known):
        return "difference"
    if any(meaning.says("aside") for meaning in known):
        return "aside"
    if any("quantity" in meaning.all("noun") for meaning in known):
        return "quantity"
    split = any(meaning.says("balance") for meaning in known) or _of_revenue(known)
    return "part" if split and any(meaning.says("use") for meaning in known) else None


def _of_revenue(known: Sequence[Meaning]) -> bool:
    return any("revenue" in meaning.all("side") and "current" in meaning.all("year") for meaning in known)


def _measured(known: Sequence[Meaning], scope: Scope) -> Composed:
    measure, fund = _measure(known, scope)
    if any("carried" in meaning.all("balance") and "previous" in meaning.all("year") for meaning in known):
        return None, measure, fund  # 上年财政拨款结余
    if measure in WHOLE_MEASURES and known[0].part and len(known) > 1:
        return "part", None, None  # 其中：本级 under 合计
    if measure is None or not any("previous" in meaning.all("year") for meaning in known):
        return None, measure, fund
    if measure not in WHOLE_MEASURES:
        return "last_year_part", None, None
    executed = any(meaning.one("stage") in ("executed", "final") for meaning in known)
    return None, "previous_year_executed" if executed else "previous_year", None


def _role(meanings: Sequence[Meaning | None]) -> str | None:
    """The role of a column by its innermost heading; 合计 below it is the body's first row, risen into the header."""
    own = meanings[-1]
    if own is None:
        return None
    above = meanings[-2] if len(meanings) > 1 else None
    if own.says("total") and above and _leads(above):
        return _role(meanings[:-1])
    if (level := own.one("level")) and not own.says("fund", "source", "use", "balance"):
        return level
    return _role_of(own, [meaning for meaning in meanings[:-1] if meaning and _leads(meaning)]) if _leads(own) else None


def _leads(meaning: Meaning) -> bool:
    """Whether a heading names rows, not amounts."""
    return meaning.says("noun", "system") and not meaning.says(
        "fund", "source", "use", "balance", "item", "total", "stage", "change"
    )


ROLES_OF_NOUNS = {"remark": "remark", "row_number": "row_number", "quantity": "quantity", "year": "year"}


def _role_of(own: Meaning, above: Sequence[Meaning]) -> str:
    """The role of a heading; what 编码 or 科目名称 are of may be said above it."""
    if role := next((role for noun, role in ROLES_OF_NOUNS.items() if noun in own.all("noun")), None):
        return role
    nouns = set(own.all("noun"))
    systems = [system for meaning in (own, *reversed(above)) for system in meaning.all("system")]
    if nouns <= {"code", "name"} and not own.says("system"):
        nouns |= {noun for meaning in above for noun in meaning.all("noun")}
    of_accounts = bool(systems) or "account" in nouns
    kind = "government" if systems[:1] == ["government"] else "unit" if _of_units(nouns, of_accounts) else ""
    if "code" not in nouns:
        return f"{kind}_label" if kind else "label"
    if "project" in own.all("noun") and not of_accounts:
        return "remark"
    return f"{kind}_code" if kind else "code"


def _of_units(nouns: Collection[str], of_accounts: bool) -> bool:
    return "organisation" in nouns and "project" not in nouns and not of_accounts


def _measure(known: Sequence[Meaning], scope: Scope) -> tuple[str | None, str | None]:
    """The measure that headings give, innermost first, and the budget that splits it."""
    fund = _fund(known, scope)
    split = fund if fund != "fiscal_appropriation" else None
    if balance := _balance(known):
        return balance, split
    use = next((use for meaning in known for use in _uses(meaning, scope)), None)
    if use:
        return use, split
    if money := _of_fund_or_source(known, scope):
        return money, None
    return _whole(known), None


def _balance(known: Sequence[Meaning]) -> str | None:
    """The balance that headings name; 结转结余 alone is what was brought forward."""
    found = [balance for meaning in known for balance in meaning.all("balance")]
    told = [balance for balance in found if balance != "carried"]
    return (told or ["opening_balance"])[0] if found else None


def _uses(meaning: Meaning, scope: Scope) -> Iterator[str]:
    return (use for use in reversed(meaning.all("use")) if use != scope.use)


def _fund(known: Sequence[Meaning], scope: Scope) -> str | None:
    """The innermost budget that the form's scope does not say already."""
    found = [fund for meaning in known if (fund := fund_of(meaning))]
    specific = [fund for fund in found if fund != "fiscal_appropriation"] or found
    return next((fund for fund in specific if fund not in scope.funds), None)


def _of_fund_or_source(known: Sequence[Meaning], scope: Scope) -> str | None:
    """A source of money, the innermost that is named; a budget is more than 其他 in one heading with it."""
    specific = any(fund_of(meaning) not in (None, "fiscal_appropriation", *scope.funds) for meaning in known)
    for meaning in known:
        fund, source = fund_of(meaning), meaning.one("source")
        if fund in scope.funds or (specific and fund == "fiscal_appropriation"):
            fund = None  # 其中：财政拨款 under a budget is of that budget
        if source and not (source == "other" and fund):
            return source if not (fund and fund != "fiscal_appropriation" and source == "undertaking") else fund
        if fund:
            return fund
    return None


def _whole(known: Sequence[Meaning]) -> str | None:
    """What a column of everything is: a total, the year's revenue, or just the amount."""
    own = known[0]
    revenue = _of_revenue(known)
    if own.says("total"):
        return "revenue" if revenue and not own.says("side") else "total"
    if revenue and not any(meaning.says("total", "stage") for meaning in known):
        return "revenue"
    return _of_stage(known) or _of_the_form(known)


def _of_stage(known: Sequence[Meaning]) -> str | None:
    """年初预算数, 预算数 or 金额 in the innermost heading."""
    stage = known[0].one("stage")
    return STAGES.get(stage, "amount") if stage else None


def _of_the_form(known: Sequence[Meaning]) -> str | None:
    """Headings that say no more than the form's own scope (一般公共预算基本支出), a side or a year."""
    if any(meaning.says("total", "fund", "use", "side") for meaning in known):
        return "total"
    return "amount" if any(meaning.years or meaning.says("stage") for meaning in known) else None


def _told_apart(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns of one measure told apart where their headings do so.

    Of two totals the one that says 本年收入 is the year's revenue; what is headed 其中 is a part of the other; and a
    总计 over everything is the total, not the 小计 of a group beside it.
    """
    found = list(columns)
    for of in (_as_revenue, _as_part, _as_subtotal):
        counts = Counter((column.measure, column.fund) for column in found if column.measure)
        twice = [column for column in found if column.measure and counts[column.measure, column.fund] > 1]
        found = [of(column, twice) if column in twice else column for column in found]
    return tuple(found)


def _as_revenue(column: Column, twice: Sequence[Column]) -> Column:
    return replace(column, measure="revenue") if column.measure == "total" and _says_revenue_of_year(column) else column


def _as_part(column: Column, twice: Sequence[Column]) -> Column:
    own = column.meanings[-1]
    return replace(column, measure=None, fund=None, role="part") if own and own.part else column


def _as_subtotal(column: Column, twice: Sequence[Column]) -> Column:
    same = [other for other in twice if (other.measure, other.fund) == (column.measure, column.fund)]
    said = [other for other in same if other.meanings[-1] and other.meanings[-1].says("total")] or same
    depth = min(len(other.path) for other in said)
    topmost = [other for other in said if len(other.path) == depth]
    if column.measure != "total" or len(topmost) != 1 or column is topmost[0]:
        return column
    return replace(column, measure=None, fund=None, role="subtotal")


def _says_revenue_of_year(column: Column) -> bool:
    return _of_revenue([meaning for meaning in column.meanings if meaning])
