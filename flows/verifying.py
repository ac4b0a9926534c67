"""What anybody can ask of releases, offline: whether one is sound, and which there are."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from flows.console import grid, names, numbers
from flows.errors import WrongUseError
from publish.index import ReleaseEntry, release_entry
from publish.index_figures import SUMMARY, read_figures
from publish.package import DESCRIPTOR, read_descriptor
from publish.remote import RemoteReleases
from publish.roots import is_remote
from publish.verification import Problem, problems_of
from publish.versions import POINTER, latest_version, published_versions

MEBIBYTE = 1 << 20


def release_at(path: Path) -> Path:
    """The release that a path means: its folder, or the newest where the path is a root, its releases, or `latest`.

    Raises `WrongUseError` where there is none.
    """
    releases = path.parent if path.name == POINTER and path.is_file() else path
    for folder in (releases, releases / "releases"):
        newest = latest_version(folder) if (folder / POINTER).is_file() else None
        if newest:
            return folder / str(newest)
    if (path / DESCRIPTOR).is_file() or (path / "line_items.parquet").is_file():
        return path
    raise WrongUseError(f"这里没有版本 / no release here: {path}")


def verified(path: Path) -> list[Problem]:
    """What is wrong with a release; nothing where it is sound. A folder without a description is no release."""
    if not path.exists():
        raise WrongUseError(f"没有这个文件夹 / no such folder: {path}")
    return list(problems_of(release_at(path) if not (path / DESCRIPTOR).is_file() else path))


def print_problems(path: Path, problems: Sequence[Problem], out: Console) -> None:
    """Print each problem with its file, or that there is none."""
    if not problems:
        out.print(Text(f"✓ 完好 / sound: {release_at(path)}", "green"), soft_wrap=True)
        return
    table = grid("问题 problem", names("文件 file"), names("情况 what"))
    for problem in problems:
        table.add_row(problem.kind, Text(problem.path), Text(problem.why))
    out.print(table)


def problems_json(problems: Sequence[Problem]) -> str:
    """The problems as one JSON list."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def releases_of(root: str) -> list[ReleaseEntry]:
    """The releases at a root, newest first."""
    if is_remote(root):
        remote = RemoteReleases(root)
        with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
            folders = [
                remote.fetch_description(each, Path(scratch), (SUMMARY,)) for each in reversed(remote.versions())
            ]
            return [_entry(folder) for folder in folders]
    releases = Path(root) / "releases"
    return [_entry(releases / str(version)) for version in reversed(published_versions(releases))]


def _entry(folder: Path) -> ReleaseEntry:
    return release_entry(folder.name, read_descriptor(folder), read_figures(folder))


def print_releases(root: str, listed: Sequence[ReleaseEntry], out: Console) -> None:
    """Print a line for each release, newest first."""
    if not listed:
        out.print(f"还没有发布过版本 / no release yet: {root}", soft_wrap=True)
        return
    table = grid(
        "版本 version", numbers("文件 papers"), numbers("金额 amounts"), numbers("已证 proven"), numbers("MiB")
    )
    for each in listed:
        figures, amounts = each.figures or {}, each.amounts or 0
        proven = figures.get("amounts", {}).get("proven", 0)
        share = f"{proven / amounts:.1%}" if amounts else ""
        table.add_row(
            each.version, f"{figures.get('documents', 0):,}", f"{amounts:,}", share, f"{each.bytes / MEBIBYTE:,.1f}"
        )
    out.print(table)


def releases_json(listed: Sequence[ReleaseEntry]) -> str:
    """The releases as one JSON list, newest first."""
    told = [
        {"version": each.version, "bytes": each.bytes, "rows": each.rows, "figures": each.figures} for each in listed
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)
