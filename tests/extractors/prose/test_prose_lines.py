from dataclasses import replace

from made_prose import HEIGHT, line, page, text_page

from extractors.prose.lines import body_lines, joined
from extractors.prose.paragraphs import heading_like, paragraphs
from schemas.records import Box, Rule

LONG = "本年收入合计一百万元其中财政拨款收入一百万元占比为"


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [
        page(n, [line("某局2023年度部门决算", 30), line(f"第{n}段的正文", 300), line(f"- {n} -", HEIGHT - 40)])
        for n in (1, 2, 3)
    ]
    assert [one.text for one in body_lines(pages, {})] == ["第1段的正文", "第2段的正文", "第3段的正文"]


def test_a_number_in_the_middle_of_the_page_stays() -> None:
    assert [one.text for one in body_lines([page(1, [line("12", 400)])], {})] == ["12"]


def test_what_stands_in_a_ruled_table_is_left_out() -> None:
    box = Box(80, 190, 500, 260)
    ruled = page(1, [line("说明，文字。", 100), line("合计，小计。", 200)], [Rule(200, 195, 200, 255)])
    assert [one.text for one in body_lines([ruled], {1: [box]})] == ["说明，文字。"]


def test_sentences_in_a_box_without_vertical_rules_are_text() -> None:
    numbered = page(
        1, [line("5.小学教育，决算数为1万元，增长2%。", 200), line("6.高中教育，决算数为1万元，增长2%。", 220)]
    )
    assert len(body_lines([numbered], {1: [Box(80, 190, 560, 240)]})) == 2


def test_the_columns_of_a_table_without_rules_are_left_out() -> None:
    columns = [line("财政拨款收入", 200), line("事业收入", 220)]
    assert body_lines([page(1, columns)], {1: [Box(80, 190, 560, 240)]}) == ()


def test_two_figures_on_one_line_never_become_one() -> None:
    assert joined("2023", "429.56万元") == "2023 429.56万元"
    assert joined("2023年度", "429.56") == "2023年度429.56"


def test_words_on_one_line_are_joined_from_left_to_right() -> None:
    first, second = line("收入合计", 100), line("429.56万元", 101, indent=6)
    assert [one.text for one in body_lines([page(1, [second, first])], {})] == ["收入合计429.56万元"]


def test_a_paragraph_runs_over_lines_and_pages_and_knows_the_page_of_each_character() -> None:
    pages = [
        text_page(1, [(LONG, 2), (LONG[:23] + "100万", 0)]),
        text_page(2, [("元，占100%。", 0), (LONG, 2)]),
    ]
    first, second = paragraphs(body_lines(pages, {}))
    assert first.text == LONG + LONG[:23] + "100万元，占100%。"
    assert [first.page_at(first.text.index(mark)) for mark in ("100万", "占100%")] == [1, 2]
    assert second.text == LONG


def test_an_indent_and_an_ordinal_begin_paragraphs() -> None:
    lines = [
        ("一、收入决算情况说明", 2),
        (LONG, 2),
        ("占80%。", 0),
        ("（二）支出情况", 2),
        ("1.基本支出5万元；", 0),
        (LONG, 0),
    ]
    texts = [one.text for one in paragraphs(body_lines([text_page(1, lines)], {}))]
    assert texts == ["一、收入决算情况说明", LONG + "占80%。", "（二）支出情况", "1.基本支出5万元；", LONG]


def test_a_wrapped_level_of_an_item_and_a_decimal_begin_none() -> None:
    wrapped = text_page(1, [(LONG, 2), ("（款）其他支出（项）" + LONG[:16], 0), ("1.5万元。", 0)])
    assert len(paragraphs(body_lines([wrapped], {}))) == 1


def test_ordinals_belong_to_their_paragraph() -> None:
    (one,) = paragraphs(body_lines([text_page(1, [("(一)收入合计", 2)])], {}))
    assert one.ordinal == "（一）"
    assert replace(one, text="收入合计").ordinal == ""


def test_headings_are_short_and_no_sentences() -> None:
    assert heading_like("一、收入决算情况说明")
    assert heading_like("（一）决算总体情况说明。")
    assert not heading_like("本年收入合计100万元，其中：")
    assert not heading_like(LONG * 3)


def test_a_page_of_indented_lines_has_the_left_edge_of_the_others() -> None:
    pages = [
        text_page(1, [(LONG, 0), (LONG, 0)]),
        text_page(2, [(LONG + "。", 2), (LONG, 2)]),
        text_page(3, [(LONG, 0)]),
    ]
    assert [one.text for one in paragraphs(body_lines(pages, {}))] == [LONG * 2, LONG + "。", LONG * 2]
