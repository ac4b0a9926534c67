"""Duties: what a paper prints → a verdict; what cannot be told is never called missing."""

from dataclasses import replace
from datetime import date

import pytest
from made_items import document, form, table

from checks.duties.dates import judged_by_day
from checks.duties.judging import judged, not_looked
from checks.duties.seen import PaperSeen
from checks.statements.wholeness import table_subject
from reading.document import read_document
from schemas.duties import duties
from schemas.records import Check, Finding, Passage, Reading

LONG = (
    "一、收入预算。某市某局2024年收入预算为1234.56万元，比2023年预算增加34.56万元，增长2.88%，主要原因是人员增加。" * 20
)
BODY = (
    "第一部分部门概况",
    "一、主要职能",
    "某市某局是主管本市某项工作的市政府工作部门。",
    "二、机构设置",
    "某市某局内设机构10个。",
    "第二部分2024年部门预算情况说明",
    LONG,
    "三、政府采购情况",
    "2024年政府采购预算12.00万元，其中货物预算5.00万元，工程预算0万元，服务预算7.00万元。",
    "四、机关运行经费安排情况",
    "本单位为事业单位，无机关运行经费。",
    "第三部分名词解释",
    "财政拨款收入：指从本级财政取得的资金。",
)
CONTENTS = ("某市某局2024年部门预算", "目录", "第一部分部门概况", "一、主要职能", "二、机构设置", "第三部分名词解释")
FORMS = ("revenue_expenditure_summary", "revenue_by_function", "expenditure_by_function", "general_budget_by_function")


def seen(body=BODY, *, tables=None, items=(), checks=(), findings=(), **other):
    passages = [Passage(text, 1) for text in CONTENTS] + [Passage(text, 2) for text in body]
    tables = [table(n, name, cells=("合计", "1.00")) for n, name in enumerate(FORMS, 1)] if tables is None else tables
    return PaperSeen(replace(document(), **other), passages, tables, items, (), checks, findings)


def verdicts(*given, **other):
    return {item.duty: item for item in judged(seen(*given, **other))}


def said(item):
    return item.verdict, item.reason


def test_what_stands_under_its_heading_is_met_on_its_page_and_not_in_the_contents():
    found = verdicts()
    for duty, text in (
        ("main_functions", "一、主要职能"),
        ("organisation", "二、机构设置"),
        ("glossary", "第三部分名词解释"),
    ):
        assert (found[duty].verdict, found[duty].page, found[duty].found) == ("met", 2, text)
    assert found["procurement_split"].found.startswith("2024年政府采购预算12.00万元")
    assert [item.duty for item in judged(seen())] == [duty.id for duty in duties().duties]


def test_the_paper_says_that_it_has_none():
    found = verdicts()["operating_expenses"]
    assert said(found) == ("not_applicable", "paper_says_none")
    assert found.found == "本单位为事业单位,无机关运行经费。"


def test_what_no_word_of_is_printed_is_absent():
    body = [text for text in BODY if "政府采购" not in text]
    found = verdicts(body)
    assert said(found["procurement"]) == ("not_met", "absent")
    assert said(found["procurement_split"]) == ("not_met", "absent")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": [text for text in BODY if "采购" not in text] + ["采购办法另行公布"]}, "words_elsewhere"),
        ({"body": ["一、收入预算1234.56万元。"]}, "prose_not_in_file"),
        ({"body": [t for t in BODY if "采购" not in t], "status": "needs_ocr"}, "not_read_whole"),
        (
            {"body": [t for t in BODY if "采购" not in t], "findings": (Finding("page_needs_ocr", "", 3),)},
            "not_read_whole",
        ),
        ({"body": [t for t in BODY if "采购" not in t], "fiscal_year": 2012}, "only_local_rule"),
        ({"body": [t for t in BODY if "采购" not in t], "department": None}, "department_unknown"),
    ],
)
def test_what_cannot_be_told_is_not_called_absent(change, reason):
    assert said(verdicts(**change)["procurement"]) == ("cannot_be_told", reason)


def test_a_numbered_duty_of_the_office_is_no_heading():
    body = [t for t in BODY if "采购" not in t] + ["（八）负责本系统政府采购管理"]
    assert said(verdicts(body)["procurement"]) == ("cannot_be_told", "words_elsewhere")


def test_a_term_that_is_explained_states_nothing_of_the_year():
    body = [t for t in BODY if "采购" not in t] + [
        "政府采购：是指使用财政性资金采购货物、工程和服务的行为，2003年起施行。"
    ]
    assert verdicts(body)["procurement"].verdict == "cannot_be_told"


def test_a_form_is_there_or_empty_with_a_note_or_absent():
    tables = [table(n, name, cells=("合计", "1.00")) for n, name in enumerate(FORMS, 1)]
    empty = table(9, "government_fund", cells=("合计", ""), below=("注：本部门无政府性基金预算，故本表为空表。",))
    amounts = [
        replace(item, table_no=number)
        for number, name in enumerate(FORMS, 1)
        for item in form(name, ("amount",), (None, "合计", "1.00"))
    ]
    found = verdicts(tables=[*tables, empty], items=amounts)
    assert said(found["form_summary"]) == ("met", None)
    assert said(found["form_government_fund"]) == ("not_applicable", "paper_says_none")
    assert said(found["form_basic"]) == ("not_met", "absent")
    assert said(found["form_state_capital"]) == ("cannot_be_told", "only_local_rule")


def test_a_form_whose_title_stands_somewhere_is_not_called_absent():
    found = verdicts((*BODY, "一般公共预算基本支出情况表"))["form_basic"]
    assert (said(found), found.page) == (("cannot_be_told", "form_unread"), 2)


def test_a_file_without_forms_misses_none():
    assert said(verdicts(tables=[])["form_basic"]) == ("cannot_be_told", "forms_not_in_file")


@pytest.mark.parametrize(
    ("code", "findings", "outcome"),
    [
        ("2010301", (), ("met", None)),
        ("20103", (), ("not_met", "not_deep_enough")),
        ("20103", (Finding("odd_code", "", table_no=4),), ("cannot_be_told", "levels_unread")),
        (None, (), ("cannot_be_told", "levels_unread")),
    ],
)
def test_how_deep_the_codes_go(code, findings, outcome):
    amounts = form("general_budget_by_function", ("total",), (code, "行政运行", "1.00"), table_no=4)
    assert said(verdicts(items=amounts, findings=findings)["function_to_item"]) == outcome


@pytest.mark.parametrize(
    ("labels", "outcome"),
    [
        (("因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费", "公务接待费"), "met"),
        (("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"), "not_met"),
    ],
)
def test_vehicles_bought_and_run_are_told_apart(labels, outcome):
    assert verdicts(tables=[table(1, "three_public", cells=labels)])["three_public_split"].verdict == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("", "not_met"), ("2024年政府性基金拨款支出预算0万元；", "met"), ("如无政府性基金，本表为空。", "not_met")],
)
def test_an_empty_form_is_explained_at_it_or_in_the_text(text, outcome):
    tables = [*seen().tables, table(9, "government_fund", cells=("合计", ""))]
    check = Check("paper.form_empty", table_subject(tables[-1]), None, None, None, None, "fails", ())
    found = verdicts((*BODY, text), tables=tables, checks=(check,))["empty_forms_explained"]
    assert found.verdict == outcome


@pytest.mark.parametrize(
    ("said_in", "published", "outcome"),
    [
        ("2024年2月1日，市财政局批复本部门2024年部门预算。", date(2024, 2, 21), ("met", None)),
        ("2024年2月1日，市财政局批复本部门2024年部门预算。", date(2024, 2, 22), ("not_met", "late")),
        ("2024年2月1日，市财政局批复本部门2024年部门预算。", None, ("cannot_be_told", "date_of_publication_unknown")),
        (
            "2024年2月1日，市发改委批复该工程可行性研究报告。",
            date(2024, 9, 1),
            ("cannot_be_told", "date_of_approval_not_printed"),
        ),
        (
            "根据市财政局关于2024年部门预算的批复编制。",
            date(2024, 9, 1),
            ("cannot_be_told", "date_of_approval_not_printed"),
        ),
    ],
)
def test_in_time_is_told_by_both_days_alone(said_in, published, outcome):
    paper = seen((*BODY, said_in))
    reading = Reading(replace(paper.document, published_on=published), disclosure=judged(paper))
    assert said(judged_by_day(reading).disclosure[0]) == outcome


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"status": "failed"}, "could_not_be_read"),
        ({"kind": None}, "kind_or_year_unknown"),
        ({"department": None, "tables": []}, "no_departments_paper"),
    ],
)
def test_a_paper_that_was_not_looked_at_meets_nothing(other, reason):
    assert judged(seen(**other)) == not_looked(reason)
    assert {item.verdict for item in not_looked(reason)} == {"not_looked"}


def test_the_bureaus_paper_has_all_its_parts(shared):
    found = read_document(shared / "documents" / "cities" / "putuo_sfj_2026_budget.pdf").disclosure
    assert {item.duty for item in found if item.verdict == "not_met"} == set()
    pages = {item.duty: item.page for item in found}
    where = {"main_functions": 4, "organisation": 6, "glossary": 7, "statement": 8, "projects": 23, "form_basic": 19}
    assert {duty: pages[duty] for duty in where} == where


def test_a_paper_that_says_it_was_approved_tells_no_day(shared):
    found = read_document(shared / "documents" / "jiangsu_court_2019_budget.pdf").disclosure
    assert said(found[0]) == ("cannot_be_told", "date_of_approval_not_printed")


@pytest.mark.parametrize(
    ("paper", "pages"), [("cities/putuo_sfj_2026_budget", [4]), ("putuo_commerce_2025_budget", [])]
)
def test_a_line_that_a_page_shows_only_in_part_is_found(shared, paper, pages):
    found = read_document(shared / "documents" / f"{paper}.pdf").findings
    assert [each.page for each in found if each.code == "text_cut_off"] == pages


@pytest.mark.parametrize(
    "text",
    [
        "单位：无锡市某局单位：万元机关运行经费支出预算表",
        "如该部门无机关运行经费，则本表为空。",
        "该无形资产购置属于机关运行经费。",
        "部分项目未完成，机关运行经费未及时支付。",
    ],
)
def test_what_only_looks_like_a_none_is_none(text):
    body = [t for t in BODY if "机关运行" not in t] + [text]
    assert verdicts(body)["operating_expenses"].verdict == "cannot_be_told"


def test_a_duty_of_the_office_states_nothing_of_the_year():
    body = [t for t in BODY if "采购" not in t] + ["11.负责实施政府采购预算管理，项目100万元以上的公开招标。"]
    assert verdicts(body)["procurement"].verdict == "cannot_be_told"
