from dataclasses import replace

import pytest

from extractors.forms.form import Form
from extractors.forms.recognise import recognise
from extractors.forms.scanned_departments import one_spelling
from schemas.records import Box, Cell, Reader, Table, TextLine

BOX = Box(0, 0, 10, 10)
ROWS = [["科目编码", "科目名称", "合计"], ["205", "教育支出", "1.00"]]
NAME = "江苏省高级人民法院"


def form(department: str, reader: Reader = "rapidocr") -> Form:
    cells = tuple(
        Cell(row, col, 1, 1, text, 1, BOX, reader, 0.9)
        for row, texts in enumerate(ROWS, start=1)
        for col, text in enumerate(texts, start=1)
    )
    lines = ("2023年度支出决算表", f"部门：{department}", "单位：万元")
    table = Table(1, (1,), 2, 3, cells, tuple(TextLine(line, 1, BOX) for line in lines))
    made, _ = recognise(table)
    assert made is not None
    assert made.heading.department is not None
    return replace(made, heading=replace(made.heading, department=department))


@pytest.mark.parametrize(
    "misspelt", ["工苏省高级人民法院", "江苏省高级人民法院儿", "江苏省高级人民法院单仁万元", "江苏省高级入民法"]
)
def test_a_department_is_spelled_as_most_of_the_other_forms_spell_it(misspelt: str) -> None:
    spelled, findings = one_spelling([form(NAME), form(misspelt), form(NAME)])
    assert [each.heading.department for each in spelled] == [NAME] * 3
    assert [(each.code, each.detail) for each in findings] == [("department_matched", f"{misspelt} → {NAME}")]


@pytest.mark.parametrize(
    "names",
    [
        ["某某市第一小学", "某某市第一小学", "某某市第二小学"],
        ["某某区教育局", "某某区教育局", "某某区教育考试院"],
        ["某某区东街办事处", "某某区东街办事处", "某某区西街办事处"],
        [NAME, "工苏省高级人民法院"],
    ],
)
def test_departments_that_may_be_two_stay_two(names: list[str]) -> None:
    spelled, findings = one_spelling([form(name) for name in names])
    assert [each.heading.department for each in spelled] == names
    assert findings == []


def test_a_text_layer_keeps_what_it_prints() -> None:
    forms = [form(name, "pdfium") for name in (NAME, NAME, "工苏省高级人民法院")]
    assert one_spelling(forms) == (forms, [])
