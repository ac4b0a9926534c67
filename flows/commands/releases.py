# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader, no Arrow and no Prefect
"""Releases: publish them."""

from pathlib import Path
from typing import Annotated

import typer

from flows.child import MIB
from flows.commands.application import (
    CORES,
    MEBIBYTES,
    ROOT,
    SECONDS,
    Debug,
    Jobs,
    Memory,
    Root,
    Timeout,
    Version,
    app,
    make_folder,
    reported,
)
from flows.processes import Limits


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
    make_folder(root)
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
