from decimal import Decimal
from pathlib import Path

import pytest

from publish.derived.changes import change_summary, write_changes
from publish.derived.changes_summary import ChangeSummary, release_summary
from publish.description.changelog import changelog
from tests.publish.made_tables import item, later, paper, put

URL = "https://example.org/a.pdf"
BEFORE = ("2026.3.4", {"line_items": 3})


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    """A release and the next, in which the portal has replaced a paper, one was withdrawn, and one was read anew."""
    a, b, c = paper("a", source_url=URL), paper("b"), paper("c", department="<某>|局*")
    successor = paper("d", source_url=URL, fetched_at=later(1))
    old = put(tmp_path / "old", [a, b, c], [item(of, line, "5.00") for of in (a, b, c) for line in (1, 2)])
    reread = [item(c, 1, "5.50"), item(c, 2, "-900.00")]
    new = put(tmp_path / "new", [successor, c], [item(successor, 1, "7.00"), item(successor, 2, "5.00"), *reread])
    write_changes(new, old)
    return old, new


def test_a_summary_counts_and_names_what_changed(releases: tuple[Path, Path]) -> None:
    summary = release_summary(releases[1], 2)
    assert [tuple(each) for each in summary.counted] == [
        ("document", "added", "replaced", 1),
        ("document", "removed", "replaced", 1),
        ("document", "removed", "withdrawn", 1),
        ("amount", "changed", "replaced", 1),
        ("amount", "changed", "reread", 2),
        ("amount", "removed", "withdrawn", 2),
    ]
    assert summary.total("document") == 3
    assert [(each.change, each.file_name) for each in summary.papers] == [("added", "d.pdf"), ("removed", "a.pdf")]
    assert [(each.old_amount, each.new_amount) for each in summary.amounts] == [
        (Decimal("5.00"), Decimal("-900.00")),
        (Decimal("5.00"), Decimal("7.00")),
    ]


def test_two_folders_are_compared_without_writing_into_them(releases: tuple[Path, Path], tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert change_summary(*releases, tmp_path, 2) == release_summary(releases[1], 2)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_changelog_tells_of_papers_and_amounts(releases: tuple[Path, Path]) -> None:
    history = "# Changelog\n\n## 2026.3.4\n\nThe first release.\n\n## 2026.3.3\n\nOlder.\n"
    page = changelog("2026.3.5", {"line_items": 4}, BEFORE, history, releases[1])
    section, older = page.split("\n## 2026.3.4\n")
    assert page.startswith("# Changelog\n\n## 2026.3.5\n\nRows, against 2026.3.4:\n")
    assert "| line_items | 4 | +1 |" in section
    assert "| 一个金额 / amount | 改变 / changed | 同一文件，新的程序读法不同 / reread | 2 |" in section
    assert "- + d.pdf 某某局 2023 (`" in section
    assert "5.00 → -900.00 元" in section
    assert "\\<某\\>\\|局\\*" in section, "printed text is no Markdown"
    assert older == "\nThe first release.\n\n## 2026.3.3\n\nOlder.\n"


def test_the_changelog_says_so_where_nothing_changed(tmp_path: Path) -> None:
    write_changes(put(tmp_path / "new", [], []), put(tmp_path / "old", [], []))
    assert "没有变动 / nothing else changed." in changelog("2026.3.5", {"line_items": 4}, BEFORE, "", tmp_path / "new")


def test_a_first_release_has_nothing_to_tell(tmp_path: Path) -> None:
    write_changes(put(tmp_path, [], []))
    assert "变动" not in changelog("2026.3.5", {"line_items": 4}, None, "", tmp_path)
    assert release_summary(tmp_path, 3) == ChangeSummary((), (), ())
