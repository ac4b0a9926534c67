"""What there is to teach, for a person and for other programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from cli.console import grid, names, numbers
from reading.questions.gaps import Gap
from schemas.findings import known_findings


def print_gaps(gaps: Sequence[Gap], limit: int, out: Console) -> None:
    """Print the gaps that cost most, each with a page to look at, and what can be done about each sort."""
    if not gaps:
        out.print("没有读不懂的栏目、行和报表 / nothing was left unread")
        return
    table = grid(
        numbers("金额 amounts"),
        numbers("文件 papers"),
        "发现 finding",
        names("印作 printed as"),
        names("例 example"),
        numbers("页 page"),
    )
    for gap in gaps[:limit]:
        where = Text(gap.example.file_name), str(gap.example.page)
        table.add_row(f"{gap.amounts:,}", f"{gap.papers:,}", gap.code, Text(gap.wording), *where)
    out.print(table)
    if more := len(gaps) - len(gaps[:limit]):
        out.print(Text(f"其余 {more:,} 种未列出（--limit） / {more:,} more are not listed (--limit)", style="dim"))
    for code in dict.fromkeys(gap.code for gap in gaps[:limit]):
        finding = known_findings()[code]
        told = f"{code}: {finding.title.zh}。{finding.advice.zh} / {finding.title.en}: {finding.advice.en}"
        out.print(Text(told), soft_wrap=True)


def gaps_json(gaps: Sequence[Gap]) -> str:
    """All gaps as one JSON object, most amounts first."""
    told = [
        {
            "code": gap.code,
            "wording": gap.wording,
            "amounts": gap.amounts,
            "papers": gap.papers,
            "example": asdict(gap.example),
        }
        for gap in gaps
    ]
    return json.dumps({"gaps": told}, ensure_ascii=False, indent=2)
