from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console

from cli.printing.release import MOST_DOUBTFUL, print_release
from flows.releasing import publish_work
from publish.store.release import Release
from reading import work
from reading.running.processes import DocumentProcesses
from reading.running.runner import read
from reading.sources import find


def test_a_release_tells_its_rows_its_amounts_and_the_doubtful_ones(
    good_paper: Path, tmp_path: Path, processes: DocumentProcesses
) -> None:
    outcome = read(find([good_paper]).sources[0], tmp_path / "work", processes)
    reading = work.kept(outcome.document_id, tmp_path / "work")
    doubted = [replace(item, status="contradicted") for item in reading.line_items[: MOST_DOUBTFUL + 5]]
    proven = [replace(item, status="proven") for item in reading.line_items[len(doubted) :]]
    work.keep(replace(reading, line_items=(*doubted, *proven)), tmp_path / "work")
    work.finish([outcome.document_id], tmp_path / "work")

    published = publish_work(tmp_path / "work", tmp_path, "2026.3.5")
    lines = printed(published.release)

    assert f"已发布 / published 2026.3.5: {published.release.folder}" in lines
    assert ["line_items", str(len(reading.line_items))] in [line.split() for line in lines]
    (summary,) = [line.split() for line in lines if line.strip().startswith("three_public")]
    amounts = sum(item.form == "three_public" for item in proven)
    assert summary[2:] == [str(amounts)]
    named = [line for line in lines if line.strip().startswith(good_paper.name)]
    assert len(named) == MOST_DOUBTFUL
    assert all("contradicted" in line for line in named)
    assert f"存疑的金额共 {len(doubted)} 个 / {len(doubted)} doubtful amounts" in lines


def printed(release: Release) -> list[str]:
    out = Console(file=StringIO(), width=10_000)
    print_release(release, out)
    assert isinstance(out.file, StringIO)
    return [line.rstrip() for line in out.file.getvalue().splitlines()]
