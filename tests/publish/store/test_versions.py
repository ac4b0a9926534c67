from datetime import date
from pathlib import Path

import pytest

from publish.description.version import Version
from publish.errors import VersionExistsError, VersionRefusedError
from publish.store.roots import next_version_at
from publish.store.versions import accepted_version, latest_version, point_to_newest, published_versions


def made_root(root: Path, *names: str) -> Path:
    for name in names:
        (root / "releases" / name).mkdir(parents=True)
    return root


def test_versions_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    made_root(tmp_path, "2026.3.5.10", "2026.3.5.9", "2025.12.31", ".building", "notes", "2026.03.05")
    assert [str(version) for version in published_versions(tmp_path / "releases")] == [
        "2025.12.31",
        "2026.3.5.9",
        "2026.3.5.10",
    ]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ([], "2026.3.5"),
        (["2026.3.4.7"], "2026.3.5"),
        (["2026.3.5"], "2026.3.5.2"),
        (["2026.3.5.9", "2026.3.5.10"], "2026.3.5.11"),
        (["2026.3.6"], "2026.3.6.2"),
    ],
)
def test_the_next_version_follows_the_day_and_the_newest(tmp_path: Path, published: list[str], expected: str) -> None:
    root = made_root(tmp_path, *published)
    proposed = next_version_at(root, date(2026, 3, 5))
    assert proposed == expected
    assert str(accepted_version(proposed, published_versions(root / "releases"))) == expected


@pytest.mark.parametrize(
    "name",
    ["", "latest", "../2026.3.5", "2026.3.5.1", "2026.3.5.02", "2026.03.05", "2026.3.5.0", "2026.3.5\n", "2026.2.30"],
)
def test_what_is_no_version_is_refused(name: str) -> None:
    with pytest.raises(VersionRefusedError):
        accepted_version(name, [])


def test_a_published_and_an_earlier_version_are_refused() -> None:
    published = [Version(2026, 3, 5, 1), Version(2026, 3, 5, 3)]
    with pytest.raises(VersionExistsError):
        accepted_version("2026.3.5", published)
    with pytest.raises(VersionRefusedError, match="does not come after"):
        accepted_version("2026.3.5.2", published)


def test_the_pointer_is_put_right(tmp_path: Path) -> None:
    releases = made_root(tmp_path, "2026.3.5", "2026.3.5.2") / "releases"
    (releases / "latest").write_text("2026.3.5\n")
    point_to_newest(releases)
    assert latest_version(releases) == Version(2026, 3, 5, 2)
    assert (releases / "latest").read_text() == "2026.3.5.2\n"
