# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader, no Arrow and no Prefect
"""Papers at hand: read them, look at them, check them."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cli.application import app, make_folder, reported
from cli.options import (
    ACKNOWLEDGED,
    MEBIBYTES,
    OUTPUT,
    SECONDS,
    AcknowledgedFile,
    AsJson,
    Debug,
    Jobs,
    Memory,
    Timeout,
)
from reading.running.limits import CORES, MIB, Limits
from schemas.errors import WrongUseError


@app.command()
@reported
def extract(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="文件、压缩包或文件夹 / files, archives or folders")
    ],
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
    from reading.running.processes import DocumentProcesses
    from reading.sources import find

    found = find(paths)
    make_folder(to)
    side = min(jobs, len(found.sources)) or 1
    with DocumentProcesses(side, Limits(timeout, memory * MIB), forked=True) as processes:
        from cli.console import console, tracked
        from cli.printing.outcomes import print_summary
        from reading.extract import draw
        from reading.extract import extract as extract_to

        outcomes = extract_to(found, to, processes, tracked)
        undrawn = list(draw(found, outcomes, to, processes, tracked)) if keep else []
    out = console()
    print_summary(outcomes, found, out)
    for source, error in undrawn:
        out.print(f"{source.name}：没有画成 / not drawn：{error}", soft_wrap=True, markup=False)
    out.print(f"已写入 / written to {to}", soft_wrap=True, markup=False)
    return not found.unopened and all(outcome.status != "failed" for outcome in outcomes)


@app.command()
@reported
def show(
    file: Annotated[Path, typer.Argument(help="文件 / a file")],
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
    from reading.running.processes import DocumentProcesses
    from reading.sources import find

    found = find([file])
    if len(found.sources) != 1:
        raise WrongUseError(f"show 只看一份文件 / show takes one file: {file}")
    with (
        DocumentProcesses(1, Limits(timeout, memory * MIB), forked=True) as processes,
        tempfile.TemporaryDirectory(prefix="gongkai-") as scratch,
    ):
        from cli.showing import show_source

        return show_source(found.sources[0], form, to if picture else None, Path(scratch), processes)


@app.command()
@reported
def check(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH|RELEASE",
            help="文件、文件夹、extract 的结果或一个版本 / papers, what extract wrote, or a release",
        ),
    ],
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="也列出成立和不适用的 / list what holds and what is not applicable, too")
    ] = False,
    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", help="填写检查表（xlsx），附截图 / fill in the reviewer's sheet"),
    ] = None,
    acknowledged: AcknowledgedFile = ACKNOWLEDGED,
    as_json: AsJson = False,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """检查：哪些数字对不上、哪些文字有误、应公开的少了什么。Check what adds up, what is said and what must be there.

    先列对不上的合计，再列文字和缺少的内容，各注明页码、原文和应为。Failing sums come first, then the words and what is
    missing, each with its page, what is printed and what would be right. 文字与报表的出入只作提示（!）。

    退出码 exit status：0 没有未确认的不成立 no check of amounts fails unless acknowledged，1 有不成立或未能读取 one
    fails or a paper could not be read。
    """
    from cli.checking import checked
    from cli.console import console, print_json
    from cli.printing.verdicts import print_verdicts
    from cli.printing.verdicts_json import json_text

    limits = Limits(timeout, memory * MIB)
    papers, unopened = checked(path, sheet, acknowledged, everything=everything, jobs=jobs, limits=limits)
    if as_json:
        print_json(json_text(papers, unopened), console())
    else:
        print_verdicts(papers, unopened, console(), everything=everything)
    return not unopened and all(paper.sound for paper in papers)
