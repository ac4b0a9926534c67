"""How one document's history is told on the terminal, in Chinese and English."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.console import grid, names
from cli.printing.stage_words import STAGE_WORDS, STATE_WORDS, reason_words
from ledger import History
from ledger.clock import CHINA
from ledger.records import CaptureRecord, Run


def print_history(history: History, out: Console) -> None:
    """A document's captures and runs, oldest first."""
    out.print(Text(history.document_id, style="bold"), soft_wrap=True)
    out.print(f"{history.size_bytes:,} 字节 bytes")
    for capture in history.captures:
        for line in _capture(capture):
            out.print(line, soft_wrap=True)
    out.print(_runs(history.runs))


def _capture(capture: CaptureRecord) -> Iterator[Text]:
    told = (capture.portal, capture.title, capture.department, capture.fiscal_year, capture.kind, capture.published_on)
    yield Text("  ".join(str(part) for part in told if part))
    member = f" ▸ {capture.member}" if capture.member else ""
    yield Text(f"  {capture.url}{member}  ({capture.file_name})", style="dim")
    yield Text(f"  见于 seen {_moment(capture.first_seen)} – {_moment(capture.last_seen)}", style="dim")
    if capture.superseded_by:
        yield Text(f"  已被取代 superseded by {capture.superseded_by}", style="yellow")


def _runs(runs: Sequence[Run]) -> Table:
    table = grid(
        "阶段 stage",
        "开始 began",
        "结束 ended",
        "结果 result",
        names("原因 reason"),
        names("详情 detail"),
        names("代码 code"),
    )
    for run in runs:
        words, colour = STATE_WORDS[run.status]
        table.add_row(
            STAGE_WORDS[run.stage],
            _moment(run.started),
            _moment(run.finished) if run.finished else "",
            Text(words, style=colour),
            Text(reason_words(run.reason)),
            Text(run.detail or ""),
            Text(run.code_version, style="dim"),
        )
    return table


def _moment(moment: datetime) -> str:
    """In China's time, as the terminal's reader has it; `--json` has UTC."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
