"""项目支出表: rows are projects, columns the budgets that pay for them."""

from decimal import Decimal

from samples.accounts import FISCAL_SOURCES, NOTHING, OTHER_SOURCES, Source
from samples.at_random.books import Books
from samples.at_random.by_function import Body, with_totals
from samples.at_random.wording import Wording
from samples.paper import Column, Line

COLUMNS: dict[str, tuple[Source, ...]] = {**{source: (source,) for source in FISCAL_SOURCES}, "other": OTHER_SOURCES}


def projects(books: Books, words: Wording) -> Body:
    """Print a row for each project of the accounts, named after what it is spent on, and the total."""
    paid = [spending for spending in books.whole.spendings if spending.project]
    columns = (
        Column("label", ("项目名称",)),
        Column("amount", words.money(words.heading("total")), "total"),
        *(Column("amount", words.money(words.heading(key)), key) for key in COLUMNS),
    )

    def amounts(code: str) -> dict[str, Decimal | None]:
        own = [spending for spending in paid if spending.code.startswith(code)]
        parts: dict[str, Decimal | None] = {
            key: sum((s.project for s in own if s.source in sources), NOTHING) for key, sources in COLUMNS.items()
        }
        return {"total": sum((spending.project for spending in own), NOTHING), **parts}

    names = books.whole.names
    codes = dict.fromkeys(spending.code for spending in paid)
    lines = [Line(f"{names[code[:5]]}{names[code]}专项", amounts(code)) for code in codes]
    return with_totals(columns, lines, Line("合计", amounts(""), strong=True), words.chosen, "function")
