"""“三公”经费 in every shape: items, budgets, years and units as rows or as columns."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from samples.accounts import FISCAL_SOURCES, NOTHING, ThreePublic
from samples.at_random.books import Books
from samples.at_random.by_function import Body
from samples.at_random.wording import Wording, three_public_unit
from samples.forms.three_public import CARS, NATIONAL, Heading, blocks, lines_of, named_amounts, pairs, singles
from samples.paper import Column, Line, Panel

LABELS = {CARS: "公务用车购置及运行维护费"}
INDENTED = ("公务用车购置费", "公务用车运行维护费")
BUDGET, BEFORE, CHANGE = "budget", "previous_year", "change"


def three_public(books: Books, words: Wording) -> Body:
    """“三公”经费支出表."""
    return SHAPES[words.chosen["three_public"]](books, words)


def _years(words: Wording) -> dict[str, str]:
    return {BEFORE: f"{words.year - 1}年预算数", BUDGET: f"{words.year}年预算数"}


def _amounts(books: Books) -> dict[str, dict[str, Decimal]]:
    whole = books.whole
    return {BEFORE: named_amounts(whole.three_public_before), BUDGET: named_amounts(whole.three_public)}


def _transposed(books: Books, columns: Sequence[Column]) -> Body:
    """Print one row whose columns are lines of their own."""
    return Body((Panel(tuple(columns), lines_of(NATIONAL, _amounts(books))),))


def _rows(books: Books, words: Wording) -> Body:
    """Print items as rows, years as columns, the change between them beside."""
    amounts = _amounts(books)
    columns = (
        Column("label", (words.heading("item"),)),
        *(Column("amount", _money(words, heading), measure) for measure, heading in _years(words).items()),
        Column("amount", _money(words, "增减额"), CHANGE, stated=False),
    )
    lines = [
        _item(name, {**{year: amounts[year][name] for year in amounts}, CHANGE: amounts[BUDGET][name] - before})
        for name, before in amounts[BEFORE].items()
    ]
    return Body((Panel(columns, tuple(lines)),))


def _item(name: str, amounts: Mapping[str, Decimal | None]) -> Line:
    return Line(name, amounts, indent=int(name in INDENTED), strong=name == "合计")


def _rows_by_budget(books: Books, words: Wording) -> Body:
    """Print items as rows, their total and the three budgets as columns."""
    whole = named_amounts(books.whole.three_public)
    columns = (
        Column("label", (words.heading("item"),)),
        Column("amount", _money(words, "合计"), BUDGET),
        *(Column("amount", _money(words, words.heading(b)), b, measure=BUDGET, fund=b) for b in FISCAL_SOURCES),
    )
    lines = [_item(name, {BUDGET: amount, **_by_budget(amount)}) for name, amount in whole.items()]
    return Body((Panel(columns, tuple(lines)),))


def _by_budget(amount: Decimal) -> dict[str, Decimal]:
    """All of it is paid from the general public budget, as nearly everywhere."""
    return {budget: amount if budget == FISCAL_SOURCES[0] else NOTHING for budget in FISCAL_SOURCES}


def _years_as_rows(books: Books, words: Wording) -> Body:
    """Print years as rows, items as columns, the change in a row of its own."""
    columns = (Column("label", ("年度",)), *_item_columns(words))
    return Body((Panel(columns, tuple(_year_lines(books, words, dict))),))


def _year_lines(books: Books, words: Wording, spread: Callable[[dict[str, Decimal]], dict[str, Decimal]]) -> list[Line]:
    amounts = _amounts(books)
    change = {name: amounts[BUDGET][name] - before for name, before in amounts[BEFORE].items()}
    return [
        Line(f"{words.year - 1}年", spread(amounts[BEFORE]), measure=BEFORE),
        Line(f"{words.year}年", spread(amounts[BUDGET]), measure=BUDGET),
        Line("增减额", spread(change), stated=False),
    ]


def _item_columns(words: Wording, *above: str, key: str = "", stated: bool = True) -> tuple[Column, ...]:
    """Head a column for each item; its amounts have the item's name."""
    return tuple(
        Column(
            "amount",
            (*above, *_money(words, *heading.path)),
            f"{key}{heading.name}",
            measure=key or BUDGET,
            name=heading.name,
            stated=stated,
        )
        for heading in NATIONAL
    )


def _years_by_budget(books: Books, words: Wording) -> Body:
    """Print years as rows, each item under each of the three budgets as columns."""
    columns = (
        Column("label", ("年度",)),
        *(
            Column(
                "amount",
                (*_path(heading), *_money(words, words.heading(budget))),
                f"{budget}/{heading.name}",
                fund=budget,
                name=heading.name,
            )
            for heading in NATIONAL
            for budget in FISCAL_SOURCES
        ),
    )

    def spread(amounts: dict[str, Decimal]) -> dict[str, Decimal]:
        return {
            f"{budget}/{name}": part for name, amount in amounts.items() for budget, part in _by_budget(amount).items()
        }

    return Body((Panel(columns, tuple(_year_lines(books, words, spread))),))


def _path(heading: Heading) -> tuple[str, ...]:
    return heading.path


def _organisations(books: Books, words: Wording) -> Body:
    """Print units as rows, items as columns."""
    return _by_unit(books, words, _item_columns(words), lambda now, before: named_amounts(now))


def _organisations_by_year(books: Books, words: Wording) -> Body:
    """Print units as rows, and the items of last year, of this year and the change between them as columns."""
    columns = (
        *_item_columns(words, "上年", key=BEFORE),
        *_item_columns(words, "当年", key=BUDGET),
        *_item_columns(words, "增减情况", key=CHANGE, stated=False),
    )

    def amounts(now: ThreePublic, before: ThreePublic) -> dict[str, Decimal]:
        new, old = named_amounts(now), named_amounts(before)
        return {
            **{f"{BEFORE}{name}": amount for name, amount in old.items()},
            **{f"{BUDGET}{name}": amount for name, amount in new.items()},
            **{f"{CHANGE}{name}": new[name] - old[name] for name in new},
        }

    return _by_unit(books, words, columns, amounts)


def _by_unit(
    books: Books,
    words: Wording,
    columns: Sequence[Column],
    amounts: Callable[[ThreePublic, ThreePublic], dict[str, Decimal]],
) -> Body:
    whole = books.whole
    lines = [
        Line("合计", amounts(whole.three_public, whole.three_public_before), strong=True),
        *(
            Line(
                unit.name,
                amounts(unit.accounts.three_public, unit.accounts.three_public_before),
                organisation=unit.name,
                organisation_code=unit.code,
                organisation_shown=True,
            )
            for unit in books.organisations
        ),
    ]
    return Body((Panel((Column("label", (words.heading("organisation"),)), *columns), tuple(lines)),))


def _money(words: Wording, *path: str) -> tuple[str, ...]:
    return words.money(*path, unit=three_public_unit(words.chosen))


SHAPES: dict[str, Callable[[Books, Wording], Body]] = {
    "blocks": lambda books, words: _transposed(books, blocks(NATIONAL, _years(words))),
    "pairs": lambda books, words: _transposed(books, pairs(NATIONAL, _years(words), "“三公”经费")),
    "singles": lambda books, words: _transposed(books, singles(NATIONAL, BUDGET)),
    "rows": _rows,
    "rows_by_budget": _rows_by_budget,
    "years": _years_as_rows,
    "years_by_budget": _years_by_budget,
    "organisations": _organisations,
    "organisations_by_year": _organisations_by_year,
}
