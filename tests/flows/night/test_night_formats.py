"""A night over portals that publish workbooks, pages and archives of them: all end in the release."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from night_world import World, world

from ledger.papers import papers_of
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.paper import PrintedTable
from samples.portal.publications import Publication, bundled, publication
from samples.twins.web import write_web_page
from samples.twins.word import write_document
from samples.twins.workbook import write_workbook
from samples.typeset import typeset
from schemas.wording import short_name

DAY = date(2025, 9, 20)
WRITERS = {"xlsx": write_workbook, "docx": write_document, "xls": write_web_page}
"""The last is a page that is called a workbook."""
DEPARTMENTS = ("示例市示例区教育局", "示例市示例区商务委员会", "示例市示例区交通运输局")


def published(folder: Path) -> dict[str, Publication]:
    """A paper of another department in each format."""
    made = {}
    for seed, (suffix, write) in enumerate(WRITERS.items()):
        paper = example_paper("national", "final_accounts", seed, department=DEPARTMENTS[seed])
        path = folder / f"{seed}.{suffix}"
        write(paper, LAYOUTS["plain"], path)
        own = publication(paper.department, paper.year, paper.kind, path.read_bytes(), DAY)
        made[suffix] = replace(own, file_name=own.file_name.replace(".pdf", f".{suffix}"))
    return made


@pytest.fixture
def portals(tmp_path: Path) -> Iterator[World]:
    own = published(tmp_path)
    bundle = bundled([own["docx"]], "示例市直属单位2024年度部门决算")
    with world(tmp_path, {"trs": [own["xlsx"], own["xls"]], "vsb": [bundle]}) as made:
        yield made


def test_office_files_pages_and_archives_end_in_the_release(portals: World) -> None:
    report = portals.night()
    assert report.processed.by_status == {"read": 3}
    documents = portals.rows("documents")
    assert sorted(row["format"] for row in documents) == ["docx", "html", "xlsx"]
    items = portals.rows("line_items")
    for row in documents:
        own = [item for item in items if item["document_id"] == row["document_id"]]
        assert len(own) > 200
        assert sum(item["status"] == "proven" for item in own) > 0.9 * len(own)
        assert all(item["place"] for item in own)


def in_two_files(folder: Path, department: str, seed: int) -> tuple[bytes, bytes]:
    """A paper's prose as PDF, and its forms as a workbook whose name says nothing of it."""
    paper = example_paper("national", "final_accounts", seed, department=department)
    prose = tuple(block for block in paper.blocks if not isinstance(block, PrintedTable))
    forms = tuple(block for block in paper.blocks if isinstance(block, PrintedTable))
    typeset(replace(paper, blocks=prose), LAYOUTS["plain"], folder / "prose.pdf")
    write_workbook(replace(paper, blocks=forms), LAYOUTS["plain"], folder / "forms.xlsx")
    return (folder / "prose.pdf").read_bytes(), (folder / "forms.xlsx").read_bytes()


def test_files_of_one_page_that_make_one_paper_are_one_in_ledger_and_release(tmp_path: Path) -> None:
    carried, own = in_two_files(tmp_path, DEPARTMENTS[0], 1), in_two_files(tmp_path, DEPARTMENTS[1], 2)
    with pikepdf.open(io.BytesIO(carried[0])) as pdf:
        pdf.attachments["附件1.xlsx"] = pikepdf.AttachedFileSpec(pdf, carried[1], filename="附件1.xlsx")
        pdf.save(whole := io.BytesIO())
    first = publication(DEPARTMENTS[0], 2024, "final_accounts", whole.getvalue(), DAY)
    prose = publication(DEPARTMENTS[1], 2024, "final_accounts", own[0], DAY)
    forms = replace(prose, content=own[1], file_name="附件2.xlsx")
    with world(tmp_path, {"trs": [first], "vsb": [bundled([prose, forms], prose.title)]}) as made:
        report = made.night()
        assert report.processed.by_status == {"read": 4}
        documents = made.rows("documents")
        assert sorted(Counter(row["paper_id"] for row in documents).values()) == [2, 2]
        assert {(row["container_place"] or "").rpartition("/")[2] for row in documents} == {
            "",
            "附件1.xlsx",
            prose.file_name,
            "附件2.xlsx",
        }
        checks = [row for row in made.rows("checks") if row["check_id"] == "prose.total"]
        by_document = Counter(row["document_id"] for row in checks if row["verdict"] == "holds")
        assert {row["format"] for row in documents if by_document[row["document_id"]] > 5} == {"pdf"}
        assert not [row for row in checks if row["verdict"] == "fails"]
        with made.ledger() as ledger:
            papers = papers_of(ledger.engine, short_name(DEPARTMENTS[0]), "final_accounts", [2024])
        assert [len(files) for files in papers[2024]] == [2]
        again = made.night()
        assert again.processed.by_status == {}
