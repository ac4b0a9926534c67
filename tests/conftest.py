"""What every room's tests share: where the real papers are, when they are there."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real papers, truths and code lists beside the project, or a skip that says it is absent."""
    if not (SHARED / "documents").is_dir():
        pytest.skip(f"the real papers are not here: no folder {SHARED}")
    return SHARED
