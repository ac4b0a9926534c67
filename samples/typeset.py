"""Typeset a paper as a PDF and say what it truly states: the one call that tests need."""

from pathlib import Path

from samples.layout import Layout
from samples.paper import Paper
from samples.truth import TruthRow
from samples.typesetting.drawing import draw
from samples.typesetting.flow import compose

KINDS = {"final_accounts": "决算", "budget": "预算"}


def typeset(paper: Paper, layout: Layout, path: Path) -> list[TruthRow]:
    """Write `paper`, drawn as `layout` says, to `path`; give every amount that its forms print, with its page."""
    sheets, truth = compose(paper, layout)
    draw(sheets, path, f"{paper.department}{paper.year}年度部门{KINDS[paper.kind]}", layout.bold)
    return truth
