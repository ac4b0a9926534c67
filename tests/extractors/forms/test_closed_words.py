import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.forms.closed_words import ClosedWords, row_and_column_words, title_words
from extractors.forms.scanned_words import respelled
from schemas.forms import usual_headings
from schemas.forms.title_words import title_words as titles
from schemas.pattern_words import words_of
from schemas.records import Box, Cell, Reader, Table, TextLine

BOX = Box(0, 0, 10, 10)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("a|b", ["a", "b"]),
        ("x(a|b)?", ["x", "xa", "xb"]),
        ("(?:a|b)c", ["ac", "bc"]),
        (r"境\(外\)", ["境(外)"]),
        ("a.*b|c+|[de]|f", ["ab", "f"]),
        ("(a|b)*c", ["c"]),
    ],
)
def test_a_pattern_gives_its_words(pattern: str, words: list[str]) -> None:
    assert sorted(words_of(pattern)) == sorted(words)
    assert all(re.fullmatch(pattern, word) for word in words)


def test_every_word_of_the_projects_patterns_matches_its_pattern() -> None:
    patterns = list(usual_headings())
    patterns += [pattern for kind in titles().words.values() for own in kind.values() for pattern in own]
    for pattern in patterns:
        assert all(re.fullmatch(pattern, word) for word in words_of(pattern)[:200]), pattern


def test_more_words_than_a_vocabulary_has_are_refused() -> None:
    with pytest.raises(ValueError, match="words"):
        words_of("(a|b|c|d)" * 9)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("科日名称", "科目名称"),
        ("项日", "项目"),
        ("项H", "项目"),
        ("般公共服务支出", "一般公共服务支出"),
        ("T.资福利支出", "工资福利支出"),
        ("住房公积金。", "住房公积金"),
        ("机关事业单位基木养老保险缴费支岀", "机关事业单位基本养老保险缴费支出"),
        ("未明管理的行政单位离退休", "未归口管理的行政单位离退休"),
        ("行政事业单位养老支1出", "行政事业单位养老支出"),
        ("決算数", "决算数"),
    ],
)
def test_a_misread_label_is_taken_for_the_one_word_that_is_near(read: str, meant: str) -> None:
    assert read not in row_and_column_words()
    near = row_and_column_words().nearest(read)
    assert near is not None
    assert (near.word, near.distance > 0) == (meant, True)


@pytest.mark.parametrize("read", ["人口", "某某局", "党建工作经费支出", "政", "", "行政经费"])
def test_what_is_near_no_word_is_taken_for_none(read: str) -> None:
    assert row_and_column_words().nearest(read) is None


def test_what_is_as_near_to_two_words_is_taken_for_neither() -> None:
    words = ClosedWords(["甲乙丙丁戊", "甲乙丙丁己"])
    assert words.nearest("甲乙丙丁庚") is None
    assert words.nearest("甲乙丙丁。戊") == ("甲乙丙丁戊", 1)


@pytest.mark.parametrize(("read", "known"), [("未归管理的行政单位离退休", True), ("机关事业单位养老保险缴费", False)])
def test_of_a_text_that_the_reader_is_sure_of_only_faint_characters_are_lost(read: str, known: bool) -> None:
    assert (row_and_column_words().nearest(read, sure=True) is not None) is known


def test_a_misread_title_is_known() -> None:
    near = title_words().nearest("般公共预算财政拨款支出决算表")
    assert near == ("一般公共预算财政拨款支出决算表", 1)


def table(*texts: str, reader: Reader = "rapidocr") -> Table:
    cells = tuple(Cell(1, at, 1, 1, text, 1, BOX, reader, 0.9) for at, text in enumerate(texts, start=1))
    return Table(3, (1,), 1, len(texts), cells, (TextLine("2023年度支出决算表", 1, BOX),))


def test_labels_of_a_scan_are_respelled_with_their_ordinals_and_told() -> None:
    spelled, findings = respelled(table("科日名称", "一、般公共服务支出", "、教育支出", "党建工作经费支出"))
    assert [cell.text for cell in spelled.cells] == ["科目名称", "一、一般公共服务支出", "教育支出", "党建工作经费支出"]
    assert [(f.code, f.detail, f.table_no, f.row, f.col) for f in findings] == [
        ("label_matched", "科日名称 → 科目名称, distance 1", 3, 1, 1),
        ("label_matched", "般公共服务支出 → 一般公共服务支出, distance 1", 3, 1, 2),
    ]


def test_an_ordinal_that_lost_its_comma_is_no_part_of_a_label() -> None:
    spelled, _ = respelled(table("九卫生健康支出", "二农林水支出", "一般公共服务支出"))
    assert [cell.text for cell in spelled.cells] == ["卫生健康支出", "农林水支出", "一般公共服务支出"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("部门名称某某局单位 万元", "部门名称某某局单位：万元"),
        ("单位万元", "单位：万元"),
        ("单位：元", "单位：元"),
        ("某某局2023年度文出决算表", "某某局支出决算表"),
        ("某某局2023年度支出决算表", "某某局2023年度支出决算表"),
        ("项目支出绩效自评表", "项目支出绩效自评表"),
    ],
)
def test_the_lines_above_a_scanned_table_say_their_title_and_unit(read: str, meant: str) -> None:
    scanned = replace(table("科目名称"), heading=(TextLine(read, 1, BOX),))
    assert respelled(scanned)[0].heading[0].text == meant


def test_a_text_layer_is_never_respelled() -> None:
    printed = table("科日名称", "般公共服务支出", reader="pdfium")
    assert respelled(printed) == (printed, [])


@given(st.from_regex(r"-?\d[\d,]{0,11}(\.\d{1,2})?(万元)?", fullmatch=True))
def test_an_amount_is_never_changed(amount: str) -> None:
    spelled, findings = respelled(table(amount))
    assert spelled.cells[0].text == amount
    assert findings == []
