"""What a row without a code is, in one word of the dataset's vocabulary `item`, whatever the place calls it.

The word is composed of the label's own words, as headings are: 一、本年收入, 当年财政拨款收入小计 and 本年收入合计 are
the total of the year.
"""

from extractors.forms.meaning import Meaning, fund_of, meaning_of
from schemas.classifications import is_a_name
from schemas.wording import without_ordinal

BALANCES = {
    "opening_balance": "opening_balance",
    "carried": "opening_balance",
    "own_account_balance": "opening_balance",
    "closing_balance": "closing_balance",
    "carried_forward": "closing_balance",
    "non_fiscal_surplus_used": "non_fiscal_surplus_used",
}
OPENING = {
    "general_public_budget": "opening_general_public_budget",
    "government_fund": "opening_government_fund",
    "state_capital": "opening_state_capital",
}
"""The budgets under what was brought forward."""
PARTS = {"opening_balance": "opening_part", "closing_balance": "closing_part"}
USES_AS_ROWS = {"capital_construction": "project_part"}
SYSTEMS = {"expenditure_by_economic": "economic", "expenditure_by_government_economic": "government_economic"}
"""The classification that a half lists, 支出功能分类 where none is named."""
THREE_PUBLIC = {"three_public": "three_public_total"}


def item_of(label: str, side: str | None, parent: str | None = None) -> str | None:
    """The word for a row, None where there is none for it.

    `side` is the half it stands in; `parent` is the word of the row that it is a part of: 一般公共预算 under
    年初结转和结余 is what was left of it.
    """
    meaning = meaning_of(label)
    if meaning is None or not meaning.features or meaning.says("change", "stage"):
        return None
    if is_a_name(SYSTEMS.get(side or "", "function"), without_ordinal(label)) and side != "revenue":
        return None  # 其他支出 and 国有资本经营预算支出 are names of codes
    return _of_parts(meaning, parent) or _of_money(meaning, parent) or _of_total(meaning, side)


def _of_parts(meaning: Meaning, parent: str | None) -> str | None:
    """A balance, or what it is divided into."""
    if parent in PARTS:
        opening = OPENING.get(fund_of(meaning) or "") if parent == "opening_balance" else None
        return opening or PARTS[parent]
    own = meaning.one("balance")
    return BALANCES[own] if own and not meaning.says("use") else None


def _of_money(meaning: Meaning, parent: str | None) -> str | None:
    """A use, a source, a budget or one of the three public expenses."""
    if uses := meaning.all("use"):
        return "basic" if len(uses) > 1 else USES_AS_ROWS.get(uses[0], uses[0])
    source, fund = meaning.one("source"), fund_of(meaning)
    if source and not (source == "other" and fund):
        return source
    if fund:
        return fund
    item = meaning.one("item")
    return THREE_PUBLIC.get(item, item) if item else None


def _of_total(meaning: Meaning, side: str | None) -> str | None:
    """A total, of the year or of everything, or of a table that has one side."""
    if meaning.says("noun", "system", "aside"):
        return None
    of_year = "current" in meaning.all("year")
    if of_year and meaning.says("side", "total"):
        return "year_total" if side else "total"
    if not meaning.says("total"):
        return None
    return "grand_total" if side else "total"
