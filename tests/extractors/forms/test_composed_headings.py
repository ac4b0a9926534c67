"""Headings are understood by their words: in any composition, and never where a word is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.forms.columns import composed
from extractors.forms.meaning import is_one_heading, joined_meanings, meaning_of
from schemas.forms import Scope, headings

GENERAL = Scope(funds=("general_public_budget",))
BASIC = Scope(funds=("general_public_budget",), use="basic")


def meant_by(path: str, scope: Scope = Scope()) -> tuple[str | None, str | None, str | None]:  # noqa: B008
    return composed(joined_meanings(path.split("/")), scope)


@pytest.mark.parametrize(
    ("path", "measure", "fund"),
    [
        ("合计", "total", None),
        ("本年收入/一般公共预算", "general_public_budget", None),
        ("本年收入/小计", "revenue", None),
        ("上年结转/一般公共预算", "opening_balance", "general_public_budget"),
        ("一般公共预算/上年结转", "opening_balance", "general_public_budget"),
        ("部门结余结转资金", "opening_balance", None),
        ("一般公共预算拨款/基本支出/小计", "basic", "general_public_budget"),
        ("基本支出/其中：人员经费", "personnel", None),
        ("专户管理的教育收费", "education_fees", None),
        ("事业收入（不含教育收费）", "undertaking", None),
        ("纳入财政专户管理的非税收入", "special_account", None),
        ("财政专户管理资金", "special_account", None),
        ("单位资金/其他收入", "other", None),
        ("2023年决算数", "amount", None),
        ("上年决算数", "previous_year_executed", None),
        ("上年预算数", "previous_year", None),
        ("年初预算数", "initial_budget", None),
        ("全年预算数", "adjusted_budget", None),
        ("对附属单位的补助支出", "subsidy_to_affiliates", None),
        ("国有资本经营预算财政拨款支出", "state_capital", None),
    ],
)
def test_a_column_of_money_is_what_its_words_say_together(path, measure, fund):
    assert meant_by(path) == (None, measure, fund)


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("支出功能分类科目编码/类", "class_code"),
        ("功能分类科目编码", "code"),
        ("科目名称", "label"),
        ("单位代码", "unit_code"),
        ("单位名称", "unit_label"),
        ("单位名称（科目）", "label"),
        ("政府预算支出经济分类/科目编码", "government_code"),
        ("政府预算支出经济分类/科目名称", "government_label"),
        ("项目名称", "label"),
        ("备注", "remark"),
        ("序号", "row_number"),
        ("公务用车购置数（辆）", "quantity"),
        ("2024年预算数比2023年执行数/增减额", "difference"),
        ("增减%", "difference"),
        ("上年结转/基本支出", "part"),
        ("合计/其中：本级", "part"),
        ("纳入预算管理的非税收入", "aside"),
        ("基本支出/工资福利支出", "aside"),
        ("上年预算数/基本支出", "last_year_part"),
    ],
)
def test_a_column_without_amounts_of_the_form_is_known_to_be_one(path, role):
    assert meant_by(path) == (role, None, None)


@pytest.mark.parametrize(
    ("path", "scope", "measure", "fund"),
    [
        ("一般公共预算财政拨款支出/合计", GENERAL, "total", None),
        ("一般公共预算支出/基本支出", GENERAL, "basic", None),
        ("一般公共预算基本支出/人员经费", BASIC, "personnel", None),
        ("一般公共预算基本支出", BASIC, "total", None),
        ("政府性基金预算/基本支出", GENERAL, "basic", "government_fund"),
    ],
)
def test_what_the_form_says_already_means_nothing_more(path, scope, measure, fund):
    assert meant_by(path, scope) == (None, measure, fund)


@pytest.mark.parametrize("path", ["某某经费", "一般公共预算某某", "某某/一般公共预算", "基本支出某", "", "、"])
def test_an_unknown_word_leaves_the_whole_heading_unread(path):
    assert meant_by(path) == (None, None, None)


@pytest.mark.parametrize(
    "texts", [["公务用车购置及运行维", "护费"], ["公务用车购", "置及运行维", "护费"], ["财政专户管理", "资金"]]
)
def test_a_word_broken_over_lines_is_put_together(texts):
    assert composed(joined_meanings(texts), Scope()) == meant_by("".join(texts))


@pytest.mark.parametrize(
    "text", ["一般公共预算", "事业收入（不含教育收费）", "一般公共预算财政拨款收入", "其中：财政拨款", "项目支出"]
)
def test_one_heading(text):
    assert is_one_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "事业收入经营收入",
        "合计基本支出",
        "一般公共预算政府性基金预算",
        "基本支出项目支出",
        "收入支出",
        "科目名称合计",
        "某某",
    ],
)
def test_two_headings_printed_close_together_are_not_one(text):
    assert not is_one_heading(text)


KINDS = headings().kinds()
FUNDS = {value: words for value, words in KINDS["fund"].items() if value not in ("fiscal_appropriation", "unit_money")}
USES = {value: KINDS["use"][value] for value in ("basic", "project", "personnel", "public_use")}


def printed(words):
    """A value and one of the ways that it is printed."""
    return st.sampled_from([(value, text) for value, texts in words.items() for text in texts])


@given(printed(FUNDS), printed(USES), st.booleans())
def test_a_budget_and_a_use_are_understood_whichever_stands_over_the_other(fund, use, fund_first):
    path = f"{fund[1]}/{use[1]}" if fund_first else f"{use[1]}/{fund[1]}"
    assert meant_by(path) == (None, use[0], fund[0])


@given(printed(FUNDS), printed(USES))
def test_a_budget_and_a_use_in_one_heading_mean_the_same(fund, use):
    assert meant_by(fund[1] + use[1]) == (None, use[0], fund[0])


@given(
    printed(FUNDS),
    st.sampled_from(["", "一、", "（二）", "3.", "其中：", "2.其中："]),
    st.sampled_from(["", "（万元）", "(单位:元)", "（2）"]),
    st.integers(0, 20),
)
def test_ordinals_units_and_spaces_change_no_meaning(fund, before, after, space):
    text = before + fund[1] + after
    text = text[:space] + " " + text[space:]
    meaning = meaning_of(text)
    assert meaning is not None
    assert meaning.all("fund") == (fund[0],)
    assert meaning.part == ("其中" in before)


@given(printed(FUNDS), st.sampled_from("甲丙丁戊囧魑垚"), st.data())
def test_a_strange_character_anywhere_leaves_it_unread(fund, strange, data):
    at = data.draw(st.integers(0, len(fund[1])))
    assert meaning_of(fund[1][:at] + strange + fund[1][at:]) is None
