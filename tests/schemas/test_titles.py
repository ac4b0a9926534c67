"""Titles as provinces, years and publishers print them, what their words say, and which forms they can be."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.forms import forms
from schemas.forms.title_words import TitleWords, title_words
from schemas.forms.titles import begins_title, names_another_table, read_title
from schemas.pattern_words import words_of
from schemas.wording import plain

SHORT = {
    "sum": ("revenue_expenditure_summary",),
    "rev": ("revenue_by_function", "revenue_by_source", "revenue_by_organisation"),
    "exp": ("expenditure_by_function", "expenditure_by_use", "expenditure_by_organisation", "expenditure_by_economic"),
    "rev_f": ("revenue_by_function",),
    "rev_o": ("revenue_by_organisation",),
    "exp_f": ("expenditure_by_function",),
    "exp_e": ("expenditure_by_economic",),
    "exp_o": ("expenditure_by_organisation",),
    "fa_sum": ("fiscal_appropriation_summary",),
    "fa_f": ("fiscal_appropriation_by_function",),
    "fa_basic": ("fiscal_appropriation_basic_by_economic",),
    "gen": ("general_budget_by_function", "general_budget_by_economic"),
    "gen_f": ("general_budget_by_function",),
    "gen_e": ("general_budget_by_economic",),
    "basic": ("basic_expenditure_by_economic", "basic_expenditure_by_function"),
    "basic_e": ("basic_expenditure_by_economic",),
    "basic_f": ("basic_expenditure_by_function",),
    "fund": ("government_fund",),
    "cap": ("state_capital",),
    "3": ("three_public",),
    "oper": ("operating_expenses_by_economic",),
    "proj": ("project_expenditure",),
    "buy": ("government_procurement",),
    "none": (),
}
"""What the table below calls the forms that a title can be; `none` is a table that is known and is no form."""

PRINTED = """
收入支出决算总表                                       sum
收支预算总表                                           sum
2025年部门财务收支预算总表                             sum
部门收支总表                                           sum
表1：高等学校收支决算总表                              sum
一、2017 年度江苏省高级人民法院部门收支预算总表        sum
部门收支总体情况表                                     sum
2025年预算单位财务收支预算总表                         sum
收  支  预  算  总  表                                 sum
附件2：2024年收支总表                                  sum
单位收支总体情况表                                     sum
（一）收入支出决算总表                                 sum
2024年度收入支出决算总表（公开01表）                   sum
2026年市级部门收支预算总表                             sum
省级部门收支预算总表                                   sum
2024年市直部门收支总表                                 sum
市本级部门收支总表                                     sum
2022年部门综合预算收支总表                             sum
预算01表 收支总表                                      sum
财决01表 收入支出决算总表                              sum
收入支出决算总表财决公开01表                           sum
部门收支总体情况表（公开表1）                          sum
附件3 2024年部门收支总表                               sum
1-2 2024年部门收支总表                                 sum
收支预算总表（续表）                                   sum
2024年收支预算总表（某市某局）                         sum
二〇二四年部门收支总表                                 sum
第二部分 部门收支总表                                  sum
西南大学收支预算总表                                   sum
示例市示例区国有资产监督管理委员会收支预算总表         sum
某市财政局（本级）收支预算总表                         sum
部门预算收支总表                                       sum
部门（单位）收支总表                                   sum
收入决算表                                             rev
2025年部门收入预算总表                                 rev
部门收入总表                                           rev
部门收入总体情况表                                     rev
表1-1 部门收入总表                                     rev
2026年市级部门收入预算总表                             rev
部门综合预算收入总表                                   rev
西南大学收入预算表                                     rev
表2：高等学校收入决算表                                rev
部门收入总表（按功能分类科目）                         rev_f
部门收入预算表（按预算单位）                           rev_o
支出决算表                                             exp
部门支出总表                                           exp
部门支出总体情况表                                     exp
本年支出总体情况表                                     exp
03支出总表                                             exp
表1-2 部门支出总表                                     exp
部门综合预算支出总表                                   exp
西南大学支出预算表                                     exp
部门支出总体情况表（按功能分类）                       exp_f
部门预算支出总表（按支出功能分类科目）                 exp_f
支出分类汇总表（按部门预算经济分类）                   exp_e
部门预算支出经济分类汇总表                             exp_e
部门支出总表（分单位）                                 exp_o
部门预算基本支出预算表                                 exp_e
基本支出总表                                           exp_e
基本支出预算情况表                                     exp_e
基本支出预算表（按经济科目分类）                       exp_e
财政拨款收入支出决算总表                               fa_sum
财政拨款收支总表                                       fa_sum
财政拨款收支总体情况表                                 fa_sum
部门财政拨款收支预算总表                               fa_sum
2026年市级部门财政拨款收支预算总表                     fa_sum
部门综合预算财政拨款收支总表                           fa_sum
财政拨款预算收支总表                                   fa_sum
财政拨款收支总表（公开04表）                           fa_sum
财政拨款支出预算表（功能科目）                         fa_f
财政拨款支出表（功能科目）                             fa_f
表 4：高等学校财政拨款支出决算表                       fa_f
2026年预算单位财政拨款支出预算表                       fa_f
财政拨款基本支出预算表（经济科目）                     fa_basic
财政拨款基本支出决算表                                 fa_basic
一般公共预算财政拨款支出决算表                         gen
一般公共预算财政拨款收入支出决算表                     gen
一般公共预算支出表                                     gen
一般公共预算支出情况表                                 gen
表5一般公共预算支出情况表                              gen
表五一般公共预算支出情况表                             gen
表一一般公共预算支出表                                 gen
财决公开05表一般公共预算财政拨款支出决算表             gen
一般公共预算拨款支出预算表                             gen
一般公共预算当年拨款支出表                             gen
公共财政预算支出表                                     gen
2026年市级部门一般公共预算支出表                       gen
一般公共预算财政拨款支出预算明细表                     gen
2025年部门一般公共预算支出功能分类预算表               gen_f
一般公共预算支出情况表（按功能分类科目）               gen_f
按功能分类科目一般公共预算支出表                       gen_f
一般公共预算支出预算表（按功能科目分类）               gen_f
一般公共预算支出预算表（功能科目）                     gen_f
部门综合预算一般公共预算支出明细表（按支出功能分类科目-不含上年结转）  gen_f
一般公共预算支出表（按经济分类）                       gen_e
2026年度一般公共预算支出经济分类情况表                 gen_e
部门综合预算一般公共预算支出明细表（按支出经济分类科目）  gen_e
一般公共预算财政拨款基本支出决算明细表                 basic
一般公共预算基本支出表                                 basic
一般公共预算基本支出情况表                             basic
公共预算财政拨款基本支出决算表                         basic
表十一般公共预算基本支出表                             basic
2025年部门一般公共预算基本支出部门预算经济分类预算表   basic_e
一般公共预算基本支出情况表（按支出经济分类科目）       basic_e
2026年度一般公共预算基本支出经济分类情况表             basic_e
一般公共预算基本支出预算表（按经济科目）               basic_e
部门综合预算一般公共预算基本支出明细表（支出经济分类科目-不含上年结转）  basic_e
部门综合预算一般公共预算基本支出明细表（按支出功能分类科目）  basic_f
政府性基金预算财政拨款收入支出决算表                   fund
政府性基金预算支出情况表                               fund
政府性基金支出情况表                                   fund
财政拨款政府性基金支出预算表                           fund
政府性基金预算财政拨款支出预算表                       fund
2026年度政府性基金预算拨款支出预算表                   fund
2025年部门政府性基金预算支出功能分类预算表             fund
部门综合预算政府性基金收支表（不含上年结转）           fund
2026年市级部门政府性基金预算支出表                     fund
国有资本经营预算财政拨款支出决算表                     cap
国有资本经营预算支出表                                 cap
国有资本经营预算财政拨款收入支出决算表                 cap
国有资本经营预算拨款支出预算表                         cap
国有资本经营预算支出情况表                             cap
财政拨款“三公”经费支出决算表                           3
“三公”经费、会议费、培训费支出预算表                   3
十一、2017 年江苏省高级人民法院部门一般公共预算“三公”经费、会议费、培训费支出预算表  3
2025年部门“三公”经费和机关运行经费预算表               3
一般公共预算“三公”经费支出情况表                       3
财政拨款安排的行政经费及“三公”经费预算表               3
附表三“三公”经费支出表                                 3
部门综合预算一般公共预算拨款“三公”经费及会议费、培训费支出预算表（不含上年结转）  3
财政拨款“三公”经费及会议费、培训费支出决算表           3
一般公共预算财政拨款“三公”经费、行政参公单位机关运行经费情况表  3
“三公”经费公共预算财政拨款支出决算表                   3
2024年“三公”经费预算财政拨款情况统计表                 3
一般公共预算机关运行经费支出预算表                     oper
机关运行经费支出表                                     oper
项目支出预算表                                         proj
项目支出总表                                           proj
项目支出预算情况表                                     proj
部门预算项目支出及其他支出预算表                       proj
部门综合预算专项业务经费支出表                         proj
2026年市级部门项目支出预算表                           proj
2026年预算单位财政拨款项目支出预算表                   proj
一般公共预算项目支出预算表                             proj
2017年政府采购预算表                                   buy
政府采购支出预算表                                     buy
政府采购支出表                                         buy
部门综合预算政府采购（资产配置、购买服务）预算表       buy
支出预算分类汇总表（按政府预算经济分类）               none
一般公共预算项目支出情况表（按经济分类科目）           none
一般公共预算基本支出表--人员经费(工资福利支出)(按部门预算经济分类)  none
部门综合预算财政拨款上年结转资金支出表                 none
政府性基金预算“三公”经费支出预算表                     none
财政专户管理资金支出预算表                             none
财政拨款支出明细表（按经济分类科目）                   none
一般公共预算收入预算表                                 none
社会保险基金支出预算表                                 none
政府购买服务支出预算表                                 none
项目支出绩效自评表                                     none
2026年项目支出绩效目标表                               none
债务收入预算表                                         none
培训费明细表                                           none
2023年度部门（单位）整体支出绩效评价基础数据表         none
收支情况表                                             none
支出明细表                                             none
"""

NO_TITLES = [
    "机构运行信息决算表",
    "非财政拨款收支表",
    "工会经费收支预算表",
    "第二部分2026年部门预算表",
    "一、收支预算总表情况说明",
    "上海市规划和自然资源局 2024 年度部门决算表",
    "本表反映部门本年度的总收支和年末结转结余情况。",
    "具体支出情况详见一般公共预算支出表",
    "2024年收入决算和2025年收入预算表",
    "公开01表",
    "报表目录",
    "",
]


def lines() -> list[tuple[str, str]]:
    return [tuple(line.rsplit(maxsplit=1)) for line in PRINTED.strip().splitlines()]  # type: ignore[misc]


@pytest.mark.parametrize(("printed", "expected"), lines())
def test_a_title_names_the_forms_that_it_can_be(printed: str, expected: str) -> None:
    reading = read_title(plain(printed))
    assert reading is not None
    assert (reading.forms, reading.whole, reading.of_government) == (SHORT[expected], True, False)


@pytest.mark.parametrize("printed", NO_TITLES)
def test_what_is_not_understood_is_no_title(printed: str) -> None:
    assert read_title(plain(printed)) is None


@pytest.mark.parametrize(
    "printed",
    [
        "表十八：2025年自治区本级一般公共预算支出预算表",
        "2025年自治区一般公共预算支出预算表（代编预算）",
        "江苏省2024年一般公共预算支出决算表",
        "某县2024年政府性基金预算支出表",
        "湖州市级一般公共预算支出表",
        "2024年区本级一般公共预算支出表",
        "全市一般公共预算收入表",
        "全县国有资本经营预算支出表",
        "表二十二：2025年自治区级一般公共预算收支预算表",
        "2024年市级政府性基金预算支出表",
    ],
)
def test_a_place_with_nothing_else_is_a_whole_government(printed: str) -> None:
    reading = read_title(plain(printed))
    assert reading is not None
    assert reading.of_government


@pytest.mark.parametrize(
    ("printed", "who", "kind", "year"),
    [
        ("2024年盐湖市自然资源和规划局部门财政拨款收支预算总表", "盐湖市自然资源和规划局", "budget", 2024),
        ("西南大学收入决算表", "西南大学", "final_accounts", None),
        ("某市财政局（本级）2023年度支出决算表", "某市财政局(本级)", "final_accounts", 2023),
        ("341-湖州市财政局收支预算总表", "湖州市财政局", "budget", None),
        ("部门收支总表", "", None, None),
        ("一般公共预算支出表", "", None, None),
        ("部门预算收支总表", "", "budget", None),
        ("一般公共预算财政拨款支出决算表", "", "final_accounts", None),
        ("“三公”经费预决算表", "", None, None),
        ("部门预算支出经济分类表", "", None, None),
        ("二〇二一年某某县教育局收支总表", "某某县教育局", None, 2021),
    ],
)
def test_a_title_says_whose_which_kind_and_which_year(
    printed: str, who: str, kind: str | None, year: int | None
) -> None:
    reading = read_title(plain(printed))
    assert reading is not None
    assert (reading.who, reading.features.kind, reading.features.year) == (who, kind, year)


@pytest.mark.parametrize("printed", ["一般公共预算支出表（某样式甲）", "预算财政拨款基本支出决算表"])
def test_a_title_with_a_part_that_is_not_understood_is_not_whole(printed: str) -> None:
    reading = read_title(plain(printed))
    assert reading is not None
    assert not reading.whole


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("2024年盐湖市自然资源和规划局部门财政拨款", True),
        ("2024年盐湖市自然资源和规划局一般公共预算“三公”经费", True),
        ("一般公共预算支出表", False),
        ("本部门无政府性基金预算支出。", False),
        ("2024年某市某局一般公共预算基本", True),
        ("2024年部门财政拨款收", True),
        ("财政拨款收入", False),
        ("2024年预算数", False),
        ("部门支出", False),
        ("共建美好城市", False),
    ],
)
def test_the_beginning_of_a_broken_title_is_known(line: str, begins: bool) -> None:
    assert begins_title(plain(line)) is begins


@pytest.mark.parametrize("line", ["2026年市级重点专项资金绩效目标表(一级项目)", "西安市级采供血项目绩效自评表"])
def test_a_word_of_another_table_is_enough_to_know_it(line: str) -> None:
    assert read_title(plain(line)) is None
    assert names_another_table(plain(line))


def says(kind: str, value: str) -> st.SearchStrategy[str]:
    patterns = title_words().words[kind][value]
    return st.sampled_from([text for pattern in patterns for text in words_of(pattern)])


OWNERS = st.one_of(
    st.sampled_from(["", "某市某局", "某某省人民检察院", "某县教育局(本级)", "某某大学"]), says("owner", "department")
)
SCOPES = [*title_words().words["scope"], "all"]
SUBJECTS = [s for s in title_words().words["subject"] if s != "summary"]


@given(st.data())
def test_any_title_composed_of_the_words_says_what_they_say(data: st.DataObject) -> None:
    """Words in the usual order: whose, year, budget, what, by what, 预算 or 决算, how much of it, 表."""
    scope, subject = data.draw(st.sampled_from(SCOPES)), data.draw(st.sampled_from([*SUBJECTS, "summary"]))
    by = data.draw(st.sampled_from(["none", *title_words().words["classification"]]))
    kind = data.draw(st.sampled_from(["", "预算", "决算"]))
    who, year = data.draw(OWNERS), data.draw(st.sampled_from(["", "2024年", "2024年度"]))
    words = [
        who,
        year,
        data.draw(says("scope", scope)) if scope != "all" else "",
        data.draw(says("subject", subject)),
        kind,
        data.draw(st.sampled_from(["", "总", "总体情况", "情况", "明细"])),
        "表",
        f"({data.draw(says('classification', by))})" if by != "none" else "",
    ]
    reading = read_title(plain("".join(words)))
    assert reading is not None, words
    features = reading.features
    assert (features.scope, features.subject, features.classification) == (scope, subject, by), words
    assert features.year == (2024 if year else None)
    assert features.kind == {"": None, "预算": "budget", "决算": "final_accounts"}[kind]


@given(
    st.lists(
        st.sampled_from([*"一二三四五六七八九十、。，表预算支出收入财政拨款公共基金局市级部门()（）12024年度"]),
        max_size=30,
    )
)
def test_any_line_is_read_or_refused_and_never_fails(letters: list[str]) -> None:
    reading = read_title(plain("".join(letters)))
    assert reading is None or set(reading.forms) <= set(forms())


def test_every_form_has_a_title() -> None:
    assert {form for _, expected in lines() for form in SHORT[expected]} == set(forms())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"words": {}}, "kinds of words"),
        ({"surprise": 1}, "surprise"),
        (
            {"forms": ({"subject": ["summary"], "scope": "any", "classification": "any", "forms": ["no_form"]},)},
            "forms",
        ),
        ({"organisation": "("}, "unterminated subpattern"),
    ],
)
def test_data_that_is_not_as_it_should_be_is_refused(change: dict[str, object], told: str) -> None:
    given_words = title_words().model_dump()
    with pytest.raises((ValidationError, re.error), match=told):
        TitleWords(**{**given_words, **change})


def test_a_word_that_stands_for_any_number_of_words_is_refused() -> None:
    given_words = title_words().model_dump()
    given_words["words"]["neutral"]["any"] = (".*",)
    with pytest.raises(ValidationError, match="finite"):
        TitleWords(**given_words)


def test_the_end_of_a_name_takes_nothing_from_a_word_that_begins_so() -> None:
    whose = {title: read_title(title) for title in ("某市某局机关运行经费表", "某市某局机关收支总表")}
    assert {title: reading and reading.who for title, reading in whose.items()} == {
        "某市某局机关运行经费表": "某市某局",
        "某市某局机关收支总表": "某市某局机关",
    }
