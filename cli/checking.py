"""The work of `gongkai check`, `evidence` and `acknowledge`: papers or a dataset → checked papers, with their files."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from cli.console import console, tracked
from reading.questions.acknowledging import read_acknowledged
from reading.questions.checking import CheckedPaper, check_dataset, check_files, dataset_at, with_acknowledged
from reading.running.limits import Limits
from reading.running.processes import DocumentProcesses
from reading.sources import Found, find
from schemas.errors import WrongUseError

Unopened = Sequence[tuple[Path, str]]


def checked(
    path: Path, sheet: Path | None, acknowledged: Path, *, everything: bool, jobs: int, limits: Limits
) -> tuple[list[CheckedPaper], Unopened]:
    """Check what a path means, fill in the sheet where one is asked for; the papers, and the files nobody could open.

    Raises `WrongUseError` where a sheet is asked for of a dataset, which has no pages to cut from.
    """
    known = read_acknowledged(acknowledged)
    folder = dataset_at(path)
    if folder:
        if sheet:
            raise WrongUseError(f"检查表要有文件的页面 / the sheet takes the papers themselves: {path}")
        papers = check_dataset(folder, everything=everything, progress=tracked)
        return with_acknowledged(papers, known), ()
    found = find([path])
    with (
        DocumentProcesses(min(jobs, len(found.sources)) or 1, limits) as processes,
        tempfile.TemporaryDirectory(prefix="gongkai-") as scratch,
    ):
        papers = check_files(found.sources, Path(scratch), processes, everything=everything, progress=tracked)
        papers = with_acknowledged(papers, known)
        if sheet:
            _fill(sheet, papers, found, Path(scratch), processes)
    return papers, found.unopened


def _fill(
    sheet: Path, papers: Sequence[CheckedPaper], found: Found, scratch: Path, processes: DocumentProcesses
) -> None:
    from reading.review.cuts import cuts_of_papers  # noqa: PLC0415  nobody else needs OpenCV and workbooks
    from reading.review.sheet import write_sheet  # noqa: PLC0415

    cuts, uncut = cuts_of_papers(papers, found.sources, scratch, scratch / "cuts", processes)
    write_sheet(papers, cuts, sheet)
    out = console(stderr=True)
    for name, why in uncut:
        out.print(f"! 没有截图 no cuts: {name}: {why}", markup=False, soft_wrap=True)
    out.print(f"检查表 / sheet: {sheet}", markup=False, soft_wrap=True)
