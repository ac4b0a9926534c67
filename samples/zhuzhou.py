"""株洲市天元区总工会's final accounts of 2023, typeset anew from the figures of its own publication.

The figures, and where the paper prints something else than its items add up to, are data/zhuzhou_union_2023.yaml.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Annotated

import yaml
from pydantic import Field

from samples.accounts import NOTHING, Accounts, Spending
from samples.forms.final import final_forms
from samples.forms.house import HouseStyle
from samples.layout import AmountStyle, CodeStyle
from samples.paper import Cover, Foot, Line, Paper, PrintedTable, Prose
from samples.vocabulary import DATA, Facts, ItemCode

TEN_THOUSAND = 10_000
STYLE = HouseStyle(
    levels=(7,),
    in_order=False,
    numbered=True,
    line_numbers=True,
    column_numbers=True,
    item_heading=False,
    economic_groups=3,
    three_public_amounts=AmountStyle(zero="0"),
)


class Item(Facts):
    """What the general public budget paid for one 项, in 万元."""

    code: ItemCode
    name: str
    basic: Decimal = NOTHING
    project: Decimal = NOTHING


class Printed(Facts):
    """A text that the paper prints in the columns `measures` of the line with that label."""

    form: str
    line: str
    measures: Annotated[tuple[str, ...], Field(min_length=1)]
    text: str

    @property
    def yuan(self) -> Decimal | None:
        """The amount that the text states, or None where it is a word."""
        try:
            return Decimal(self.text) * TEN_THOUSAND
        except InvalidOperation:
            return None


class Publication(Facts):
    """The department's publication."""

    department: str
    year: int
    titles: dict[str, str]
    codes: dict[str, CodeStyle]
    spendings: tuple[Item, ...]
    economic: dict[str, Decimal]
    as_printed: tuple[Printed, ...]
    explanation: tuple[str, ...]


def publication() -> Publication:
    """Load and validate the figures."""
    text = (DATA / "zhuzhou_union_2023.yaml").read_text(encoding="utf-8")
    return Publication.model_validate(yaml.safe_load(text))


def zhuzhou_union_2023() -> Paper:
    """Compose the paper: its nine forms as the department printed them, and its explanation."""
    published = publication()
    tables = tuple(_as_printed(table, published) for table in final_forms(_accounts(published), STYLE))
    cover = Cover((f"{published.year}年度", published.department, "部门决算"))
    contents = Prose(
        "目　录",
        (
            "# 第二部分　部门决算表",
            *(f"{place}. {table.title}" for place, table in enumerate(tables, start=1)),
            "# 第三部分　部门决算情况说明",
        ),
    )
    explanation = Prose(f"{published.year}年度部门决算情况说明", published.explanation)
    return Paper(published.department, published.year, "final_accounts", (cover, contents, *tables, explanation))


def _accounts(published: Publication) -> Accounts:
    return Accounts(
        department=published.department,
        year=published.year,
        kind="final_accounts",
        spendings=tuple(
            Spending(
                item.code,
                "general_public_budget",
                basic=item.basic * TEN_THOUSAND,
                project=item.project * TEN_THOUSAND,
            )
            for item in published.spendings
        ),
        basic_by_economic={code: amount * TEN_THOUSAND for code, amount in published.economic.items()},
        names={item.code: item.name for item in published.spendings},
    )


def _as_printed(table: PrintedTable, published: Publication) -> PrintedTable:
    """Give the table its title, codes and cells as the paper prints them; sums of nothing are blank but for “三公”."""
    stated = [cell for cell in published.as_printed if cell.form == table.form]
    form = table.form or ""
    table = replace(table, title=published.titles.get(form, table.title), codes=published.codes.get(form))
    if table.amounts is None:
        table = _with_lines(table, _without_zeros)
    zeros = {cell.text for cell in stated if cell.yuan == 0}
    if zeros:
        table = replace(table, amounts=AmountStyle(zero=zeros.pop()))
    return _with_lines(table, lambda line: _restated(line, stated))


def _with_lines(table: PrintedTable, change: Callable[[Line], Line]) -> PrintedTable:
    def closing(foot: Foot) -> Foot:
        return replace(foot, line=change(foot.line)) if foot.line else foot

    panels = tuple(replace(panel, lines=tuple(map(change, panel.lines))) for panel in table.panels)
    return replace(table, panels=panels, feet=tuple(tuple(map(closing, feet)) for feet in table.feet))


def _without_zeros(line: Line) -> Line:
    return replace(line, amounts={measure: amount or None for measure, amount in line.amounts.items()})


def _restated(line: Line, stated: Iterable[Printed]) -> Line:
    for cell in stated:
        if cell.line == line.label:
            amounts = dict.fromkeys(cell.measures, cell.yuan)
            words = {} if cell.yuan is not None else dict.fromkeys(cell.measures, cell.text)
            line = replace(line, amounts={**line.amounts, **amounts}, words={**line.words, **words})
    return line
