from pathlib import Path

import pytest

from flows.document import read_document
from flows.reference import reference_rows
from publish.beside import beside
from publish.release import publish_release
from samples.papers import FOLDER


@pytest.fixture(scope="session")
def sample_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the sample papers, with all that stands beside its tables."""
    readings = [read_document(paper) for paper in sorted(FOLDER.glob("*.pdf"))]
    root = tmp_path_factory.mktemp("samples")
    published = publish_release(readings, root, "2026.3.5", reference=reference_rows(), workers=1, derived=beside())
    return published.folder
