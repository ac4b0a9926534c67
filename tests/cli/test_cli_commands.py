import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.application import IN_ORDER_OF_USE
from cli.main import app
from publish.store.verification import verify_release
from schemas.dataset import dataset
from tests import made_pdfs


def gongkai(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def extracted(good_paper: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `extract` wrote of one paper."""
    folder = tmp_path_factory.mktemp("extracted") / "new" / "folder"
    assert gongkai("extract", good_paper, "--to", folder).exit_code == 0
    return folder


def test_all_read_is_0_and_says_what_was_found(good_paper: Path, tmp_path: Path) -> None:
    result = gongkai("extract", good_paper, "--to", tmp_path)
    assert result.exit_code == 0
    (line,) = [line for line in result.stdout.splitlines() if good_paper.name in line]
    assert line.split()[1:5] == ["已读", "read", "24", "12"]
    assert (tmp_path / "line_items.parquet").exists()
    assert (tmp_path / "csv" / "line_items.csv").exists()
    assert not (tmp_path / "pages").exists()


def test_some_failed_is_1_and_the_rest_is_written_and_told_with_advice(good_paper: Path, tmp_path: Path) -> None:
    empty = made_pdfs.empty(tmp_path / "空.pdf")
    copy = shutil.copy(good_paper, tmp_path / "again.pdf")
    result = gongkai("extract", good_paper, empty, copy, "--to", tmp_path / "out", "--jobs", "1")
    assert result.exit_code == 1
    assert "空.pdf：空文件 / empty_file" in result.stdout
    assert "建议 / advice：请重新下载 / fetch it again" in result.stdout
    assert f"again.pdf：与 {good_paper.name} 内容相同 / the same bytes" in result.stdout
    assert len((tmp_path / "out" / "csv" / "documents.csv").read_text("utf-8-sig").splitlines()) == 3


def test_limits_are_options(good_paper: Path, tmp_path: Path) -> None:
    result = gongkai("extract", good_paper, "--to", tmp_path, "--timeout", "0.1")
    assert result.exit_code == 1
    assert "超过时限 / time_limit：the limit is 0.1 s" in result.stdout


def test_keep_leaves_a_picture_of_each_page(tmp_path: Path) -> None:
    paper = made_pdfs.blank(tmp_path / "two.pdf", pages=2)
    assert gongkai("extract", paper, "--to", tmp_path / "out", "--keep").exit_code == 0
    drawn = sorted(path.name for path in (tmp_path / "out" / "pages" / "two").iterdir())
    assert drawn == ["000001_cells.png", "000002_cells.png"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "absent.pdf"],
        ["extract", "empty_folder"],
        ["extract", "paper.pdf", "--jobs", "0"],
        ["extract", "paper.pdf", "--to", "paper.pdf"],
        ["show", "absent.pdf"],
        ["show", "paper.pdf", "--form", "balance_sheet"],
        ["publish", "--root", "nothing_read_yet"],
        ["publish", "--from", "empty_folder"],
        ["run", "empty_folder"],
        ["run", "paper.pdf", "--version", "1.2"],
        ["unknown"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_2_and_one_message(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made_pdfs.blank(Path("paper.pdf"))
    Path("empty_folder").mkdir()
    result = gongkai(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "rror" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_form_is_told_the_forms(good_paper: Path) -> None:
    told = gongkai("show", good_paper, "--form", "balance_sheet").stderr
    assert all(form in told for form in dataset().terms("form"))


def test_an_error_of_the_disk_is_one_line_unless_details_are_asked_for(
    extracted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.releasing.publish_at", full)
    plain = gongkai("publish", "--from", extracted, "--root", tmp_path)
    assert (plain.exit_code, plain.stderr) == (1, "错误 / error: [Errno 28] No space left on device\n")
    assert isinstance(gongkai("publish", "--from", extracted, "--root", tmp_path, "--debug").exception, OSError)


def test_a_defect_is_not_passed_off_as_the_users_mistake(extracted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a defect")

    monkeypatch.setattr("flows.releasing.publish_work", broken)
    assert isinstance(gongkai("publish", "--from", extracted).exception, KeyError)


def test_publish_makes_a_release_once(extracted: Path, tmp_path: Path) -> None:
    first = gongkai("publish", "--from", extracted, "--root", tmp_path, "--version", "2026.3.5")
    assert first.exit_code == 0
    assert "已发布 / published 2026.3.5" in first.stdout
    assert any(line.split()[0] == "line_items" for line in first.stdout.splitlines() if line.strip())
    verify_release(tmp_path / "releases" / "2026.3.5")
    assert (tmp_path / "releases" / "latest").read_text() == "2026.3.5\n"

    again = gongkai("publish", "--from", extracted, "--root", tmp_path)
    assert again.exit_code == 0
    assert "内容与最新版本相同" in again.stdout
    taken = gongkai("publish", "--from", extracted, "--root", tmp_path, "--version", "2026.3.5")
    assert (taken.exit_code, taken.stdout) == (2, "")


def test_the_release_has_the_tables_that_extract_wrote(extracted: Path, tmp_path: Path) -> None:
    gongkai("publish", "--from", extracted, "--root", tmp_path, "--version", "2026.3.5")
    release = tmp_path / "releases" / "2026.3.5"
    for table in dataset().tables:
        assert (release / "csv" / f"{table}.csv").read_bytes() == (extracted / "csv" / f"{table}.csv").read_bytes()
        assert (release / "parquet" / f"{table}.parquet").read_bytes() == (extracted / f"{table}.parquet").read_bytes()


def test_extract_and_show_need_no_prefect(good_paper: Path, tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['prefect'] = None; from cli.main import app; "
        "app(['extract', sys.argv[1], '--to', sys.argv[2]], standalone_mode=False)"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "http_proxy": "http://127.0.0.1:9"}
    ran = subprocess.run([sys.executable, "-c", script, good_paper, tmp_path / "out"], env=environment, check=False)
    assert ran.returncode == 0
    assert (tmp_path / "out" / "line_items.parquet").exists()


def test_the_version_and_help_are_told_shortly() -> None:
    assert gongkai("--version").stdout.split()[0] == "gongkai"
    assert gongkai("-h").stdout == gongkai("--help").stdout
    assert gongkai("site", "-h").exit_code == 0


def test_commands_are_listed_in_the_order_of_use() -> None:
    told = gongkai("--help").stdout
    places = [told.index(f"│ {name} ") for name in IN_ORDER_OF_USE]
    assert places == sorted(places)
    listed = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert listed == set(IN_ORDER_OF_USE)
