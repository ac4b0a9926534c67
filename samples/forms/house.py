"""What a publisher's forms look like before any drawing: wording, order and which rows and columns are printed."""

from dataclasses import dataclass
from typing import Literal

from samples.accounts import LEVELS, Accounts
from samples.layout import AmountStyle
from samples.paper import Foot, Panel, PrintedTable
from schemas.records import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """The habits of one publisher.

    `levels` are the lengths of the codes that have rows; `in_order` false keeps the order of the accounts.
    `numbered` prints 公开01表 …, `line_numbers` the 行次 columns, `column_numbers` the 栏次 row. `item_heading`
    puts 项目 over code and name. `economic_groups` is how many groups of 基本支出 stand side by side, `all_codes`
    prints economic codes without an amount too. `three_public` prints 预算数 and 决算数 as two blocks or as pairs
    under each heading, in `three_public_unit`.
    """

    unit: Unit = "万元"
    levels: tuple[int, ...] = LEVELS
    in_order: bool = True
    total_first: bool = True
    numbered: bool = False
    line_numbers: bool = False
    column_numbers: bool = False
    item_heading: bool = True
    indent: bool = False
    department_word: str = "部门"
    economic_groups: Literal[2, 3] = 2
    all_codes: bool = True
    three_public: Literal["blocks", "pairs"] = "blocks"
    three_public_unit: Unit = "万元"
    three_public_amounts: AmountStyle | None = None


@dataclass(frozen=True, slots=True)
class Imprint:
    """Which form a table is; its title, its place among the forms (from 1) and its notes."""

    form: str | None
    title: str
    place: int
    notes: tuple[str, ...] = ()


def printed_table(
    accounts: Accounts,
    style: HouseStyle,
    imprint: Imprint,
    panels: tuple[Panel, ...],
    feet: tuple[tuple[Foot, ...], ...] = (),
    *,
    unit: Unit | None = None,
    amounts: AmountStyle | None = None,
    least_rows: int = 0,
    column_numbers: bool | None = None,
) -> PrintedTable:
    """Make the table that `imprint` names, with what the publisher prints above and below all of its tables."""
    return PrintedTable(
        form=imprint.form,
        title=imprint.title,
        unit=unit or style.unit,
        department=accounts.department,
        panels=panels,
        feet=feet,
        number=f"公开{imprint.place:02d}表" if style.numbered else None,
        department_word=style.department_word,
        notes=imprint.notes,
        least_rows=least_rows,
        column_numbers=style.column_numbers if column_numbers is None else column_numbers,
        amounts=amounts,
    )
