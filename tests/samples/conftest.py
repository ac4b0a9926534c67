"""Papers in every layout, each typeset once for all tests of a session."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from samples.examples import STYLES, example_paper
from samples.layout import LAYOUTS
from samples.truth import TruthRow
from samples.typeset import typeset


@pytest.fixture(scope="session")
def in_layout(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, list[TruthRow]]]:
    """The PDF and the truth of a paper in the layout of a name, whose place picks the family and the seed."""
    folder = tmp_path_factory.mktemp("layouts")

    @cache
    def made(name: str) -> tuple[Path, list[TruthRow]]:
        place = list(LAYOUTS).index(name)
        family, kind = list(STYLES)[place % len(STYLES)]
        path = folder / f"{name}.pdf"
        return path, typeset(example_paper(family, kind, seed=place), LAYOUTS[name], path)

    return made
