"""The committed sample papers: what they are, and the PDFs with their truths beside this module.

`python -m samples.papers [DIR]` typesets them anew; the same sources give the same pages.
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.paper import Paper
from samples.truth import write_truth
from samples.typeset import typeset
from samples.zhuzhou import zhuzhou_union_2023

FOLDER = Path(__file__).parent


class SamplePaper(NamedTuple):
    """A paper and the name in `LAYOUTS` of the layout that it is drawn in."""

    paper: Callable[[], Paper]
    layout: str


def _commerce_2025() -> Paper:
    """Make up a district's budget in 元, “三公” in 万元; figures to the yuan, so that 万元 has tail errors."""
    department = "示例市示例区商务委员会"
    return example_paper("shanghai", "budget", seed=2025, year=2025, department=department, grain=Decimal(1))


def _planning_2024() -> Paper:
    """Make up a provincial budget of twelve forms, some with spanning labels."""
    return example_paper("jiangsu", "budget", seed=2024, department="示例市示例区规划和自然资源局")


def _transport_2024() -> Paper:
    """Make up final accounts with all three budgets, income of its own, balances carried over and an appendix."""
    return example_paper("national", "final_accounts", seed=4, department="示例市示例区交通运输局", appendix=True)


PAPERS: dict[str, SamplePaper] = {
    "zhuzhou_union_2023_final": SamplePaper(zhuzhou_union_2023, "hunan"),
    "example_commerce_2025_budget": SamplePaper(_commerce_2025, "shanghai"),
    "example_planning_2024_budget": SamplePaper(_planning_2024, "jiangsu"),
    "example_transport_2024_final": SamplePaper(_transport_2024, "horizontal"),
}
"""The sample papers by file name."""


def write_papers(folder: Path) -> list[Path]:
    """Typeset every sample paper into `folder`, with its truth as a CSV beside it; give the PDFs' paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, sample in PAPERS.items():
        path = folder / f"{name}.pdf"
        write_truth(typeset(sample.paper(), LAYOUTS[sample.layout], path), path.with_suffix(".csv"))
        written.append(path)
    return written
