"""What is wrong with the words of a paper: each check on what it finds and on what it must leave alone."""

from dataclasses import replace

import pytest
from made_prose import line, page, statements, text_page

from extractors.prose.facts import read_prose
from extractors.prose.lines import body_lines
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen
from extractors.prose.words.changes import change_found
from extractors.prose.words.editions import of_other_editions
from extractors.prose.words.leftovers import leftovers
from extractors.prose.words.levels import of_the_other_level
from extractors.prose.words.marks import unpaired
from extractors.prose.words.pages import blank_pages, repeated_lines
from extractors.prose.words.parts import against_contents, without_full_stop
from extractors.prose.words.twice import parts_do_not_add_up, said_twice
from extractors.prose.words.years import of_other_years
from schemas.findings import known_findings
from schemas.prose import words
from schemas.records import Kind

BUDGET: Kind = "budget"


def paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, ((0, page),)) for page, text in enumerate(texts, start=1)]


def told(seen: list[Seen]) -> list[tuple[str, str]]:
    """The words that each finding is about, and what would be right."""
    return [(one.paragraph.text[one.place.start : one.place.end], one.right) for one in seen]


def changes(text: str) -> list[tuple[str, str, str]]:
    said = statements(text, BUDGET)
    seen = [one for at, statement in enumerate(said) for one in change_found(statement, said[:at])]
    return [(one.code, *pair) for one, pair in zip(seen, told(seen), strict=True)]


ITEM = "1、住房保障支出（221类）住房改革支出（02款）住房公积金（01项）"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("208.8万元。2022年当年预算执行数为198.34万元，比2022年预算执行数增加5.27%。", []),
        ("208.8万元。2022年当年预算执行数为198.34万元，比2022年预算执行数增加5.3%。", []),
        (
            "208.8万元。2022年当年预算执行数为1983.4万元，比2022年预算执行数增加5.27%。",
            [("prose_change_not_recomputed", "5.27%", "据两数为-89.47%")],
        ),
        (
            "208.8万元。2022年当年预算执行数为198.34万元，比2022年预算执行数减少5.27%。",
            [("prose_direction_contradicted", "5.27%", "据两数为5.27%")],
        ),
        # one of the amounts of the year gives it; the year before is another's
        ("208.8万元。2022年当年预算执行数为198.34万元，2023年预算安排201.5万元，增加5.27%。", []),
        ("208.8万元。2022年当年预算执行数为198.34万元，比2022年预算增加15.27%。", []),
        ("208.8万元。2022年预算安排198.8万元，比上年预算增加10万元，增长5.03%。", []),
        (
            "208.8万元。2022年预算安排198.8万元，比上年预算增加12万元。",
            [("prose_change_not_recomputed", "12万元", "据两数为10.0万元")],
        ),
        (
            "208.8万元。2022年预算安排198.8万元，与上年预算持平。",
            [("prose_direction_contradicted", "与上年预算持平", "据两数为10.0万元")],
        ),
    ],
)
def test_changes_are_held_against_both_amounts(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert changes(ITEM + text) == expected


def test_a_change_in_per_cent_is_held_against_that_in_yuan() -> None:
    assert changes("收入预算100.00万元，比上年增加10.00万元，增长10.00%。") == [
        ("prose_change_not_recomputed", "10.00%", "据两数为11.11%")
    ]


def test_nothing_falls_by_more_than_itself() -> None:
    assert changes("公务用车购置费0.00万元，比上年预算数下降200.0%。") == [
        ("prose_change_not_recomputed", "200.0%", "降幅不能超过100%")
    ]
    assert changes("公务用车购置费0.00万元，比上年预算数下降100.0%。") == []


def test_one_thing_is_said_once() -> None:
    twice = ITEM + "208.8万元。2022年当年预算执行数为198.34万元，2023年预算安排201.50万元。"
    assert told(list(said_twice(statements(twice, BUDGET)))) == [("201.50万元", "住房公积金另作208.8万元")]
    once = ITEM + "208.80万元。2022年当年预算执行数为198.34万元，2023年预算安排208.8万元。"
    assert not list(said_twice(statements(once, BUDGET)))


@pytest.mark.parametrize(
    ("parts", "right"),
    [
        ("货物预算3.0万元、工程预算0.0万元、服务预算5.0万元", None),
        ("货物预算3.0万元、工程预算1.0万元、服务预算5.0万元", "各项合计9.0万元"),
        ("货物预算3.0万元、服务预算4.0万元", None),
    ],
)
def test_parts_make_up_their_whole(parts: str, right: str | None) -> None:
    text = f"政府采购预算8.0万元，其中：政府采购{parts}。"
    assert [one.right for one in parts_do_not_add_up(statements(text, BUDGET))] == ([right] if right else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入100万元，比2023年预算增加5万元；支出与2023年预算持平。", ["比2023年预算增加", "与2023年预算持平"]),
        ("收入100万元，比2022年预算增加5万元，占2023年预算的5%。", []),
        ("截至2022年8月31日，共有车辆3辆。", []),
        ("截至2025年8月31日，共有车辆3辆。", ["截至2025年"]),
        ("第二部分2022年部门预算表", ["2022"]),
        ("第二部分2023年部门预算表", []),
        ("一、2022年度部门预算执行情况", []),
    ],
)
def test_years_are_the_papers(text: str, expected: list[str]) -> None:
    (paragraph,) = paragraphs(text)
    assert [said for said, _ in told(list(of_other_years(paragraph, 2023, BUDGET, accounts=True)))] == expected


def test_final_accounts_are_compared_with_their_own_budget_and_end_with_their_year() -> None:
    (budget,) = paragraphs("决算数比2023年预算增加5万元。")
    assert not list(of_other_years(budget, 2023, "final_accounts", accounts=True))
    (dated,) = paragraphs("截至2022年12月31日，共有车辆3辆。")
    assert [right for _, right in told(list(of_other_years(dated, 2023, "final_accounts", accounts=True)))] == [
        "本文件为2023年"
    ]


def test_a_class_is_called_as_in_the_papers_year() -> None:
    (old,) = paragraphs("11、医疗卫生与计划生育支出（210类）行政事业单位医疗（11款）114.97万元。")
    assert [right for _, right in told(list(of_other_editions(old, 2023)))] == ["2023年的名称为卫生健康支出"]
    assert not list(of_other_editions(old, 2018))
    (today,) = paragraphs(
        "2023年支出包括：卫生健康（类）支出5万元、社会保障和就业支出（类）3万元、奇怪支出（类）1万元。"
    )
    assert not list(of_other_editions(today, 2023))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展“人民调解检查”、优秀案例”活动。", ["”"]),
        ("开展“人民调解（一期”活动。", ["（"]),
        ("三公”经费具体情况如下：", ["”"]),
        ("（一）开展“人民调解（一期）”、‘优秀《案例》’活动。", []),
        ("1）开展活动，2）开展检查。", []),
        ("开展“人民调解", []),  # no whole sentence: the rest may stand elsewhere
    ],
)
def test_marks_come_in_pairs(text: str, expected: list[str]) -> None:
    assert [said for said, _ in told(list(unpaired(paragraphs(text))))] == expected


def test_halves_of_two_paragraphs_may_be_one_pair() -> None:
    assert not list(unpaired(paragraphs("开展“检查。", "然后结束”。")))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("用于运行维护等方面的支出。。比上年增加。", ["prose_punctuation_doubled"]),
        ("用于运行维护，。", ["prose_punctuation_doubled"]),
        ("用于运行维护……", []),
        ("主要用于主要用于单位缴费。", ["prose_words_doubled"]),
        ("本部门主管的的专项。", ["prose_words_doubled"]),
        ("做的的确很好，研究研究。", []),
        ("比上年减少，主要原因是。", ["prose_sentence_cut_off"]),
        ("比上年减少，主要原因是人员减少。", []),
        ("本部门（）无此项。", ["prose_brackets_empty"]),
    ],
)
def test_the_template_and_its_marks(text: str, codes: list[str]) -> None:
    assert [one.code for one in leftovers(paragraphs(text)[0])] == codes


def test_what_only_accounts_must_not_say_is_left_alone_elsewhere() -> None:
    (paragraph,) = paragraphs("西安市红会医院西安市红会医院高铁新城院区项目。")
    assert [one.code for one in leftovers(paragraph)] == ["prose_words_doubled"]
    assert not list(leftovers(paragraph, accounts=False))


def test_a_sentence_that_tells_why_ends_with_a_mark() -> None:
    seen = without_full_stop(
        paragraphs("增加的主要原因是工作量增加", "增加的主要原因是工作量增加。", "三、存在问题的原因分析")
    )
    assert [one.paragraph.page_at(0) for one in seen] == [1]


def test_a_units_paper_calls_itself_a_unit() -> None:
    cover, said = paragraphs("某市某中心2023年单位预算", "本单位无此项，本部门无车辆。")
    assert told(list(of_the_other_level([cover, said], [said]))) == [("本部门", "本单位")]
    department = paragraphs("某市某局2023年部门预算", "本部门无此项，本单位无车辆。")
    assert not list(of_the_other_level(department, department[1:]))  # it may speak of a unit of its own


def test_parts_are_called_as_the_contents_say() -> None:
    text = paragraphs("第一部分部门概况……3", "第二部分部门预算表……5", "第一部分概况", "第二部分名词解释")
    assert told(list(against_contents(text))) == [("名词解释", "目录作第二部分部门预算表")]


def test_every_template_is_a_known_finding() -> None:
    assert {template.finding for template in words().templates} <= known_findings().keys()


def test_a_page_without_anything_is_blank_and_one_with_a_chart_is_not() -> None:
    said = [page(1, [line("说明", 100)]), page(2, []), page(3, [line("说明", 100)])]
    assert [finding.page for finding in blank_pages(said)] == [2]
    assert not list(blank_pages([said[0], replace(said[1], shows_pictures=True), said[2]]))
    assert not list(blank_pages(said[:2]))  # the back of the last leaf
    assert not list(blank_pages([said[0], replace(said[1], reader="cells"), said[2]]))  # an empty sheet


def test_lines_that_the_next_page_begins_with_are_cut_off() -> None:
    first, second = "（七）负责推进公共法律服务体系建设，统筹资源。", "负责律师、公证等管理工作。"
    pages = [
        text_page(1, [("（六）指导矫正工作。", 0), (first, 0), (second, 0)]),
        text_page(2, [(first, 0), (second, 0)]),
    ]
    found = list(repeated_lines(body_lines(pages, {}), frozenset({1, 2})))
    assert [(finding.page, finding.detail.partition(" ⇒")[0]) for finding in found] == [(1, first)]
    assert not list(repeated_lines(body_lines(pages[:1], {}), frozenset({1, 2})))
    assert not list(repeated_lines(body_lines(pages, {}), frozenset({1})))  # page 2 was read from its picture


def test_words_that_a_picture_was_read_as_are_held_against_nobody() -> None:
    text = [("一、收入预算情况说明", 2), ("收入预算100.00万元，比上年增加10.00万元，增长10.00%。。", 2)]
    stored = text_page(1, text)
    assert [one.code for one in read_prose([stored], {}, BUDGET, 2023).findings] == [
        "prose_change_not_recomputed",
        "prose_punctuation_doubled",
    ]
    scanned = replace(stored, reader="rapidocr")
    assert not read_prose([scanned], {}, BUDGET, 2023).findings


def test_no_figure_is_held_against_another_where_many_are_not_understood() -> None:
    wrong = ("收入预算100.00万元，比上年增加10.00万元，增长10.00%。", 2)
    odd = ("税收完成84.9亿元，占年度目标的58.6%。", 2)
    heading = ("一、收入预算情况说明", 2)
    assert "prose_change_not_recomputed" in {
        one.code for one in read_prose([text_page(1, [heading, wrong])], {}, BUDGET, 2023).findings
    }
    report = text_page(1, [heading, wrong, odd, odd, odd])
    assert {one.code for one in read_prose([report], {}, BUDGET, 2023).findings} == {"prose_figure_unread"}


def test_what_is_added_to_makes_another_total() -> None:
    text = "支出预算安排106.8亿元，加上债务还本支出97.2亿元，支出总计204亿元。"
    assert not list(said_twice(statements(text, BUDGET)))


def test_a_name_of_the_papers_own_tells_too_what_a_change_is_measured_against() -> None:
    lines = [("三、其他重要事项情况说明", 0.0), ("宣传经费支出5万元，比年初预算减少2万元。", 2.0)]
    facts = read_prose([text_page(1, lines)], {}, "final_accounts", 2023).facts
    assert [(fact.name, fact.fact) for fact in facts] == [
        ("宣传经费支出", "total"),
        ("宣传经费支出/比年初预算", "change_yuan"),
    ]
