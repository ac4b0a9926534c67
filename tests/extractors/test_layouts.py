"""Every layout that the samples know, read exactly: the amounts published are those typeset, no more and no less."""

from collections import Counter
from pathlib import Path

import pytest

from reading.document import read_document
from samples.examples import STYLES, example_paper
from samples.layout import LAYOUTS
from samples.typeset import typeset
from tests.kinds import one_in

PAPERS = [(name, *list(STYLES)[at % len(STYLES)]) for at, name in enumerate(LAYOUTS)]
"""Each layout with one family and kind, so that together all families meet many layouts."""


@pytest.mark.parametrize("paper", one_in(2, PAPERS), ids="-".join)
def test_a_layout_is_read_exactly(paper: tuple[str, str, str], tmp_path: Path) -> None:
    layout, family, kind = paper
    path = tmp_path / "paper.pdf"
    truth = typeset(example_paper(family, kind, 11), LAYOUTS[layout], path)
    reading = read_document(path)
    printed = Counter((t.form, t.side or None, t.code or t.name, t.measure, t.amount) for t in truth)
    published = Counter((i.form, i.side, i.code or i.name, i.measure, i.amount) for i in reading.line_items)
    assert published == printed
    assert {i.status for i in reading.line_items} <= {"proven", "unproven"}
