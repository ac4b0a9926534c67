import pytest

from extractors.prose.paragraphs import Paragraph
from extractors.prose.sections import heading_of, sections


def _paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, ((0, 1),)) for text in texts]


def _titles(*texts: str, forms: tuple[str, ...] = ()) -> list[tuple[str, str | None]]:
    return [(section.title, section.subject_form) for section in sections(_paragraphs(*texts), forms)]


def test_only_the_part_that_explains_figures_is_read() -> None:
    found = sections(
        _paragraphs(
            "第一部分某局概况",
            "一、主要职能",
            "占地8380亩，投入100万元。",
            "第三部分2023年度部门决算情况说明",
            "一、收入支出决算总体情况说明",
            "收入支出总计100万元。",
            "第四部分名词解释",
            "一、收入决算情况说明",
            "财政拨款收入：指100万元。",
        )
    )
    assert [[paragraph.text for paragraph in section.paragraphs] for section in found] == [["收入支出总计100万元。"]]


def test_the_caption_of_a_part_runs_over_centred_lines() -> None:
    assert _titles("第三部分某局2024年度部门决算情况", "说明", "一、收入决算情况说明", "收入合计1万元。") == [
        ("收入决算情况说明", "revenue_by_function")
    ]


def test_tables_interrupt_the_prose_until_the_next_title() -> None:
    titles = _titles(
        "2025年部门预算编制说明",
        "收入预算1万元。",
        "2025年部门财务收支预算总表",
        "编制部门：某局",
        "其他相关情况说明",
        "一、2025年“三公”经费预算情况说明",
        "预算数为1万元。",
        "科技创新专项经费情况说明",
        "一、项目概述",
        "总预算1720万。",
    )
    assert titles == [("2025年部门预算编制说明", None), ("2025年“三公”经费预算情况说明", "three_public")]


def test_the_innermost_heading_that_names_a_form_decides() -> None:
    titles = _titles(
        "五、一般公共预算财政拨款支出决算情况说明",
        "（一）总体情况",
        "支出1万元。",
        "十一、其他重要事项的情况说明",
        "（一）机关运行经费支出情况",
        "支出2万元。",
    )
    assert titles == [
        ("总体情况", "general_budget_by_function"),
        ("机关运行经费支出情况", "operating_expenses_by_economic"),
    ]


def test_a_heading_for_two_forms_means_the_one_that_the_paper_holds() -> None:
    prose = ("二、收入预算情况说明", "本年收入预算合计1万元。")
    assert _titles(*prose) == [("收入预算情况说明", None)]
    assert _titles(*prose, forms=("revenue_by_source",)) == [("收入预算情况说明", "revenue_by_source")]


@pytest.mark.parametrize(
    "text",
    ["（一）公共安全（类）", "（一）人员经费18387.95万元", "1.收入合计", "此外，基本支出增加", "本部门无此项收支"],
)
def test_items_figures_and_sentences_are_no_headings(text: str) -> None:
    assert heading_of(Paragraph(text, ((0, 1),))) is None
