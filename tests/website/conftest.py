from dataclasses import replace
from pathlib import Path

import pytest

from publish.store.derived_files import derived_files
from publish.store.release import publish_release
from publish.tables.reference import reference_rows
from reading.document import read_document
from reading.running.processes import DocumentProcesses
from samples.demo import DEPARTMENT, demo_publications
from schemas.records import Reading
from website.building import Built, build_site
from website.release.originals import Originals

DIVISION = "310107"
"""A division that the list knows: 上海市普陀区."""


@pytest.fixture(scope="session")
def demo_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers of the demo's department: final accounts with a misprint, and the next year's budget."""
    folder = tmp_path_factory.mktemp("papers")
    for each in demo_publications():
        if each.department == DEPARTMENT and (each.year, each.kind) in {(2023, "final_accounts"), (2024, "budget")}:
            (folder / each.file_name).write_bytes(each.content)
    return folder


@pytest.fixture(scope="session")
def demo_readings(demo_papers: Path) -> list[Reading]:
    read = [read_document(paper) for paper in sorted(demo_papers.glob("*.pdf"))]
    return [replace(each, document=replace(each.document, division_code=DIVISION, portal="demo")) for each in read]


def published(readings: list[Reading], root: Path, version: str = "2026.3.5") -> Path:
    """A root with a release of these readings."""
    beside_tables = {"reference": reference_rows(), "derived": derived_files()}
    publish_release(readings, root, version, workers=1, **beside_tables)
    return root


@pytest.fixture(scope="session")
def built(
    demo_readings: list[Reading],
    demo_papers: Path,
    processes: DocumentProcesses,
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    """The site of the two papers, with pictures of their pages."""
    root = published(demo_readings, tmp_path_factory.mktemp("root"))
    return build_site(root, None, Originals(folders=[demo_papers]), processes)
