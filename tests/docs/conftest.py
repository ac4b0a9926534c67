from pathlib import Path

import pytest

from publish.store.derived_files import derived_files
from publish.store.release import publish_release
from publish.tables.pieces import Layout
from publish.tables.reference import reference_rows
from reading.document import read_document
from samples.papers import FOLDER
from schemas.records import Reading


@pytest.fixture(scope="session")
def sample_readings() -> list[Reading]:
    return [read_document(paper) for paper in sorted(FOLDER.glob("*.pdf"))]


@pytest.fixture(scope="session")
def sample_release(sample_readings: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the sample papers, with all that stands beside its tables."""
    return _published(sample_readings, tmp_path_factory.mktemp("samples"), Layout())


@pytest.fixture(scope="session")
def split_release(sample_readings: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as if it were large: every table that may be split by year is."""
    return _published(sample_readings, tmp_path_factory.mktemp("split"), Layout(most_rows=0))


def _published(readings: list[Reading], root: Path, layout: Layout) -> Path:
    beside_tables = {"reference": reference_rows(), "derived": derived_files()}
    return publish_release(readings, root, "2026.3.5", workers=1, layout=layout, **beside_tables).folder
