"""A night over portals that publish workbooks, pages and archives of them: all end in the release."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from night_world import World, world

from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.portal.publications import Publication, bundled, publication
from samples.twins.web import write_web_page
from samples.twins.word import write_document
from samples.twins.workbook import write_workbook

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
