"""The prose of real papers against the figures labelled in them by hand (`truth/`)."""

import csv
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from extractors.pages.pdfium import open_pdf, read_pages
from extractors.prose.facts import Prose, read_prose
from extractors.tables.layout import layout_of
from schemas.records import Kind, NarrativeFact

TRUTH = Path(__file__).parent / "truth"
PAPERS: dict[str, tuple[Kind, int, str]] = {
    "putuo_planning_2024_final": ("final_accounts", 2024, "上海市普陀区规划和自然资源局"),
    "zhuzhou_union_2023_final": ("final_accounts", 2023, "株洲市天元区总工会"),
    "swu_2023_final": ("final_accounts", 2023, "西南大学"),
    "jiangsu_court_2019_budget": ("budget", 2019, "江苏省高级人民法院"),
    "shenzhen_audit": ("budget", 2026, "深圳市审计局"),
    "guangzhou_office": ("budget", 2026, "广州市人民政府办公厅"),
    "chongqing_water": ("budget", 2026, "重庆市水利局"),
}
RECALL = Decimal("0.97")


class Stated(NamedTuple):
    """A labelled figure: all that a fact says of it."""

    page: int
    subject_form: str
    code: str
    name: str
    fact: str
    value: Decimal
    unit: str


@cache
def _prose(path: Path) -> Prose:
    kind, year, department = PAPERS[path.stem]
    with open_pdf(path) as document:
        pages = list(read_pages(document))
    tables = {page.number: [table.box for table in layout_of(page).tables] for page in pages}
    return read_prose(pages, tables, kind, year, departments=[department])


def _truth(paper: str) -> Counter[Stated]:
    with (TRUTH / f"{paper}.csv").open(encoding="utf-8", newline="") as stream:
        return Counter(map(_labelled, csv.DictReader(stream)))


def _labelled(row: dict[str, str]) -> Stated:
    form, code, name, fact, unit = (row[key] for key in ("subject_form", "code", "name", "fact", "unit"))
    return Stated(int(row["page"]), form, code, name, fact, Decimal(row["value"]), unit)


def _stated(fact: NarrativeFact) -> Stated:
    return Stated(fact.page, fact.subject_form or "", fact.code or "", fact.name, fact.fact, fact.value, fact.unit)


@pytest.fixture(params=sorted(PAPERS))
def paper(request: pytest.FixtureRequest, shared: Path) -> tuple[Counter[Stated], Prose]:
    return _truth(request.param), _prose(next((shared / "documents").rglob(f"{request.param}.pdf")))


def test_at_least_97_per_cent_of_the_stated_figures_become_facts(paper: tuple[Counter[Stated], Prose]) -> None:
    truth, prose = paper
    found = Counter(map(_stated, prose.facts))
    missed = truth - found
    assert (truth & found).total() >= RECALL * truth.total(), missed


def test_no_fact_is_other_than_labelled(paper: tuple[Counter[Stated], Prose]) -> None:
    truth, prose = paper
    assert Counter(map(_stated, prose.facts)) - truth == Counter()


def test_facts_are_numbered_and_quote_what_was_printed(paper: tuple[Counter[Stated], Prose]) -> None:
    _, prose = paper
    assert [fact.fact_no for fact in prose.facts] == list(range(1, len(prose.facts) + 1))
    assert all(fact.printed in fact.text or fact.printed.startswith(("与", "比")) for fact in prose.facts)


def test_the_publishers_own_slips_are_found(shared: Path) -> None:
    findings = _prose(shared / "documents" / "putuo_planning_2024_final.pdf").findings
    assert [(finding.code, finding.page) for finding in findings] == [
        ("prose_share_not_recomputed", 21),  # 9746.50 of 9759.38 is 99.87 %, not 99.86 %
        ("prose_completion_not_recomputed", 21),  # 9746.50 of 10210.34 is 95.46 %, not 95.45 %
        ("prose_unit_missing", 21),  # 增长 13.95。
        ("prose_alternative_left_standing", 25),  # 下降（增长）27.78%
        ("prose_mark_unpaired", 27),  # 平均得分99.33分（其中，… without ）
    ]


def test_what_a_finance_bureau_found_in_a_paper_is_named_on_its_page(shared: Path) -> None:
    path = shared / "documents" / "cities" / "putuo_sfj_2026_budget.pdf"
    with open_pdf(path) as document:
        prose = read_prose(list(read_pages(document)), {}, "budget", 2026, departments=["上海市普陀区司法局"])
    found = Counter((finding.code, finding.page) for finding in prose.findings)
    of_the_bureau = {
        ("page_blank", 3): 1,  # its no. 1
        ("prose_lines_repeated", 4): 1,  # no. 2: duties cut off at the page's edge
        ("prose_year_compared_wrong", 8): 5,  # no. 3
        ("prose_full_stop_missing", 8): 1,  # no. 4
        ("prose_punctuation_doubled", 8): 1,  # no. 5, on the page before the one that the sheet names
        ("prose_change_not_recomputed", 9): 2,  # no. 6, and 91.97 against 77.99, which the bureau missed
        ("prose_name_of_another_edition", 9): 1,  # no. 7
        ("prose_said_twice_differently", 9): 1,  # no. 8
        ("prose_mark_unpaired", 23): 1,  # no. 9
    }
    assert found == of_the_bureau
