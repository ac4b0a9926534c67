# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader, no Arrow and no Prefect
"""The command line. 退出码 exit status: 0 all read, 1 some failed and the rest is written, 2 wrong use."""

import functools
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

from flows.child import MIB
from flows.errors import WorkDamagedError, WrongUseError
from flows.processes import DocumentProcesses, Limits

P = ParamSpec("P")

OUTPUT = Path("gongkai-out")
ROOT = Path("output")
FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    help="公开：把部门预算、决算公开文件读成数据。\n\nTurn Chinese departments' budgets and final accounts into data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Jobs = Annotated[int, typer.Option("--jobs", min=1, help="同时读几份文件 / documents read at a time")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="每份文件的时限（秒） / seconds for a document")]
Memory = Annotated[int, typer.Option("--memory", min=256, help="每份文件的内存上限（MiB） / memory for a document")]
Debug = Annotated[bool, typer.Option("--debug", help="出错时给出详情 / show details of errors")]
Root = Annotated[Path, typer.Option("--root", help="项目数据的根目录 / where work, releases and Prefect's files are")]
Version = Annotated[str | None, typer.Option("--version", help="版本号 YYYY.MM.DD.n / the release's version")]
CORES = len(os.sched_getaffinity(0))
SECONDS = Limits().seconds
MEBIBYTES = Limits().memory_bytes // MIB


def reported(command: Callable[P, bool]) -> Callable[P, None]:
    """A command that returns whether all went well, as one that exits with the status and tells an error in a line."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        debug = bool(kwargs.get("debug"))
        if debug:
            _log_details()
        try:
            status: int | None = 0 if command(*args, **kwargs) else FAILED
        except KeyboardInterrupt:
            status = INTERRUPTED
        except Exception as error:
            status = _told(error)
            if status is None or debug:
                raise
        raise typer.Exit(status or 0)

    return wrapped


def _log_details() -> None:
    log = logging.getLogger("flows")
    log.setLevel(logging.DEBUG)
    log.addHandler(logging.StreamHandler())


def _told(error: Exception) -> int | None:
    """Print an error that is the user's or the disk's, and give its status; None for one that is a defect."""
    from publish.errors import PublishError, VersionRefusedError

    wrong_use = isinstance(error, (WrongUseError, VersionRefusedError))
    if not wrong_use and not isinstance(error, (PublishError, WorkDamagedError, OSError)):
        return None
    print(f"错误 / error: {error}".encode(errors="backslashreplace").decode(), file=sys.stderr)
    return WRONG_USE if wrong_use else FAILED


@app.command()
@reported
def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="PDF 文件或文件夹 / PDF files or folders")],
    *,
    to: Annotated[Path, typer.Option("--to", help="结果写到哪里 / where the tables go")] = OUTPUT,
    jobs: Jobs = CORES,
    keep: Annotated[
        bool, typer.Option("--keep", help="留下每页的识别图 / leave a picture of each page with its cells")
    ] = False,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """读取文件，写出 Parquet 和 CSV 表。Read files and write the tables as Parquet and CSV."""
    from flows.sources import find

    found = find(paths)
    _make_folder(to)
    with DocumentProcesses(jobs, Limits(timeout, memory * MIB)) as processes:
        from flows.console import console
        from flows.extract import draw
        from flows.extract import extract as extract_to
        from flows.summary import print_summary

        outcomes = extract_to(found, to, processes)
        undrawn = list(draw(found, outcomes, to, processes)) if keep else []
    out = console()
    print_summary(outcomes, found, out)
    for source, error in undrawn:
        out.print(f"{source.name}：没有画成 / not drawn：{error}", soft_wrap=True, markup=False)
    out.print(f"已写入 / written to {to}", soft_wrap=True, markup=False)
    return not found.unopened and all(outcome.status != "failed" for outcome in outcomes)


@app.command()
@reported
def show(
    file: Annotated[Path, typer.Argument(help="PDF 文件 / a PDF file")],
    *,
    form: Annotated[str | None, typer.Option("--form", help="只看这张报表 / this form alone")] = None,
    picture: Annotated[
        bool, typer.Option("--picture", help="画出每页的识别图 / draw each page with its cells")
    ] = False,
    to: Annotated[Path, typer.Option("--to", help="识别图写到哪里 / where the pictures go")] = OUTPUT,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """显示文件中认出的报表。Show the forms that are recognised in a file."""
    from flows.sources import find

    found = find([file])
    if len(found.sources) != 1:
        raise WrongUseError(f"show 只看一份文件 / show takes one file: {file}")
    with (
        DocumentProcesses(1, Limits(timeout, memory * MIB)) as processes,
        tempfile.TemporaryDirectory(prefix="gongkai-") as scratch,
    ):
        from flows.show import show_source

        return show_source(found.sources[0], form, to if picture else None, Path(scratch), processes)


@app.command()
@reported
def check(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH|RELEASE",
            help="PDF、PDF 文件夹、extract 的结果或一个版本 / PDFs, what extract wrote, or a release",
        ),
    ],
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="也列出成立和不适用的 / list what holds and what is not applicable, too")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / write JSON")] = False,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """勾稽检查：哪些数字对不上。Check what must add up, and list what does not with its page and amounts.

    文字说明、报表次序等不涉及金额的检查只作提示（!）。Checks that touch no amount, of the prose and the order of forms,
    are remarks (!).

    退出码 exit status：0 都成立 nothing fails，1 有不成立或未能读取 a check fails or a paper could not be read。
    """
    from flows.checking import check_dataset, check_files, dataset_at
    from flows.sources import Found, find

    folder, found = dataset_at(path), Found(())
    if folder:
        papers = check_dataset(folder, everything=everything)
    else:
        found = find([path])
        with (
            DocumentProcesses(jobs, Limits(timeout, memory * MIB)) as processes,
            tempfile.TemporaryDirectory(prefix="gongkai-") as scratch,
        ):
            papers = check_files(found.sources, Path(scratch), processes, everything=everything)
    from flows.console import console
    from flows.verdicts import print_verdicts
    from flows.verdicts_json import json_text

    if as_json:
        console().out(json_text(papers, found.unopened))
    else:
        print_verdicts(papers, found.unopened, console())
    return not found.unopened and all(paper.sound for paper in papers)


@app.command()
@reported
def publish(
    *,
    source: Annotated[
        Path | None, typer.Option("--from", help="extract 的结果目录，默认 ROOT/work / what extract wrote")
    ] = None,
    root: Root = ROOT,
    version: Version = None,
    debug: Debug = False,
) -> bool:
    """把上次读取的结果发布为一个版本。Publish what was read last as a release."""
    from flows.console import console
    from flows.releasing import print_release, publish_work

    published = publish_work(source or root / "work", root, version)
    print_release(published.release, console())
    return not published.refused


@app.command()
@reported
def run(
    folder: Annotated[Path, typer.Argument(help="PDF 文件夹 / a folder of PDF files")],
    *,
    root: Root = ROOT,
    jobs: Jobs = CORES,
    version: Version = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """从文件夹到发布：全流程。The whole flow, from a folder to a release."""
    from flows import prefect_home
    from flows.sources import find

    found = find([folder])
    _make_folder(root)
    prefect_home.settle(root)
    from flows.console import console
    from flows.releasing import print_release
    from flows.run import run as run_flow
    from flows.summary import print_summary

    ran = run_flow(found, root, jobs, Limits(timeout, memory * MIB), version)
    out = console()
    print_summary(ran.outcomes, found, out)
    print_release(ran.published.release, out)
    return not found.unopened and all(outcome.status != "failed" for outcome in ran.outcomes)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUseError(
            f"不能写入这个文件夹 / this folder cannot be written: {folder}: {error.strerror}"
        ) from error
