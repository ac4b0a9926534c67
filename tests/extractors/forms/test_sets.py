"""Two papers in one file: each set of forms has its own cover facts, or its amounts are not proven."""

from pathlib import Path

import pikepdf
import pytest

from extractors.forms.sets import sets_of
from reading.document import read_document
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.typeset import typeset
from schemas.findings import known_findings
from schemas.records import Kind
from tests.kinds import thorough


def bound(path: Path, *parts: Path) -> int:
    """The papers in one file; how many pages the first has."""
    with pikepdf.open(parts[0]) as first, pikepdf.open(parts[1]) as second:
        pages = len(first.pages)
        first.pages.extend(second.pages)
        first.save(path)
    return pages


@pytest.mark.parametrize("kinds", [("budget", "final_accounts"), ("final_accounts", "budget")])
def test_two_typeset_papers_in_one_file_keep_their_own_kind_and_year(kinds: tuple[Kind, Kind], tmp_path: Path) -> None:
    papers = [example_paper("shanghai", kind, seed, year=2023 + seed) for seed, kind in enumerate(kinds)]
    for paper in papers:
        typeset(paper, LAYOUTS["shanghai"], tmp_path / f"{paper.kind}.pdf")
    pages = bound(tmp_path / "both.pdf", *(tmp_path / f"{paper.kind}.pdf" for paper in papers))
    reading = read_document(tmp_path / "both.pdf")
    assert {item.page > pages for item in reading.line_items} == {False, True}
    for item in reading.line_items:
        own = papers[item.page > pages]
        said = (item.kind, item.fiscal_year) == (own.kind, own.year)
        assert said or (item.status, item.status_reason) == ("unproven", "paper_unsaid")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("swu_2021_budget", "cities/chongqing_water"),
        pytest.param("cities/suzhou_science", "zhuzhou_union_2023_final", marks=thorough),
        pytest.param("cities/changsha_education", "cities/xian_audit", marks=thorough),
        ("putuo_planning_2024_final", "cities/chongqing_water"),
    ],
)
def test_no_amount_of_another_papers_year_kind_or_department_is_proven(
    first: str, second: str, shared: Path, tmp_path: Path
) -> None:
    paths = [shared / "documents" / f"{name}.pdf" for name in (first, second)]
    alone = [read_document(path) for path in paths]
    pages = bound(tmp_path / "both.pdf", *paths)
    reading = read_document(tmp_path / "both.pdf")
    departments = [{item.department for item in own.line_items} for own in alone]
    for item in reading.line_items:
        own = alone[item.page > pages].document
        said = (item.kind, item.fiscal_year) == (own.kind, own.fiscal_year)
        said = said and item.department in departments[item.page > pages]
        assert said or item.status == "unproven", (item.form, item.page)
    assert "set_without_cover" in known_findings()


def test_no_single_paper_has_two_sets(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.forms import paper  # noqa: PLC0415

    found: list[int] = []
    monkeypatch.setattr(paper, "sets_of", lambda forms: (found.append(len(sets_of(forms))), sets_of(forms))[1])
    for path in samples.glob("*.pdf"):
        read_document(path)
    assert set(found) == {1}
