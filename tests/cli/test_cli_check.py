import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from reading.questions.checking import check_dataset
from tests import made_pdfs
from tests.kinds import one_in

Row = dict[str, Any]
PLANTED = ("expenditure_by_function", "2210201", "basic")


def gongkai(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def extracted(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `extract` wrote of one paper that adds up; the paper itself is gone."""
    folder = tmp_path_factory.mktemp("checked")
    paper = shutil.copy(samples / "example_transport_2024_final.pdf", folder / "gone.pdf")
    assert gongkai("extract", paper, "--to", folder / "out").exit_code == 0
    Path(paper).unlink()
    return folder / "out"


@pytest.fixture
def dataset(extracted: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(extracted, tmp_path / "dataset", ignore=shutil.ignore_patterns("readings", "csv")))


def spoil(dataset: Path, change: Callable[[list[Row]], list[Row]]) -> None:
    """Write the line items again with something else in them."""
    file = next(dataset.rglob("line_items.parquet"))
    table = pq.read_table(file)
    pq.write_table(pa.Table.from_pylist(change(table.to_pylist()), schema=table.schema), file)


def is_planted(row: Row) -> bool:
    return (row["form"], row["code"], row["measure"]) == PLANTED


def misread(rows: list[Row]) -> list[Row]:
    """One amount 9 万元 too high, as a misreading would have it."""
    (row,) = filter(is_planted, rows)
    amount = row["amount"] + 90_000
    planted = {**row, "amount": amount, "printed": f"{amount / 10_000:,.2f}"}
    return [planted if is_planted(each) else each for each in rows]


def planted_row(dataset: Path) -> Row:
    rows = pq.read_table(dataset / "line_items.parquet").to_pylist()
    (row,) = filter(is_planted, rows)
    return row


def test_what_adds_up_is_0_and_needs_no_document(extracted: Path) -> None:
    result = gongkai("check", extracted)
    assert result.exit_code == 0
    heading, amounts, checks, *_, total = result.stdout.splitlines()
    assert heading == "✓  gone.pdf  示例市示例区交通运输局  2024  部门决算 final_accounts"
    # the paper has no rules down: a column is proven where the sums across its rows bear it out
    assert "已证 proven 364 · 未证 unproven 132 · 矛盾 contradicted 0 · 原文不符 source_inconsistent 0" in amounts
    assert checks.startswith("  勾稽 checks： 不成立 fails 0 · 成立 holds ")
    assert "✗" not in result.stdout
    assert total == "共 1 份 papers：1 份没有不成立的检查 without a failing check"


def test_a_release_is_checked_without_any_reader(extracted: Path, tmp_path: Path) -> None:
    gongkai("publish", "--from", extracted, "--root", tmp_path, "--version", "2026.3.5")
    script = (
        "import sys; sys.modules.update(dict.fromkeys(['pypdfium2', 'pdfplumber', 'cv2', 'prefect', 'pandas'])); "
        "from cli.main import app; app(['check', sys.argv[1]])"
    )
    release = tmp_path / "releases" / "2026.3.5"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run([sys.executable, "-c", script, release], env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout.decode()) == (0, gongkai("check", extracted).stdout)


@pytest.mark.parametrize("path", one_in(3, ["releases/latest", "releases", "releases/2026.3.5.2"]))
def test_latest_means_the_newest_release(extracted: Path, tmp_path: Path, path: str) -> None:
    gongkai("publish", "--from", extracted, "--root", tmp_path, "--version", "2026.3.5")
    newest = shutil.copytree(tmp_path / "releases" / "2026.3.5", tmp_path / "releases" / "2026.3.5.2")
    (tmp_path / "releases" / "latest").write_text("2026.3.5.2\n")
    spoil(newest, misread)
    assert gongkai("check", tmp_path / path).exit_code == 1
    assert gongkai("check", tmp_path / "releases" / "2026.3.5").exit_code == 0


def test_a_planted_error_is_1_and_told_with_its_page_and_amounts(dataset: Path) -> None:
    was = planted_row(dataset)
    spoil(dataset, misread)
    result = gongkai("check", dataset)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("✗  gone.pdf")
    assert "矛盾 contradicted 1" in lines[1]
    at = next(number for number, line in enumerate(lines) if "expenditure_by_function.row_total" in line)
    assert "支出表（按功能分类）：逐行合计等于各栏之和" in lines[at - 1]
    assert "≠" in lines[at + 1]
    assert "差 difference -90,000.00  容差 tolerance ±" in lines[at + 1]
    (suspect,) = [line for line in lines[at + 2 : lines.index("", at)] if "可疑 suspect" in line]
    for told in (
        f"p. {was['page']}", f"2210201 {was['name']}", "基本支出 basic", planted_row(dataset)["printed"] + " 万元",
        f"{was['amount'] + 90_000:,.2f} 元", "可疑 suspect -90,000.00", "矛盾 contradicted",
    ):  # fmt: skip
        assert told in suspect


def test_an_amount_that_was_lost_is_shown_as_the_blank_cell_that_would_explain_it(dataset: Path) -> None:
    lost = planted_row(dataset)
    spoil(dataset, lambda rows: [row for row in rows if not is_planted(row)])
    result = gongkai("check", dataset)
    assert result.exit_code == 1
    (blank, *_) = [line for line in result.stdout.splitlines() if "空白 blank" in line]
    assert f"第 {lost['line']} 行" in blank
    assert f"可疑 suspect +{lost['amount']:,.2f}" in blank


def test_a_check_names_its_department_where_a_file_has_several(dataset: Path) -> None:
    def with_unit(rows: list[Row]) -> list[Row]:
        return [*rows, *({**row, "department": "示例市示例区道路运输中心"} for row in misread(rows))]

    spoil(dataset, with_unit)
    lines = gongkai("check", dataset).stdout.splitlines()
    assert "示例市示例区交通运输局、示例市示例区道路运输中心  2024" in lines[0]
    (check,) = [line for line in lines if "expenditure_by_function.row_total" in line]
    assert "示例市示例区道路运输中心|" in check


def test_json_says_the_same_exactly(dataset: Path) -> None:
    spoil(dataset, misread)
    result = gongkai("check", dataset, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    (paper,) = told["papers"]
    assert (paper["file_name"], paper["sound"], paper["amounts"]["contradicted"]) == ("gone.pdf", False, 1)
    assert {check["verdict"] for check in paper["checks"]} == {"fails"}
    assert sum(not check["advisory"] for check in paper["checks"]) == paper["verdicts"]["fails"] > 0
    check = next(check for check in paper["checks"] if check["check_id"] == "expenditure_by_function.row_total")
    assert check["difference_yuan"] == "-90000.00"
    sums = {"left": Decimal(0), "right": Decimal(0)}
    for amount in check["amounts"]:
        sums[amount["side_of_check"]] += Decimal(amount["amount_yuan"])
    assert [str(sums["left"]), str(sums["right"])] == [check["left_yuan"], check["right_yuan"]]
    (suspect,) = [amount for amount in check["amounts"] if amount["suspect"]]
    assert suspect["place"].startswith("expenditure_by_function//")
    assert (suspect["page"], suspect["change_yuan"]) == (planted_row(dataset)["page"], "-90000.00")


def test_all_lists_what_holds_and_why_the_rest_is_not_applicable(dataset: Path) -> None:
    spoil(dataset, misread)
    (paper,) = check_dataset(dataset, everything=True)
    assert len(paper.rows) == sum(paper.verdicts.values()) + sum(paper.remarks.values())
    told = gongkai("check", dataset, "--all").stdout
    first = [told.index(f"\n  {mark} ") for mark in ("✗", "–", "✓")]
    assert first == sorted(first), "worst first"
    reasons = [line for line in told.splitlines() if "不适用 not applicable：" in line]
    assert len(reasons) == paper.verdicts["not_applicable"] > 0
    assert all(line.partition("：")[2] for line in reasons)


@pytest.mark.parametrize("status", ["repaired", "source_inconsistent", "contradicted"])
def test_what_a_second_reader_has_said_stands_only_as_long_as_the_checks_agree(dataset: Path, status: str) -> None:
    def recorded(rows: list[Row]) -> list[Row]:
        return [{**row, "status": status} if is_planted(row) else row for row in rows]

    def count() -> int:
        (paper,) = check_dataset(dataset)
        return paper.statuses.get(status, 0)

    spoil(dataset, recorded)
    assert count() == (1 if status == "repaired" else 0)
    spoil(dataset, misread)
    assert count() == (0 if status == "repaired" else 1)


def failing(check_id: str, *, with_sums: bool) -> Row:
    sums = dict.fromkeys(("left_yuan", "right_yuan", "difference_yuan", "tolerance_yuan"))
    if with_sums:
        sums = {**sums, "left_yuan": Decimal("7.00"), "right_yuan": Decimal("5.00"), "difference_yuan": Decimal("2.00")}
        sums["tolerance_yuan"] = Decimal("0.0100")
    amounts = "expenditure_by_function//17/basic" if with_sums else ""
    return {"check_id": check_id, "subject": "说明的一句", **sums, "verdict": "fails", "amounts": amounts}


def record(dataset: Path, *checks: Row) -> None:
    """Put these in place of the checks that the dataset has."""
    file = dataset / "checks.parquet"
    schema = pq.read_schema(file)
    identity = planted_row(dataset)["document_id"]
    pq.write_table(pa.Table.from_pylist([{"document_id": identity, **check} for check in checks], schema=schema), file)


def test_what_touches_no_amount_is_a_remark_and_still_0(dataset: Path) -> None:
    record(dataset, failing("prose.total", with_sums=True), failing("paper.order", with_sums=False))
    result = gongkai("check", dataset)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[3] == "  其他 remarks：不成立 fails 2 · 成立 holds 0 · 不适用 not_applicable 0"
    at = lines.index("    prose.total  说明的一句")
    assert lines[at - 1].startswith("  ! p. 5  文字说明中的数与报表相符")
    assert lines[at + 1].strip() == "“7.00 ≠ 5.00，差 +2.00，四舍五入可解释 ±0.01（元）”"
    assert "左 left 7.00 ≠ 右 right 5.00  差 difference +2.00" in lines[at + 2]
    assert lines[at + 3].split()[:4] == ["p.", "5", "2210201", "住房公积金"]
    after = lines[lines.index("    paper.order  说明的一句") + 1]
    assert after.strip().startswith("编号 fault"), "no sums, no amounts"


def test_a_recorded_check_that_touches_amounts_fails_the_paper(dataset: Path) -> None:
    record(dataset, failing("unit.agrees_with_siblings", with_sums=True))
    assert gongkai("check", dataset).exit_code == 1


def test_recorded_identities_are_not_taken_at_their_word(dataset: Path) -> None:
    record(dataset, failing("expenditure_by_function.row_total", with_sums=True))
    assert gongkai("check", dataset).exit_code == 0


def test_pdfs_are_read_first_and_the_worst_comes_first(good_paper: Path, tmp_path: Path) -> None:
    shutil.copy(good_paper, tmp_path / "a.pdf")
    made_pdfs.empty(tmp_path / "b.pdf")
    made_pdfs.blank(tmp_path / "c.pdf")
    result = gongkai("check", tmp_path, "--jobs", "1")
    assert result.exit_code == 1
    headings = [line for line in result.stdout.splitlines() if line.startswith(tuple("!✗✓–"))]
    assert [line.split()[:2] for line in headings] == [["!", "b.pdf"], ["✓", "a.pdf"], ["–", "c.pdf"]]
    assert "空文件 / empty_file" in result.stdout
    assert "1 份未能读取 could not be read · 1 份没有可查的金额 with nothing to check · 1 份" in result.stdout
    assert gongkai("check", tmp_path / "a.pdf").exit_code == 0


def test_a_paper_that_could_not_be_read_is_told_from_a_dataset_too(tmp_path: Path) -> None:
    paper = made_pdfs.empty(tmp_path / "empty.pdf")
    gongkai("extract", paper, "--to", tmp_path / "out")
    result = gongkai("check", tmp_path / "out")
    assert result.exit_code == 1
    assert "!  empty.pdf" in result.stdout


@pytest.mark.parametrize("arguments", [[], ["absent"], ["empty_folder"], ["empty_folder", "more"]], ids=" ".join)
def test_wrong_use_is_2(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty_folder").mkdir()
    result = gongkai("check", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "rror" in result.stderr


def test_a_damaged_dataset_is_1_and_one_line(dataset: Path) -> None:
    (dataset / "line_items.parquet").write_bytes(b"PAR1")
    result = gongkai("check", dataset)
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("错误 / error: ")
    assert "line_items.parquet" in line


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `extract` wrote of two real papers: one that adds up, one whose publisher misprinted an amount."""
    folder = tmp_path_factory.mktemp("real")
    papers = [shared / "documents" / f"{name}.pdf" for name in ("putuo_socialwork_2024_final", "swu_2023_budget")]
    assert gongkai("extract", *papers, "--to", folder).exit_code == 0
    return folder


def test_a_publishers_own_error_is_told_as_such_from_the_dataset_alone(real: Path) -> None:
    result = gongkai("check", real)
    assert result.exit_code == 1
    assert "1 份有不成立的检查 with failing checks · 1 份没有不成立的检查" in result.stdout
    (suspect, *_) = [line for line in result.stdout.splitlines() if "2050202 小学教育" in line and "可疑" in line]
    assert "p. 8" in suspect
    assert "9,645.51 万元" in suspect
    assert suspect.rstrip().endswith("可疑 suspect +5,000.00 · 原文不符 source_inconsistent")


def test_an_error_planted_in_a_real_paper_is_found(real: Path, tmp_path: Path) -> None:
    dataset = Path(shutil.copytree(real, tmp_path / "dataset"))

    def planted(row: Row) -> bool:
        place = (row["form"], row["code"], row["measure"])
        return row["fiscal_year"] == 2024 and place == ("general_budget_by_function", "2013901", "total")

    spoil(dataset, lambda rows: [{**r, "amount": r["amount"] + 9_000} if planted(r) else r for r in rows])
    told = json.loads(gongkai("check", dataset, "--json").stdout)
    worst = told["papers"][0]
    assert worst["file_name"] == "putuo_socialwork_2024_final.pdf"
    suspects = {
        (amount["label"], amount["page"], amount["change_yuan"])
        for check in worst["checks"]
        for amount in check["amounts"]
        if amount["suspect"]
    }
    assert suspects == {("2013901 行政运行", 12, "-9000.00")}
