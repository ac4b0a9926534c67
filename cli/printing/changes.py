"""How the changes between two releases are told, for a person and for other programs."""

import json

from rich.console import Console
from rich.text import Text

from cli.console import grid, names, numbers
from publish.derived.changes_summary import AmountChange, ChangeSummary, PaperChange
from schemas.dataset import dataset

COLOURS = {"added": "green", "removed": "red", "changed": "yellow"}
SHORT = 12
"""Digits of a document's id that tell it from others in a list."""


def print_diff(summary: ChangeSummary, out: Console) -> None:
    """Print how many changes there are of each kind, then papers, then the amounts that changed most."""
    if not summary.counted:
        out.print("没有变动 / nothing changed")
        return
    counted = grid("对象 of", "变动 change", "缘由 why", numbers("个数 number"))
    for each in summary.counted:
        words = (_zh("change_subject", each.subject), _zh("change", each.change), _zh("change_reason", each.reason))
        counted.add_row(*words, f"{each.number:,}", style=COLOURS[each.change])
    out.print(counted)
    _print_papers(summary, out)
    _print_amounts(summary, out)


def diff_json(summary: ChangeSummary) -> str:
    """The summary as one JSON object; money is text in yuan."""
    told = {
        "counted": [each._asdict() for each in summary.counted],
        "papers": [each._asdict() for each in summary.papers],
        "amounts": [each._asdict() for each in summary.amounts],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=str)


def _print_papers(summary: ChangeSummary, out: Console) -> None:
    if summary.papers:
        table = grid(
            "", names("文件 file"), "年度 year", names("部门 department"), "缘由 why", "编号 id", "另一份 other"
        )
        for paper in summary.papers:
            table.add_row(*_paper(paper))
        out.print(table)
    _print_rest(summary.total("document") - len(summary.papers), out)


def _paper(paper: PaperChange) -> tuple[Text | str, ...]:
    sign = Text("+" if paper.change == "added" else "−", style=COLOURS[paper.change])
    year, department = str(paper.fiscal_year or ""), Text(paper.department or "")
    other = (paper.counterpart_id or "")[:SHORT]
    reason = _zh("change_reason", paper.reason)
    return sign, Text(paper.file_name), year, department, reason, paper.document_id[:SHORT], other


def _print_amounts(summary: ChangeSummary, out: Console) -> None:
    if not summary.amounts:
        return
    title = "改变最大的金额（元） / amounts that changed most (yuan)"
    columns = (names("部门 department"), "年度 year", "报表 form", names("名称 name"), "金额栏 measure")
    table = grid(*columns, numbers("原 old"), numbers("新 new"), "缘由 why", title=title)
    for amount in summary.amounts:
        table.add_row(*_amount(amount))
    out.print(table)


def _amount(amount: AmountChange) -> tuple[Text | str, ...]:
    whose = " ".join(filter(None, (amount.department, amount.organisation)))
    measure = " ".join(filter(None, (amount.measure, amount.fund)))
    place = (Text(whose), str(amount.fiscal_year), amount.form, Text(amount.name), measure)
    return *place, f"{amount.old_amount:,}", f"{amount.new_amount:,}", _zh("change_reason", amount.reason)


def _print_rest(count: int, out: Console) -> None:
    if count > 0:
        out.print(Text(f"其余 {count:,} 份未列出（--limit） / {count:,} more are not listed (--limit)", style="dim"))


def _zh(vocabulary: str, value: str) -> str:
    return f"{dataset().vocabularies[vocabulary].values[value].zh} {value}"
