"""“三公”经费 forms, whose columns are lines of their own: a single row of amounts under spanning headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samples.accounts import Accounts, ThreePublic
from samples.forms.house import HouseStyle, Imprint, printed_table
from samples.paper import Column, Line, Panel, PrintedTable

CARS = "公务用车购置及运行维护费"


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of one line's column or columns, and the contract's name of the line."""

    path: tuple[str, ...]
    name: str


NATIONAL = (
    Heading(("合计",), "合计"),
    Heading(("因公出国（境）费",), "因公出国（境）费"),
    Heading((CARS, "小计"), CARS),
    Heading((CARS, "公务用车购置费"), "公务用车购置费"),
    Heading((CARS, "公务用车运行维护费"), "公务用车运行维护费"),
    Heading(("公务接待费",), "公务接待费"),
)


def named_amounts(spent: ThreePublic) -> dict[str, Decimal]:
    """Name the amounts as the contract names their lines."""
    return {
        "合计": spent.total,
        "因公出国（境）费": spent.abroad,
        CARS: spent.cars,
        "公务用车购置费": spent.car_purchase,
        "公务用车运行维护费": spent.car_running,
        "公务接待费": spent.reception,
    }


def lines_of(headings: Sequence[Heading], amounts: Mapping[str, Mapping[str, Decimal]]) -> tuple[Line, ...]:
    """List a line for each heading; `amounts` gives the amounts by measure and name."""
    return tuple(
        Line(heading.path[-1], {measure: named[heading.name] for measure, named in amounts.items()}, name=heading.name)
        for heading in headings
    )


def singles(headings: Sequence[Heading], measure: str) -> tuple[Column, ...]:
    """Arrange a column for each heading, all of the same measure."""
    return tuple(Column("amount", heading.path, measure, line) for line, heading in enumerate(headings))


def blocks(headings: Sequence[Heading], measures: Mapping[str, str]) -> tuple[Column, ...]:
    """Arrange the columns of the first measure, then those of the next; `measures` gives the heading of each block."""
    return tuple(
        Column("amount", (above, *heading.path), measure, line)
        for measure, above in measures.items()
        for line, heading in enumerate(headings)
    )


def pairs(headings: Sequence[Heading], measures: Mapping[str, str], above: str) -> tuple[Column, ...]:
    """Arrange a column of each measure under each heading, all under the spanning heading `above`.

    A shorter heading is repeated downwards, so that the measures' words stand in one row.
    """
    depth = max(len(heading.path) for heading in headings)
    stretched = [heading.path + heading.path[-1:] * (depth - len(heading.path)) for heading in headings]
    return tuple(
        Column("amount", (above, *stretched[line], word), measure, line)
        for line in range(len(headings))
        for measure, word in measures.items()
    )


def three_public_form(
    accounts: Accounts,
    style: HouseStyle,
    imprint: Imprint,
    lines: Sequence[Line],
    columns: Sequence[Column],
    *,
    column_numbers: bool = False,
) -> PrintedTable:
    """Arrange `lines` as one row under `columns`, in the publisher's unit for “三公”."""
    return printed_table(
        accounts,
        style,
        imprint,
        (Panel(tuple(columns), tuple(lines)),),
        unit=style.three_public_unit,
        amounts=style.three_public_amounts,
        column_numbers=column_numbers,
    )
