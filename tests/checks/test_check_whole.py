"""All checks of real papers: what fails is what their publishers printed wrong, looked up in the papers by hand."""

import pytest
from made_items import document, expenditure, fact, revenue, summary, table

from checks import check_paper
from reading.document import read_document
from schemas.identities import catalogue

PAPER = [*summary(), *revenue(), *expenditure()]


def test_one_call_gives_statuses_checks_and_findings():
    tables = [table(1, "revenue_expenditure_summary", cells=("1.00",)), table(2, "government_fund")]
    odd = [each for each in PAPER if each.code != "20103"]
    checked = check_paper(document(), tables, odd, [fact("收入支出总计", "99万元")])
    assert {each.check_id for each in checked.checks if each.verdict == "fails"} >= {"prose.total", "paper.form_empty"}
    assert {each.code for each in checked.findings} == {"code_without_parent"}
    unproven = {(each.code, each.status_reason) for each in checked.items if each.status != "proven"}
    assert unproven == {("2010301", "parent_missing"), ("2010302", "parent_missing")}


def test_what_the_prose_and_the_paper_as_a_whole_say_touches_no_status():
    plain = check_paper(document(), [], PAPER)
    wrong = check_paper(
        document(), [table(1, "government_fund", department="另市某局")], PAPER, [fact("收入支出总计", "99万元")]
    )
    assert wrong.items == plain.items
    assert any(each.verdict == "fails" for each in wrong.checks)


FAILING = {
    "jiangsu_court_2017_budget": {
        # 182.92 of 28,849.38 is 0.63 %, printed 0.64 %
        ("prose.share", "单位预留机动经费"),
        ("paper.form_empty", "government_fund"),
    },
    "putuo_planning_2024_final": {
        # 99.87 % and 95.46 % are cut to 99.86 % and 95.45 %; 5,377.64 is the basic expenditure of all money, not of the
        # general budget
        ("prose.share", "一般公共预算财政拨款支出"),
        ("prose.completion", "一般公共预算财政拨款支出"),
        ("prose.total", "一般公共预算财政拨款基本支出"),
        ("prose.total", "人员经费"),
        # 上海市规划和自然资源局 above the forms of 上海市普陀区规划和自然资源局
        ("paper.department_agrees", "revenue_expenditure_summary"),
    },
    # 使用非财政拨款结余 18,953.73 in the prose, 18,953.78 on the form
    "swu_2021_budget": {("prose.total", "使用非财政拨款结余")},
    "zhuzhou_union_2023_final": {
        # 181,000 of 4,295,600 is 4.21 %, printed 4.22 %; 水利 and 农业农村 have changed places in the prose
        ("prose.share", "社会保障和就业支出"),
        ("prose.total", "行政运行"),
    },
    "jiangsu_court_2019_budget": set(),
    "putuo_wanli_2025_budget": set(),
}


@pytest.mark.parametrize("name", FAILING)
def test_what_fails_is_the_publishers_own_and_every_check_has_a_title(shared, name):
    checks = read_document(shared / "documents" / f"{name}.pdf").checks
    failing = {(each.check_id, _about(each.subject)) for each in checks if each.verdict == "fails"}
    assert failing == FAILING[name]
    assert all(catalogue().title(each.check_id).zh for each in checks)
    assert len({(each.check_id, each.subject) for each in checks}) == len(checks)


def _about(subject):
    return subject.split("/")[-1].split("|")[-1].split(":")[-1].split(" ")[-1]
