# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader and no Arrow
"""What comes after a check: evidence for a publisher, and what somebody has said of a fault."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.application import app, reported
from cli.options import ACKNOWLEDGED, MEBIBYTES, SECONDS, AcknowledgedFile, Debug, Memory, Timeout
from reading.running.limits import MIB, Limits

Paper = Annotated[Path, typer.Argument(metavar="DOCUMENT", help="一份文件 / a paper")]


@app.command()
@reported
def evidence(
    document: Paper,
    check: Annotated[
        str,
        typer.Argument(
            metavar="CHECK", help="check 列出的编号、检查、发现或事项的名称 / a fault's id, or a check's name"
        ),
    ],
    *,
    to: Annotated[Path, typer.Option("--to", help="写到哪个文件夹 / the folder to write")],
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """写出发给发布单位的核对说明：截图、算式、容差和文件指纹。Write what one sends to a publisher about a fault."""
    from cli.console import console
    from cli.faults import write_evidence_of

    page = write_evidence_of(document, check, to, Limits(timeout, memory * MIB))
    console().print(f"核对说明 / evidence: {page}", markup=False, soft_wrap=True)
    return True


@app.command()
@reported
def acknowledge(
    document: Paper,
    fault: Annotated[str, typer.Argument(metavar="FAULT", help="check 列出的编号 / the fault's id as check prints it")],
    *,
    said: Annotated[
        Literal["publishers_own", "not_a_fault"],
        typer.Option("--as", help="发布者之误，或不是差错 / the publisher's own, or no fault"),
    ],
    reason: Annotated[str, typer.Option("--reason", help="缘由 / why")],
    by: Annotated[str | None, typer.Option("--by", help="谁确认的 / who says so")] = None,
    acknowledged: AcknowledgedFile = ACKNOWLEDGED,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """确认一处问题；文件换了，确认即失效。Say what is known of a fault; it lapses when the paper is replaced."""
    from cli.console import console
    from cli.faults import the_fault
    from reading.questions.acknowledging import Acknowledgement
    from reading.questions.acknowledging import acknowledge as put

    found = the_fault(document, fault, Limits(timeout, memory * MIB))
    entry = Acknowledgement.model_validate(
        {"document": found.document_id, "fault": found.id, "as": said, "reason": reason, "by": by, "on": date.today()}
    )
    put(acknowledged, entry)
    console().print(f"已确认 / acknowledged: {found.title_zh} ({acknowledged})", markup=False, soft_wrap=True)
    return True
