"""The sheet and the evidence as they are written from real and made papers: pictures, hashes, one page."""

import json
import re
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from cli.main import app
from extractors.pages.overlays.cutting import boxes_of
from extractors.pages.pdfium import open_pdf, read_page
from schemas.duties import duties
from schemas.records import Box, Word

WORDS = [
    Word("一、收入预算增加", Box(10, 10, 90, 20)),
    Word("17.62%。", Box(90, 10, 150, 20)),
    Word("主要原因是", Box(10, 30, 60, 40)),
]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("增加17.62%。", 1),
        ("17.62%。主要原因是", 2),
        ("主要原因是人员增加及项目调整", 0),
        ("上页的末尾。一、收入预算增加", 1),
        ("无此语句而且很长很长", 0),
    ],
)
def test_a_sentence_is_found_on_its_lines(text, lines):
    assert len(list(boxes_of(text, WORDS))) == lines


def test_a_box_holds_the_sentence_and_not_the_whole_run():
    (box,) = boxes_of("增加", WORDS)
    assert (round(box.x0), round(box.x1)) == (70, 90)
    (figure,) = boxes_of("增加", [Word("2026年增加", Box(0, 0, 50, 10))])
    assert (round(figure.x0), round(figure.x1)) == (30, 50)


def gongkai(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_the_sheet_has_each_item_and_a_picture_of_each_fault(shared, tmp_path):
    paper = shared / "documents" / "cities" / "yantai_petitions.pdf"
    sheet = tmp_path / "sheet.xlsx"
    result = gongkai("check", paper, "--sheet", sheet, "--acknowledged", tmp_path / "none.yaml", "--json")
    told = json.loads(result.stdout)["papers"][0]
    page, unchecked = openpyxl.load_workbook(sheet).worksheets
    items = [cell.value for cell in page["B"] if cell.value in duties().sheet.items]
    assert items == list(duties().sheet.items)
    on_pages = [fault for fault in told["faults"] if fault["page"]]
    assert len(page._images) >= len(on_pages) > 0
    verdicts = {row[1].value: row[2].value for row in page.iter_rows() if row[1].value in items}
    assert verdicts["报表"] == "否", "its sums do not add up"
    assert {cell.value for cell in unchecked["A"]} >= {"yantai_petitions.pdf"}
    assert {each["verdict"] for each in told["duties"]} >= {"met"}


def test_the_evidence_is_one_page_with_its_hashes(shared, tmp_path):
    paper = shared / "documents" / "cities" / "yantai_petitions.pdf"
    result = gongkai("evidence", paper, "expenditure_by_function.parts", "--to", tmp_path / "sent")
    assert result.exit_code == 0, result.output
    facts = json.loads((tmp_path / "sent" / "evidence.json").read_text("utf-8"))
    page = (tmp_path / "sent" / "index.html").read_text("utf-8")
    assert facts["document_id"] == sha256(paper.read_bytes()).hexdigest()
    assert facts["document_id"] in page
    assert not re.search(r"(src|href)=\"(?!data:)", page), "the page needs another file"
    for fault in facts["faults"]:
        assert fault["page"] == 9
        for picture in fault["pictures"]:
            assert sha256((tmp_path / "sent" / picture["file"]).read_bytes()).hexdigest() == picture["sha256"]
            assert picture["sha256"] in page
    assert {fault["difference_yuan"] for fault in facts["faults"]} == {"5240000.00"}


def test_a_fault_that_is_not_there_is_wrong_use_and_tells_those_that_are(good_paper: Path, tmp_path):
    result = gongkai("evidence", good_paper, "nothing", "--to", tmp_path / "sent")
    assert result.exit_code == 2
    assert not (tmp_path / "sent").exists()


def test_a_fault_is_acknowledged_by_its_id_and_told_so_next_time(good_paper: Path, tmp_path):
    known = tmp_path / "acknowledged.yaml"
    before = json.loads(gongkai("check", good_paper, "--json", "--acknowledged", known).stdout)["papers"][0]["faults"]
    first = before[0]["id"]
    result = gongkai(
        "acknowledge", good_paper, first, "--as", "not_a_fault", "--reason", "样例", "--acknowledged", known
    )
    assert result.exit_code == 0, result.output
    after = json.loads(gongkai("check", good_paper, "--json", "--acknowledged", known).stdout)["papers"][0]["faults"]
    assert {fault["id"]: fault["acknowledged"] for fault in after} == {
        fault["id"]: "not_a_fault" if fault["id"] == first else None for fault in before
    }


def test_a_dataset_has_no_pages_for_a_sheet(good_paper: Path, tmp_path):
    gongkai("extract", good_paper, "--to", tmp_path / "out")
    result = gongkai("check", tmp_path / "out", "--sheet", tmp_path / "sheet.xlsx")
    assert result.exit_code == 2


def test_words_are_found_on_the_page_of_a_real_paper(shared):
    with open_pdf(shared / "documents" / "cities" / "putuo_sfj_2026_budget.pdf") as document:
        words = read_page(document, 9).words
    assert len(list(boxes_of("医疗卫生与计划生育支出（210类）", words))) == 1


def test_the_second_time_is_found_where_a_page_prints_the_words_twice():
    again = [*WORDS, Word("又增加17.62%。", Box(10, 50, 80, 60))]
    assert [round(box.y0) for time in (1, 2) for box in boxes_of("增加17.62%。", again, time)] == [10, 50]
