# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader, no Arrow and no Prefect
"""Papers at hand: read them, look at them, check them."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cli.application import app, make_folder, reported
from cli.options import MEBIBYTES, OUTPUT, SECONDS, AsJson, Debug, Jobs, Memory, Timeout
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
    as_json: AsJson = False,
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
    from cli.console import console, print_json, tracked
    from reading.questions.checking import check_dataset, check_files, dataset_at
    from reading.running.processes import DocumentProcesses
    from reading.sources import Found, find

    folder, found = dataset_at(path), Found(())
    if folder:
        papers = check_dataset(folder, everything=everything, progress=tracked)
    else:
        found = find([path])
        side = min(jobs, len(found.sources)) or 1
        with (
            DocumentProcesses(side, Limits(timeout, memory * MIB)) as processes,
            tempfile.TemporaryDirectory(prefix="gongkai-") as scratch,
        ):
            papers = check_files(found.sources, Path(scratch), processes, everything=everything, progress=tracked)
    from cli.printing.verdicts import print_verdicts
    from cli.printing.verdicts_json import json_text

    if as_json:
        print_json(json_text(papers, found.unopened), console())
    else:
        print_verdicts(papers, found.unopened, console())
    return not found.unopened and all(paper.sound for paper in papers)
