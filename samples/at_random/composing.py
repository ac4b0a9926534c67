"""A whole random paper: its forms in order with their titles, and the layout that it is drawn in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from samples.accounts import Source
from samples.at_random.books import YEAR, Books, books
from samples.at_random.by_economic import basic, general
from samples.at_random.by_function import (
    LEAST_ROWS,
    Body,
    basic_by_function,
    expenditure,
    expenditure_by_organisation,
    general_budget,
    of_budget,
    revenue,
    revenue_by_organisation,
)
from samples.at_random.choices import Chosen
from samples.at_random.projects import projects
from samples.at_random.summaries import fiscal_summary, whole_summary
from samples.at_random.three_public import three_public
from samples.at_random.wording import Wording, three_public_unit
from samples.examples import whole_paper
from samples.forms.final import final_forms
from samples.forms.house import HouseStyle
from samples.layout import AmountStyle, Layout
from samples.paper import Paper, PrintedTable
from schemas.records import Unit

UNITS: dict[str, Unit] = {"万元": "万元", "元": "元"}
OF_BUDGETS: dict[str, Source] = {"government_fund": "government_fund", "state_capital": "state_capital"}
BODIES: dict[str, Callable[[Books, Wording], Body]] = {
    "revenue_expenditure_summary": whole_summary,
    "revenue_by_function": revenue,
    "revenue_by_organisation": revenue_by_organisation,
    "expenditure_by_function": expenditure,
    "expenditure_by_organisation": expenditure_by_organisation,
    "fiscal_appropriation_summary": fiscal_summary,
    "general_budget_by_function": general_budget,
    "general_budget_by_economic": general,
    "basic_expenditure_by_function": basic_by_function,
    "basic_expenditure_by_economic": basic,
    "three_public": three_public,
    "government_fund": lambda books, words: of_budget(books, words, "government_fund"),
    "state_capital": lambda books, words: of_budget(books, words, "state_capital"),
    "project_expenditure": projects,
}
MORE: dict[str, str] = {
    "general_budget_by_economic": "economic_of_general",
    "basic_expenditure_by_function": "functions_of_basic",
    "project_expenditure": "projects",
}
"""Forms that some papers have, and the option that adds them."""

Fields = Mapping[str, Any]
LAYOUT_FIELDS: Mapping[str, Mapping[str, Fields]] = {
    "wrapped_amounts": {"narrow": {"amount_characters": 7}},
    "sheet": {
        "landscape": {"orientation": "landscape"},
        "portrait": {"orientation": "portrait"},
        "a3": {"sheet": "A3", "orientation": "landscape"},
        "turned": {"orientation": "landscape", "rotate": 90},
    },
    "cell_room": {"none": {"padding": 0.0, "fill": False}},
    "code_room": {"too_little": {"code_room": 0.62, "indents": "none"}},
    "size": {"tight": {"size": 7.5, "row_height": 12.5}, "loose": {"size": 10.5, "row_height": 24}},
    "rows_per_page": {
        "few": {"rows_per_page": 9},
        "total_alone": {"total_alone": True},
        "broken_row": {"broken_row": True, "label_characters": 9, "rows_per_page": 12},
    },
    "continued": {
        "bare": {"repeat_header": False},
        "title": {"continued": "title"},
        "title_marked": {"continued": "title_marked"},
        "title_alone": {"continued": "title", "repeat_header": False},
    },
    "shared_pages": {"yes": {"tables_share_pages": True}},
    "labels": {"centre": {"labels": "centre"}, "wrapped": {"label_characters": 8}},
    "title_number": {"line_left": {"heading": "number_left"}},
    "title_place": {
        "in_table": {"title_in_table": True},
        "page_before": {"title_on_page_before": True},
        "in_frame": {"title_in_frame": True},
    },
    "number_row": {"stars": {"number_row": "stars"}},
    "department_line": {"stack": {"heading": "stack"}},
    "codes": {
        "short": {"codes": "three", "code_zeros": False},
        "short_steps": {"codes": "steps", "code_zeros": False},
    },
    "units": {"merged": {"organisations_merged": True}},
}
"""What the options of some choices set in a layout."""
AS_NAMED = {
    "rules": "rules",
    "split_columns": "split_columns",
    "footers": "page_numbers",
    "watermark": "watermark",
    "bold": "bold",
    "indents": "indents",
    "codes": "codes",
}
"""Choices whose options are the values of a layout's field."""
AMOUNT_FIELDS: Mapping[str, Mapping[str, Fields]] = {
    "thousands": {"yes": {"thousands": True}, "last_alone": {"last_separator_alone": True}},
    "digits": {"full_width": {"full_width": True}, "inner_space": {"inner_space": True}},
    "negative": {"brackets": {"brackets": "（）"}},
    "decimals": {"one": {"decimals": 1}},
    "zeros": {
        "0.00": {"zero": "0.00"},
        "0": {"zero": "0"},
        "-": {"zero": "-", "nothing": "-"},
        "—": {"zero": "—", "nothing": "—"},
    },
}


def random_paper(seed: int, chosen: Chosen) -> tuple[Paper, Layout]:
    """Compose the paper of a seed and its choices; the same two give the same paper."""
    made = books(seed, chosen)
    words = Wording(seed, chosen, YEAR)
    tables = tuple(_final_tables(made, words) if chosen["kind"] == "final" else _tables(made, words))
    if chosen["unit_said"] == "once_not":
        unsaid = Random(f"{seed} unsaid").randrange(len(tables))
        tables = tuple(replace(table, unit_line=at != unsaid) for at, table in enumerate(tables))
    return whole_paper(made.whole, tables), layout_of(chosen)


def layout_of(chosen: Chosen) -> Layout:
    """Lay a paper out as chosen."""
    fields: dict[str, Any] = {}
    for name, own in AS_NAMED.items():
        fields[own] = chosen[name]
    for name, options in LAYOUT_FIELDS.items():
        fields |= options.get(chosen[name], {})
    if chosen["codes"] == "unprinted" and chosen["indents"] == "none":
        fields["indents"] = "spaces"
    if chosen["rules"] not in ("strokes", "rects", "pieces", "broken", "open"):
        fields.setdefault("padding", 5)
    amounts: dict[str, Any] = {}
    for name, options in AMOUNT_FIELDS.items():
        amounts |= options.get(chosen[name], {})
    return Layout(**fields, amounts=AmountStyle(**amounts))


def _tables(made: Books, words: Wording) -> Iterator[PrintedTable]:
    for place, form in enumerate(_forms(made, words.chosen), start=1):
        yield _table(form, place, made, words)


def _forms(made: Books, chosen: Chosen) -> Iterator[str]:
    """List the forms that the paper has."""
    by_organisation = bool(made.organisations) and chosen["by_organisation"] == "yes"
    replaced = {"revenue_by_organisation": "revenue_by_function"}
    without = set(replaced.values()) if by_organisation else {*replaced, "expenditure_by_organisation"}
    for form in BODIES:
        if form in without or (form in MORE and chosen["more_forms"] not in (MORE[form], "all")):
            continue
        if form in OF_BUDGETS and chosen["empty_forms"] == "left_out" and not made.whole.paid_from(OF_BUDGETS[form]):
            continue
        yield form


def _table(form: str, place: int, made: Books, words: Wording) -> PrintedTable:
    chosen = words.chosen
    body = BODIES[form](made, words)
    unit = three_public_unit(chosen) if form == "three_public" else chosen["unit"]
    empty = form in OF_BUDGETS and not made.whole.paid_from(OF_BUDGETS[form])
    return PrintedTable(
        form=form,
        title=words.title(form, place),
        unit=UNITS[unit],
        department=made.whole.department,
        panels=body.panels,
        feet=body.feet,
        number=words.number(place),
        notes=(f"注：本部门{YEAR}年没有此项预算安排的支出，故本表无数据。",) if empty else (),
        least_rows=LEAST_ROWS if empty else 0,
        column_numbers=chosen["number_row"] != "none" and len(body.panels) == 1,
        unit_line=chosen["unit_said"] not in ("title", "headings"),
    )


def _final_tables(made: Books, words: Wording) -> Iterator[PrintedTable]:
    """Print the nine prescribed forms of final accounts with titles and rows as chosen."""
    chosen = words.chosen
    style = HouseStyle(
        unit=UNITS[chosen["unit"]],
        three_public_unit=UNITS[three_public_unit(chosen)],
        levels={"all": (3, 5, 7), "items": (7,), "types_and_items": (3, 7)}[chosen["levels"]],
        total_first=chosen["total_row"] != "last",
        line_numbers=chosen["number_row"] == "words",
        column_numbers=chosen["number_row"] != "none",
        item_heading=chosen["heading_words"] == "usual",
        indent=chosen["indents"] != "none" or chosen["codes"] == "unprinted",
        economic_groups=3 if chosen["economic"] == "three_groups" else 2,
        all_codes=chosen["summary_rows"] == "every",
        three_public="pairs" if chosen["three_public"] == "pairs" else "blocks",
    )
    for place, table in enumerate(final_forms(made.whole, style), start=1):
        assert table.form is not None
        title = words.title(table.form, place)
        fund = table.form in OF_BUDGETS and place == 7
        title = title.replace("支出", "收入支出", 1) if fund else title
        yield replace(table, title=title, number=words.number(place), unit_line=chosen["unit_said"] != "title")
