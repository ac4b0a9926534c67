"""What a run printed for its user: a line for each document, and why some were not read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from cli.console import grid, names, numbers
from cli.printing.reasons import explained
from reading.running.outcomes import Outcome
from reading.sources import Found, Source, readable_name

STATUS = {
    "read": ("已读 read", "green"),
    "needs_ocr": ("需 OCR", "yellow"),
    "failed": ("失败 failed", "red"),
}
DOUBTFUL = ("contradicted", "source_inconsistent")


def print_summary(outcomes: Sequence[Outcome], found: Found, out: Console) -> None:
    """The table of documents by file name, then those that need a word, and files that were passed over."""
    ordered = sorted(outcomes, key=lambda outcome: (outcome.file_name, outcome.document_id))
    table = grid(
        names("文件\nfile"),
        "状态\nstatus",
        numbers("页\npages"),
        numbers("报表\nforms"),
        numbers("金额\namounts"),
        numbers("已证\nproven"),
        numbers("存疑\ndoubtful"),
        numbers("发现\nfindings"),
    )
    for outcome in ordered:
        table.add_row(*_cells(outcome))
    out.print(table)
    for line in (*_told(ordered), *_passed_over(found)):
        out.print(line, soft_wrap=True)


def _cells(outcome: Outcome) -> list[Text]:
    words, colour = STATUS[outcome.status]
    doubtful = sum(outcome.amounts.get(status, 0) for status in DOUBTFUL)
    return [
        Text(outcome.file_name),
        Text(words, style=colour),
        Text("–" if outcome.page_count is None else str(outcome.page_count)),
        Text(str(sum(outcome.forms.values()))),
        Text(f"{outcome.amount_count:,}"),
        Text(f"{outcome.amounts.get('proven', 0):,}"),
        Text(f"{doubtful:,}", style="red" if doubtful else ""),
        Text(f"{outcome.findings:,}"),
    ]


def _told(outcomes: Sequence[Outcome]) -> Iterator[Text]:
    for outcome in outcomes:
        if outcome.reason:
            first, *more = explained(outcome.reason)
            yield Text.assemble((f"{outcome.file_name}：", STATUS[outcome.status][1]), first)
            yield from (Text(f"  {line}") for line in more)


def _passed_over(found: Found) -> Iterator[Text]:
    yield from (_copies(source) for source in found.sources if source.copies)
    for path, why in found.unopened:
        yield Text(f"{_shown(path)}：打不开 / cannot be opened：{why}", style="red")


def _copies(source: Source) -> Text:
    return Text(f"{'、'.join(map(_shown, source.copies))}：与 {source.name} 内容相同 / the same bytes", style="dim")


def _shown(path: Path) -> str:
    return str(path.with_name(readable_name(path)))
