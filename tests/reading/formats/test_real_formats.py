"""Real files of every format that portals serve: each is read or named with a reason, soon and in little memory."""

from pathlib import Path

import pytest

from reading.document import read_document
from reading.sources import find
from tests.kinds import one_in

READ = {
    "atlas_639c.xls": ("xls", 2),
    "xilingol_2024_debt.xls": ("xls", 1),
    "xls_that_is_xlsx.xls": ("xlsx", 2),
    "budget_report.docx": ("docx", 13),
    "1992ac06d0.ofd": ("ofd", 0),
    "5f5872bb4f.ofd": ("ofd", 0),
    "fda8987984.ofd": ("ofd", 1),
    "shiquan_p6.png": ("picture", 0),
    "shiquan_p8.png": ("picture", 0),
}
"""The format of each and how many tables it has: none holds a department's form."""
NAMED = {"015a6fdea3.html": "no_table_in_page", "0394b1965b.html": "no_table_in_page"}
MEMBERS = {"08181e2a09.zip": 8, "langfang_2025_budget.7z": 1}


@pytest.mark.parametrize("name", one_in(3, [*READ]))
def test_a_real_file_is_read(name: str, shared: Path) -> None:
    reading = read_document(shared / "documents" / "formats" / name)
    assert (reading.document.status, reading.document.status_reason) == ("read", "no_form_recognised")
    assert (reading.document.format, len(reading.tables)) == READ[name]


@pytest.mark.parametrize("name", NAMED)
def test_a_real_page_without_a_table_is_named(name: str, shared: Path) -> None:
    document = read_document(shared / "documents" / "formats" / name).document
    assert document.status == "failed"
    assert (document.status_reason or "").startswith(NAMED[name])


@pytest.mark.parametrize("name", MEMBERS)
def test_each_paper_of_a_real_archive_is_a_document(name: str, shared: Path) -> None:
    found = find([shared / "documents" / "formats" / name])
    assert len(found.sources) == MEMBERS[name]
    assert not found.unopened
    assert all(source.name.endswith(".pdf") and source.provenance.container == name for source in found.sources)
