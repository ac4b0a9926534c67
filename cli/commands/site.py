# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader, no Arrow and no Prefect
"""The site: what is opened in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from cli.application import app, reported
from cli.options import MEBIBYTES, ROOT, SECONDS, ArchiveUrl, Debug, Jobs, Memory, Papers, Timeout
from reading.running.limits import CORES, MIB, Limits


@app.command()
@reported
def site(
    root: Annotated[
        Path, typer.Argument(metavar="ROOT|RELEASE", help="项目数据的根目录或一个版本 / a root, or a release")
    ] = ROOT,
    *,
    to: Annotated[Path | None, typer.Option("--to", help="网站写到哪里，默认 ROOT/site / where the site goes")] = None,
    papers: Papers = None,
    archive: ArchiveUrl = None,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """网站：文件与原页并看、存疑、部门、地区、平台。A site: papers beside their pages, doubts, departments, places.

    只更新有变动的页面；用浏览器打开 index.html，不用服务器。Only what changed is made anew; it opens without a server.
    """
    from cli.console import console, tracked
    from cli.printing.site import print_site
    from reading.running.processes import DocumentProcesses
    from website.building import build_site
    from website.release.originals import Originals

    stored = archive or str(root / "archive")
    originals = Originals(stored if archive or (root / "archive").is_dir() else None, papers or ())
    with DocumentProcesses(jobs, Limits(timeout, memory * MIB)) as processes:
        built = build_site(root, to, originals, processes, tracked)
    print_site(built, console())
    return True
