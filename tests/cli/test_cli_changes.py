import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from cli.printing.changes import diff_json, print_diff
from publish.store.catalogue import diff
from publish.store.release import publish_release
from reading.document import read_document
from schemas.errors import WrongUseError


def printed(old: Path, new: Path, limit: int = 20) -> str:
    out = io.StringIO()
    print_diff(diff(old, new, limit), Console(file=out, width=400))
    return out.getvalue()


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory, good_paper: Path) -> tuple[Path, Path]:
    """A release without a paper, and one with it."""
    root = tmp_path_factory.mktemp("diff")
    first = publish_release([], root, "2026.3.5", workers=1)
    second = publish_release([read_document(good_paper)], root, "2026.3.6", workers=1)
    return first.folder, second.folder


def test_a_paper_that_came_is_told_with_its_amounts(two_releases: tuple[Path, Path], good_paper: Path) -> None:
    text = printed(*two_releases)
    assert good_paper.name in text
    assert "新增 added" in text
    assert "新收入的文件 new_paper" in text


def test_the_same_release_has_no_changes(two_releases: tuple[Path, Path]) -> None:
    assert printed(two_releases[1], two_releases[1]).strip() == "没有变动 / nothing changed"


def test_what_is_not_listed_is_counted(two_releases: tuple[Path, Path]) -> None:
    assert "其余 1 份未列出（--limit） / 1 more are not listed (--limit)" in printed(*two_releases, limit=0)


def test_other_programs_get_one_json_object(two_releases: tuple[Path, Path], good_paper: Path) -> None:
    told = json.loads(diff_json(diff(*two_releases)))
    assert told["counted"][0] == {"subject": "document", "change": "added", "reason": "new_paper", "number": 1}
    assert told["papers"][0]["file_name"] == good_paper.name
    assert told["amounts"] == []


def test_a_folder_that_is_no_release_is_wrong_use(two_releases: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="this is no release"):
        diff(two_releases[0], tmp_path)
