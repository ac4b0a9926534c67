"""How a night is told on the terminal: portals with news, what was done, and what went wrong where.

Tables are bounded: a night over thousands of portals is read in a minute, and `--json` has all of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.console import grid, names, numbers
from cli.printing.stage_words import STAGE_WORDS, STATE_WORDS, figure, reason_words
from ledger import Night
from ledger.clock import CHINA
from ledger.records import FailureRecord, FindingRecord, StateCount
from ledger.status import Status

LISTED = 40
"""So many rows of a table, so many findings and failed addresses are told."""
NEWS = {"new": "新\nnew", "changed": "变\nchanged", "unchanged": "未变\nunchanged", "read": "已读\nread"}
QUIET = ("unchanged",)
"""What alone is no news."""
WELL = "finished"
MEGABYTE = 1_000_000

Counts = Mapping[str, Counter[str]]
"""By portal, how many of each of `NEWS`, and how many `failed` at any stage."""


def print_night_status(status: Status, out: Console) -> None:
    """Print the portals that brought news, the work by stage and reason, failures by portal, findings, addresses."""
    counts = _by_portal(status.brought)
    out.print(Text(f"夜 night {status.date}", style="bold"))
    out.print(_portals(status.nights, counts))
    for table in (_work(status.brought), _failed(status.brought)):
        if table.row_count:
            out.print(table)
    for line in (*_findings(status.findings), *_addresses(status.failures)):
        out.print(line, soft_wrap=True)


def _by_portal(brought: Iterable[StateCount]) -> Counts:
    counts: dict[str, Counter[str]] = {}
    for each in brought:
        counts.setdefault(each.portal, Counter())[_column(each)] += each.count
    return counts


def _column(each: StateCount) -> str:
    if each.state == "failed":
        return "failed"
    return (each.reason or "") if each.stage == "fetched" else each.stage


def _portals(nights: Sequence[Night], counts: Counts) -> Table:
    """The visits that brought news or did not end well, then how many others there were, then the sum."""
    table = grid(
        names("门户\nportal"),
        "开始\nbegan",
        names("结束\nended"),
        numbers("请求\nrequests"),
        numbers("\nMB"),
        *(numbers(words) for words in NEWS.values()),
        numbers("失败\nfailed"),
    )
    told = [night for night in nights if _is_news(night, counts)][:LISTED]
    first = {night.portal: night.night_id for night in reversed(nights)}
    for night in told:
        own = counts.get(night.portal, Counter()) if first[night.portal] == night.night_id else Counter[str]()
        table.add_row(night.portal, _clock(night.started), _ended(night), *_figures([night], own))
    if len(nights) > len(told):
        table.add_row(Text(f"另 {len(nights) - len(told):,} 次 more visits", style="dim"))
    if len(nights) > 1:
        total: Counter[str] = sum(counts.values(), Counter())
        table.add_row("合计 total", "", "", *_figures(nights, total), style="bold")
    return table


def _is_news(night: Night, counts: Counts) -> bool:
    own = counts.get(night.portal, Counter())
    return night.finish_reason != WELL or any(count for kind, count in own.items() if kind not in QUIET)


def _figures(nights: Sequence[Night], counts: Counter[str]) -> list[Text]:
    requests = sum(night.requests or 0 for night in nights)
    megabytes = sum(night.bytes_received or 0 for night in nights) / MEGABYTE
    traffic = [Text(figure(requests)), Text(f"{megabytes:,.1f}")]
    news = [Text(figure(counts[kind])) for kind in NEWS]
    return [*traffic, *news, Text(figure(counts["failed"]), style="red")]


def _ended(night: Night) -> Text:
    if night.finished is None:
        return Text("未结束 not ended", style="yellow")
    return Text(
        f"{_clock(night.finished)} {night.finish_reason}", style="" if night.finish_reason == WELL else "yellow"
    )


def _work(brought: Iterable[StateCount]) -> Table:
    """What was done over all portals, by stage, state and reason."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for each in brought:
        counted[each.stage, each.state, each.reason or ""] += each.count
    table = grid("阶段 stage", "结果 result", names("原因 reason"), numbers("份 count"))
    for stage, words in STAGE_WORDS.items():
        for (_, state, reason), count in sorted((key, count) for key, count in counted.items() if key[0] == stage):
            said, colour = STATE_WORDS[state]
            table.add_row(words, Text(said, style=colour), Text(reason_words(reason or None)), figure(count))
    return table


def _failed(brought: Iterable[StateCount]) -> Table:
    """Where what failed, the most first."""
    failed = sorted(
        (each for each in brought if each.state == "failed"),
        key=lambda each: -each.count,
    )
    table = grid(names("门户 portal"), "阶段 stage", names("失败的原因 reason of failure"), numbers("份 count"))
    for each in failed[:LISTED]:
        table.add_row(
            each.portal,
            STAGE_WORDS[each.stage],
            Text(reason_words(each.reason)),
            figure(each.count),
        )
    if len(failed) > LISTED:
        table.add_row(Text(f"另 {len(failed) - LISTED:,} 行 more", style="dim"))
    return table


def _findings(findings: Sequence[FindingRecord]) -> Iterator[Text]:
    for finding in findings[:LISTED]:
        yield Text(f"! {finding.portal}  {finding.code}：{finding.detail}", style="yellow")
    yield from _more(len(findings) - LISTED, "个发现", "findings")


def _addresses(failures: Sequence[FailureRecord]) -> Iterator[Text]:
    for failure in failures[:LISTED]:
        told = "  ".join(filter(None, (failure.portal, failure.title, failure.url)))
        yield Text(f"✗ {failure.reason}：{failure.detail}  {told}", style="red")
    yield from _more(len(failures) - LISTED, "个失败的地址", "failed addresses")


def _more(count: int, zh: str, en: str) -> Iterator[Text]:
    if count > 0:
        yield Text(f"… 另有 {count:,} {zh}，见 --json / {count:,} more {en}, see --json", style="dim")


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%H:%M:%S}"
