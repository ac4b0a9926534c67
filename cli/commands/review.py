# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no server and no ledger
"""The review of doubtful amounts in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from cli.application import app, reported
from cli.nights import night_settings, refuse_missing_ledger
from cli.options import (
    MEBIBYTES,
    ROOT,
    SECONDS,
    ArchiveUrl,
    CorrectionsAt,
    Debug,
    Jobs,
    LedgerUrl,
    Memory,
    PortalsFolder,
    Root,
    Timeout,
)
from reading.running.limits import CORES


@app.command()
@reported
def review(
    *,
    by: Annotated[str | None, typer.Option("--by", help="审核人 / who reviews")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口，默认任取 / the port; any free one")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="打开浏览器 / open a browser")] = True,
    acknowledged: Annotated[
        Path | None,
        typer.Option("--acknowledged", help="已确认的问题，默认 ROOT/acknowledged.yaml / what was said of faults"),
    ] = None,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    corrections: CorrectionsAt = None,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """在浏览器里审核存疑的金额，写成更正并重读。Review doubtful amounts in a browser; decisions are kept as data.

    只在本机 127.0.0.1 上，Ctrl+C 结束 on this machine alone; Ctrl+C ends it.
    """
    from cli.console import console
    from flows.review.serving import serve_review
    from reading.questions.acknowledging import FILE

    told = night_settings(
        root,
        archive,
        ledger,
        portals,
        corrections=corrections,
        jobs=jobs,
        seconds=timeout,
        mebibytes=memory,
        site=True,
    )
    refuse_missing_ledger(told.locations.ledger)

    def tell(address: str) -> None:
        console().print(f"审核 / review: {address}", markup=False, soft_wrap=True)
        if browser:
            typer.launch(address)

    serve_review(told, acknowledged or root / FILE, by, port, tell)
    return True
