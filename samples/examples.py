"""Example papers of invented departments, in the manner of each family of publishers."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from samples.accounts import Accounts
from samples.figures import HUNDRED_YUAN, accounts
from samples.forms.appraisal import appraisal_table
from samples.forms.final import final_forms
from samples.forms.house import HouseStyle
from samples.forms.jiangsu import jiangsu_forms
from samples.forms.national import national_forms
from samples.forms.shanghai import shanghai_forms
from samples.layout import WITH_THOUSANDS
from samples.paper import Cover, Paper, PrintedTable, Prose
from samples.prose import explanation
from schemas.records import Kind, Unit

Family = Literal["hunan", "shanghai", "jiangsu", "national"]
FormSet = Callable[[Accounts, HouseStyle], tuple[PrintedTable, ...]]

STYLES: dict[tuple[Family, Kind], HouseStyle] = {
    ("hunan", "final_accounts"): HouseStyle(
        numbered=True, line_numbers=True, column_numbers=True, item_heading=False, economic_groups=3, all_codes=True
    ),
    ("hunan", "budget"): HouseStyle(numbered=True, all_codes=False),
    ("shanghai", "final_accounts"): HouseStyle(three_public="pairs", indent=True),
    ("shanghai", "budget"): HouseStyle(
        unit="元", total_first=False, department_word="编制部门", all_codes=False, three_public_amounts=WITH_THOUSANDS
    ),
    ("jiangsu", "final_accounts"): HouseStyle(numbered=True, three_public="pairs", levels=(3, 5, 7)),
    ("jiangsu", "budget"): HouseStyle(numbered=True, item_heading=False, department_word="部门名称", all_codes=False),
    ("national", "final_accounts"): HouseStyle(numbered=True, line_numbers=True, column_numbers=True, levels=(7,)),
    ("national", "budget"): HouseStyle(all_codes=False, total_first=False, indent=True),
}
BUDGET_FORMS: dict[Family, FormSet] = {
    "hunan": national_forms,
    "shanghai": shanghai_forms,
    "jiangsu": jiangsu_forms,
    "national": national_forms,
}


def example_paper(
    family: Family,
    kind: Kind,
    seed: int,
    *,
    year: int = 2024,
    department: str | None = None,
    unit: Unit | None = None,
    style: HouseStyle | None = None,
    grain: Decimal = HUNDRED_YUAN,
    refund: bool = False,
    appendix: bool = False,
) -> Paper:
    """Make up a whole paper: cover, contents, the family's forms and the explanation of their figures.

    The same arguments give the same paper. `department` is one of the invented ones, or one that `seed` picks;
    `unit` and `style` override the family's; `grain` and `refund` are those of `samples.figures.accounts`.
    `appendix` adds a table that is no form.
    """
    own = style or STYLES[family, kind]
    house = replace(own, unit=unit or own.unit)
    books = accounts(
        seed,
        kind,
        year,
        department=department,
        grain=grain,
        reserve=family == "jiangsu" and kind == "budget",
        refund=refund,
    )
    tables = (final_forms if kind == "final_accounts" else BUDGET_FORMS[family])(books, house)
    paper = whole_paper(books, tables)
    return replace(paper, blocks=(*paper.blocks, appraisal_table(books, house))) if appendix else paper


def whole_paper(books: Accounts, tables: tuple[PrintedTable, ...]) -> Paper:
    """`tables` between a cover, a list of them, and prose on their figures."""
    word = "决算" if books.kind == "final_accounts" else "预算"
    cover = Cover((f"{books.year}年度", books.department, f"部门{word}"))
    contents = Prose(
        "目　录",
        (
            f"# 第一部分　{books.year}年度部门{word}表",
            *(f"{place}. {_in_one_line(table.title)}" for place, table in enumerate(tables, start=1)),
            f"# 第二部分　{books.year}年度部门{word}情况说明",
        ),
    )
    return Paper(books.department, books.year, books.kind, (cover, contents, *tables, explanation(books)))


def _in_one_line(title: str) -> str:
    return "".join(title.splitlines())
