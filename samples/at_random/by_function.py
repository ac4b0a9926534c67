"""Forms whose rows are function codes, for the department alone or for each of its units; and those of units alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from samples.accounts import LEVELS, Accounts, Source, Spending, tallied
from samples.at_random.books import Books, Organisation
from samples.at_random.choices import Chosen
from samples.at_random.money import Money, columns_of, source_money, tallies_of, use_money
from samples.at_random.wording import Wording
from samples.forms.house import HouseStyle
from samples.forms.lines import function_lines, known
from samples.paper import Column, Foot, Line, Panel

ROW_LEVELS = {"all": LEVELS, "items": (7,), "types_and_items": (3, 7)}
IN_COLUMNS = ("once", "merged", "each_row", "coded", "one_unit")
"""Ways to list units that print them in columns of their own."""
LEAST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Body:
    """A form's panels side by side and the closing rows below them."""

    panels: tuple[Panel, ...]
    feet: tuple[tuple[Foot, ...], ...] = ()


LAST_YEAR_BUDGET = {"previous_year": "预算数"}
LAST_YEAR_EXECUTED = {"previous_year_executed": "执行数"}


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of a form add up: `money` over the spendings that `kept` keeps, under each unit if `by_unit`."""

    money: Sequence[Money]
    kept: Callable[[Spending], bool] = field(default=lambda _: True)
    by_unit: bool = False


def revenue(books: Books, words: Wording) -> Body:
    """收入总表 by function."""
    return function_body(books, words, Rows(source_money(words, carried=_carried(books)), by_unit=True))


def expenditure(books: Books, words: Wording) -> Body:
    """支出总表 by function."""
    money = use_money(words, spendings=books.whole.spendings, whole=True)
    return function_body(books, words, Rows(money, by_unit=True))


def general_budget(books: Books, words: Wording) -> Body:
    """一般公共预算支出表, perhaps beside last year's figures."""
    source: Source = "general_public_budget"
    option = words.chosen["last_year"]
    above = () if option == "none" else (f"{words.year}年预算数",)
    money = use_money(words, *above, spendings=books.whole.paid_from(source))
    printed = {"none": {}, "beside": LAST_YEAR_BUDGET, "twice": LAST_YEAR_BUDGET | LAST_YEAR_EXECUTED}[option]
    before = tuple(
        Money(measure, (f"{words.year - 1}年{heading}",), _last_year) for measure, heading in printed.items()
    )
    return function_body(books, words, Rows((*before, *money), _paid_from(source), by_unit=True))


def basic_by_function(books: Books, words: Wording) -> Body:
    """一般公共预算基本支出表（按功能分类）: the basic expenditure alone, for people and for offices."""
    money = (
        Money("total", (words.heading("total"),), lambda s: s.basic),
        Money("personnel", (words.heading("personnel"),), lambda s: s.personnel),
        Money("public_use", (words.heading("public_use"),), lambda s: s.public_use),
    )
    return function_body(books, words, Rows(money, lambda s: s.source == "general_public_budget" and s.basic != 0))


def of_budget(books: Books, words: Wording, source: Source) -> Body:
    """政府性基金预算支出表 or 国有资本经营预算支出表, which may have no rows."""
    money = use_money(words, spendings=books.whole.paid_from(source))
    return function_body(books, words, Rows(money, _paid_from(source)))


def revenue_by_organisation(books: Books, words: Wording) -> Body:
    """收入总表 whose rows are units."""
    return organisation_body(books, words, source_money(words, carried=_carried(books)))


def expenditure_by_organisation(books: Books, words: Wording) -> Body:
    """支出总表 whose rows are units."""
    return organisation_body(books, words, use_money(words, spendings=books.whole.spendings, whole=True))


def _carried(books: Books) -> bool:
    return any(spending.opening for spending in books.whole.spendings)


def _paid_from(source: Source) -> Callable[[Spending], bool]:
    return lambda spending: spending.source == source


def _last_year(spending: Spending) -> Decimal:
    return spending.basic


def function_body(books: Books, words: Wording, rows: Rows) -> Body:
    """Arrange a row for each function code, and totals first, last or both."""
    chosen = words.chosen
    units = books.organisations if rows.by_unit and chosen["units"] != "none" else ()
    columns = (
        *_unit_columns(words, bool(units)),
        Column("code", (words.heading("code"),)),
        Column("label", (words.heading("name"),)),
        *columns_of(rows.money, words),
    )
    lines = list(_unit_lines(units, chosen, rows)) if units else list(_code_lines(books.whole, chosen, rows))
    return with_totals(columns, lines, _sums("合计", books.whole, chosen, rows), chosen, "function", alone=not units)


def with_totals(
    columns: Sequence[Column], lines: Sequence[Line], total: Line, chosen: Chosen, system: str, *, alone: bool = True
) -> Body:
    """Put the total before the lines, after them or both; where the one unit of a paper is named it stands for it."""
    option = chosen["total_row"]
    first = option in ("first", "both") and (alone or chosen["units"] != "one_unit")
    last = option in ("last", "both") and (alone or chosen["units"] != "one_unit")
    body = (*((total,) if first else ()), *lines)
    panel = Panel(tuple(columns), tuple(body), code_system="function" if system == "function" else "economic")
    return Body((panel,), ((Foot(total),),) if last else ())


def _unit_columns(words: Wording, listed: bool) -> tuple[Column, ...]:
    if not listed or words.chosen["units"] not in IN_COLUMNS:
        return ()
    name = Column("organisation", (words.heading("organisation"),))
    if words.chosen["units"] != "coded":
        return (name,)
    return Column("organisation_code", (words.heading("organisation_code"),)), name


def _unit_lines(units: Sequence[Organisation], chosen: Chosen, rows: Rows) -> Iterator[Line]:
    """List each unit's own total, then its codes; where every row names its unit there is no such total."""
    option = chosen["units"]
    for unit in units:
        if option != "each_row":
            label = unit.name if option == "in_labels" else ""
            yield _of_unit(_sums(label, unit.accounts, chosen, rows), unit, shown=option != "in_labels")
        for line in _code_lines(unit.accounts, chosen, rows):
            yield _of_unit(line, unit, shown=option == "each_row")


def _of_unit(line: Line, unit: Organisation, *, shown: bool) -> Line:
    """Say whose line it is; a line without a label of its own has the unit's name."""
    return replace(
        line,
        name=None if line.label else unit.name,
        organisation=unit.name,
        organisation_code=unit.code,
        organisation_shown=shown,
    )


def _code_lines(accounts: Accounts, chosen: Chosen, rows: Rows) -> Sequence[Line]:
    kept = tuple(filter(rows.kept, accounts.spendings))
    style = HouseStyle(levels=ROW_LEVELS[chosen["levels"]], indent=chosen["indents"] != "none" or _by_indents(chosen))
    return function_lines(accounts, kept, tallies_of(rows.money), style)


def _by_indents(chosen: Chosen) -> bool:
    return chosen["codes"] == "unprinted"


def _sums(label: str, accounts: Accounts, chosen: Chosen, rows: Rows) -> Line:
    """Add up a whole form or unit; where there is nothing, zeros are printed or the cells stay blank."""
    kept = tuple(filter(rows.kept, accounts.spendings))
    sums = tallied(kept, tallies_of(rows.money))
    return Line(label, dict(sums) if chosen["empty_forms"] == "zeros" else known(sums), strong=True)


def organisation_body(books: Books, words: Wording, money: Sequence[Money]) -> Body:
    """Arrange a row for each unit; the department's total names none."""
    rows = Rows(money)
    lines = [_of_unit(_sums("", unit.accounts, words.chosen, rows), unit, shown=True) for unit in books.organisations]
    plain = tuple(replace(line, strong=False, label=line.organisation, name=None) for line in lines)
    code = (
        (Column("organisation_code", (words.heading("organisation_code"),)),)
        if words.chosen["units"] == "coded"
        else ()
    )
    columns = (*code, Column("label", (words.heading("organisation"),)), *columns_of(money, words))
    return with_totals(columns, plain, _sums("合计", books.whole, words.chosen, rows), words.chosen, "function")
