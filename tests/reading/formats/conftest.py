"""Papers as PDF and as their twins, each made and read once for all tests of a session."""

from collections.abc import Callable
from functools import cache

import pytest

from reading.document import read_document
from samples.examples import STYLES, example_paper
from samples.layout import LAYOUTS
from samples.paper import Paper
from samples.typeset import typeset
from schemas.records import Reading

SEED = 11


def paper_of(layout: str) -> Paper:
    family, kind = list(STYLES)[list(LAYOUTS).index(layout) % len(STYLES)]
    return example_paper(family, kind, SEED)


@pytest.fixture(scope="session")
def of_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reading]:
    """The reading of the PDF in the layout of a name."""
    folder = tmp_path_factory.mktemp("pdfs")

    @cache
    def read(layout: str) -> Reading:
        path = folder / f"{layout}.pdf"
        typeset(paper_of(layout), LAYOUTS[layout], path)
        return read_document(path)

    return read
