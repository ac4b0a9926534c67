from decimal import Decimal
from pathlib import Path

import pytest

from publish.derived.coverage import LOST, CrawlCoverage, write_coverage
from publish.derived.table_files import DerivedTableError
from tests.publish.made_tables import Row, item, later, paper, put, rows_of

PLACE = {"portal": "p", "division_code": "310107"}


def coverage(
    folder: Path, papers: list[Row], items: list[Row], *crawl_coverage: CrawlCoverage
) -> dict[tuple[int, str], Row]:
    write_coverage(put(folder, papers, items), crawl_coverage=crawl_coverage)
    rows = rows_of(folder / "parquet" / "coverage.parquet")
    return {(row["fiscal_year"], row["kind"]): row for row in rows if row["portal"] == "p"}


def test_papers_and_their_amounts_are_counted(tmp_path: Path) -> None:
    a, b = paper("a", **PLACE), paper("b", **PLACE, status="needs_ocr", status_reason="pictures")
    items = [item(a, 1, "1.00"), item(a, 2, "2.00", department="所属单位"), item(a, 3, "3.00", status="unproven")]
    row = coverage(tmp_path, [a, b], items)[2023, "final_accounts"]
    assert (row["found"], row["read"], row["departments"], row["amounts"]) == (2, 1, 2, 3)
    assert (row["share_proven"], row["status"], row["expected"]) == (Decimal("0.6666"), "found", None)


def test_a_gap_is_a_row_that_says_what_is_known_of_it(tmp_path: Path) -> None:
    papers = [paper("a", **PLACE, fiscal_year=2021), paper("b", **PLACE, fiscal_year=2023)]
    crawl_coverage = [
        CrawlCoverage("p", "310107", 2022, "budget", "not_published"),
        CrawlCoverage("p", "310107", 2022, "final_accounts", "blocked", 40, "HTTP 403"),
    ]
    rows = coverage(tmp_path, papers, [], *crawl_coverage)
    assert set(rows) == {(year, kind) for year in (2021, 2022, 2023) for kind in ("budget", "final_accounts")}
    told = {place: (row["found"], row["status"], row["expected"], row["reason"]) for place, row in rows.items()}
    assert told[2022, "budget"] == (0, "not_published", None, None)
    assert told[2022, "final_accounts"] == (0, "blocked", 40, "HTTP 403")
    assert told[2021, "budget"] == (0, "unknown", None, None)
    assert rows[2022, "budget"]["share_proven"] is None


@pytest.mark.parametrize(
    ("outcome", "expected", "status", "reason"),
    [
        ("found", 2, "partly_found", "x"),
        ("found", 1, "found", "x"),
        ("found", None, "found", "x"),
        ("blocked", None, "partly_found", "blocked：x"),
        ("failed", 1, "partly_found", "failed：x"),
    ],
)
def test_what_was_found_is_held_against_what_is_expected(
    tmp_path: Path, outcome: str, expected: int | None, status: str, reason: str
) -> None:
    crawl_coverage = CrawlCoverage("p", "310107", 2023, "final_accounts", outcome, expected, "x")  # type: ignore[arg-type]
    row = coverage(tmp_path, [paper("a", **PLACE)], [], crawl_coverage)[2023, "final_accounts"]
    assert (row["found"], row["status"], row["reason"]) == (1, status, reason)


def test_what_a_crawl_found_and_the_release_lacks_is_no_success(tmp_path: Path) -> None:
    row = coverage(tmp_path, [], [], CrawlCoverage("p", None, 2023, "budget", "found", 3))[2023, "budget"]
    assert (row["found"], row["status"], row["reason"]) == (0, "failed", LOST)


def test_a_paper_that_was_replaced_is_counted_once(tmp_path: Path) -> None:
    url = "https://example.org/a.pdf"
    papers = [paper("a", **PLACE, source_url=url), paper("b", **PLACE, source_url=url, fetched_at=later(2))]
    assert coverage(tmp_path, papers, [])[2023, "final_accounts"]["found"] == 1


def test_papers_of_a_folder_are_counted_without_gaps_of_nobody(tmp_path: Path) -> None:
    papers = [paper("a", fiscal_year=2019), paper("b", kind=None, fiscal_year=None), paper("c", fiscal_year=2023)]
    write_coverage(put(tmp_path, papers, []))
    rows = rows_of(tmp_path / "parquet" / "coverage.parquet")
    assert [(row["fiscal_year"], row["kind"], row["found"]) for row in rows] == [
        (None, None, 1),
        (2019, "final_accounts", 1),
        (2023, "final_accounts", 1),
    ]


def test_two_outlooks_for_the_same_papers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DerivedTableError, match="two outlooks"):
        coverage(tmp_path, [], [], *[CrawlCoverage("p", None, 2023, "budget", "failed")] * 2)
