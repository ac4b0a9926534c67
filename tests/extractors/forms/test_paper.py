"""What a paper says of itself: kind, year and department, from its forms' headings, its cover, its columns."""

import pytest

from extractors.forms.cover import read_cover
from extractors.forms.form import Form
from extractors.forms.paper import Outside, declaration, department_of, describe, of_departments, paper_of
from extractors.forms.recognise import recognise
from schemas.records import Box, TextLine
from tests.extractors.drawn import drawn

A_NAME = Outside(("a.pdf",))

FUNCTIONS = """
科目编码|科目名称|合计|基本支出|项目支出
201|一般公共服务支出|3.00|1.00|2.00
20106|财政事务|3.00|1.00|2.00
"""
TITLES = ("部门支出总表", "一般公共预算支出表", "政府性基金预算支出表")


def lines(*texts: str, page: int = 1) -> list[TextLine]:
    return [TextLine(text, page, Box(0, 0, 1, 1)) for text in texts]


def form(*heading: str, page: int = 5, picture: str = FUNCTIONS) -> Form:
    made, _ = recognise(drawn(picture, *heading, "单位：万元", number=page, page=page))
    assert made is not None, heading
    return made


def forms(*titles: str, page: int = 5, **other: str) -> list[Form]:
    return [form(title, page=page + at, **other) for at, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("cover", "said"),
    [
        (("西安市财政局（汇总）", "2026年部门预算公开说明"), ("budget", 2026, "西安市财政局(汇总)")),
        (
            ("西安市住房和城乡建设局", "2022年部门综合预算", "目录", "第一部分部门概况"),
            ("budget", 2022, "西安市住房和城乡建设局"),
        ),
        (("北京市统计局部门2026年度", "部门预算信息公开", "目录"), ("budget", 2026, "北京市统计局")),
        (("2026年度", "无锡市交通运输局（本级）", "单位预算公开"), ("budget", 2026, "无锡市交通运输局(本级)")),
        (("2026年深圳市财政局（本级）部门预", "算"), ("budget", 2026, "深圳市财政局(本级)")),
        (("2026年度苏州市科学技术局单位预算公开",), ("budget", 2026, "苏州市科学技术局")),
        (
            ("西安市卫生健康委员会（汇总）", "2022年度部门决算", "保密审查情况：已审查"),
            ("final_accounts", 2022, "西安市卫生健康委员会(汇总)"),
        ),
        (("西南大学", "2021年度部门预算", "2021年4月"), ("budget", 2021, "西南大学")),
        (("附件1", "某县教育局二〇二三年度部门决算"), ("final_accounts", 2023, "某县教育局")),
        (("第一部分2026年度部门预算情况说明", "一、部门情况说明"), ("budget", 2026, None)),
        (("示例市档案局部门预算公开", "2026年2月"), ("budget", None, "示例市档案局")),
        (("某市人民政府公报", "2026年2月11日"), (None, None, None)),
        (("一般公共预算支出情况",), (None, None, None)),
    ],
)
def test_a_cover_says_kind_year_and_department(
    cover: tuple[str, ...], said: tuple[str | None, int | None, str | None]
) -> None:
    read = read_cover(lines(*cover)).said
    assert (read.kind, read.year, read.department) == said


def test_where_the_cover_names_nobody_its_duties_do() -> None:
    read = read_cover([*lines("2026年度部门预算"), *lines("（一）", "北京市人民政府办公厅主要职责包括：", page=3)])
    assert read.said.department == "北京市人民政府办公厅"


def test_a_date_of_printing_is_the_last_resort_and_is_told() -> None:
    budget = describe(forms(*TITLES), lines("示例市档案局部门预算公开", "2026年2月"), A_NAME)
    assert (budget.kind, budget.fiscal_year) == ("budget", 2026)
    assert [finding.code for finding in budget.findings] == ["year_from_date_of_printing"]
    accounts = describe(forms("支出决算表"), lines("示例市档案局部门决算公开", "2026年8月"), A_NAME)
    assert (accounts.kind, accounts.fiscal_year) == ("final_accounts", 2025)
    assert describe(forms(*TITLES), lines("示例市档案局部门预算公开", "2025年12月"), A_NAME).fiscal_year is None
    assert describe([], lines("示例市档案局部门预算公开", "2026年2月"), A_NAME).fiscal_year is None


def test_the_year_that_only_the_columns_name() -> None:
    picture = "项目|2025年预算数|2026年预算数|项目|2025年预算数|2026年预算数\n本年收入|1.00|2.00|教育支出|1.00|2.00\n"
    paper = describe(forms("部门收支总表", picture=picture), lines("某市某局部门预算", "2025年12月"), A_NAME)
    assert (paper.fiscal_year, paper.findings) == (2026, ())


def test_a_cover_that_cannot_be_read_but_for_its_figures_says_the_year() -> None:
    paper = describe(forms(*TITLES), lines("\x01\x02\x032026\x07\x08"), A_NAME)
    assert (paper.kind, paper.fiscal_year) == ("budget", 2026)


def test_a_set_of_forms_that_never_says_final_accounts_is_a_budget() -> None:
    assert describe(forms(*TITLES), [], A_NAME).kind == "budget"
    assert describe(forms(TITLES[0]), [], A_NAME).kind is None


def test_general_public_budget_says_nothing_of_the_kind() -> None:
    final = describe(forms("一般公共预算财政拨款支出决算表", "政府性基金预算支出表"), [], A_NAME)
    assert final.kind == "final_accounts"
    assert describe(forms("一般公共预算支出表"), lines("某市某局2024年度部门决算"), A_NAME).kind == "final_accounts"


def test_what_a_form_prints_stays_its_department() -> None:
    made = form("部门支出总表", "部门：某市某局（本级）")
    paper = describe([made], lines("某市某局", "2024年部门预算"), A_NAME)
    assert department_of(made, paper, [made]) == "某市某局(本级)"


def test_two_papers_of_one_file_have_each_their_year_and_kind() -> None:
    first, second = forms(*TITLES, page=3), forms("支出决算表", *TITLES[1:], page=13)
    cover = [*lines("某市某局2025年度部门预算"), *lines("某市某局2024年度部门决算", page=11)]
    paper = describe([*first, *second], cover, A_NAME)
    assert {(paper_of(each, paper).kind, paper_of(each, paper).fiscal_year) for each in first} == {("budget", 2025)}
    own = {(paper_of(each, paper).kind, paper_of(each, paper).fiscal_year) for each in second}
    assert own == {("final_accounts", 2024)}
    declared = declaration(second[0], paper, [*first, *second])
    assert (declared.kind, declared.fiscal_year) == ("final_accounts", 2024)


def test_two_years_whose_titles_alone_tell_them_apart() -> None:
    def of(year: int, page: int) -> list[Form]:
        titles = (f"{year}年部门支出预算总表", f"{year}年一般公共预算支出预算表", f"{year}年政府性基金预算支出预算表")
        return forms(*titles, page=page)

    first, second = of(2024, 2), of(2025, 8)
    paper = describe([*first, *second], [], A_NAME)
    assert [paper_of(each, paper).fiscal_year for each in (*first, *second)] == [2024] * 3 + [2025] * 3


def test_a_page_that_quotes_another_paper_begins_none() -> None:
    own = forms(*TITLES, page=3)
    paper = describe(own, [*lines("某市某局2025年度部门预算"), *lines("某市某局2024年度部门决算", page=20)], A_NAME)
    assert paper.within == ()
    assert paper_of(own[0], paper).fiscal_year == 2025


def test_a_governments_table_of_its_departments_is_no_departments_form() -> None:
    made = form("2026年市级部门支出预算表")
    nobody = describe([made], lines("某市2026年市级预算草案"), A_NAME)
    kept, findings = of_departments([made], nobody)
    assert (kept, [finding.code for finding in findings]) == ([], ["form_of_no_department"])
    someone = describe([made], lines("某市某局2026年部门预算"), A_NAME)
    assert of_departments([made], someone) == ([made], [])


def test_what_is_said_outside_comes_last_and_a_files_own_name_before_it() -> None:
    page = Outside(("附件1.xls", "2023年决算/附件1.xls"), "budget", 2022, "示例市档案局")
    alone = describe(forms("政府性基金表"), [], page)
    assert (alone.kind, alone.fiscal_year, alone.department) == ("final_accounts", 2023, "示例市档案局")
    assert describe(forms("政府性基金表"), [], Outside(("附件1.xls",), "budget", 2022)).fiscal_year == 2022
    own = describe(forms(*TITLES), lines("示例市教育局2026年部门预算"), page)
    assert (own.kind, own.fiscal_year, own.department) == ("budget", 2026, "示例市教育局")
    dated = Outside(("P020250920512345.pdf", "W0220260101.pdf"), fiscal_year=2024)
    assert describe(forms("政府性基金表"), [], dated).fiscal_year == 2024
