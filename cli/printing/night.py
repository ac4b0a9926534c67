"""What a night brought, on the terminal: visits, readings, coverage, bounds that are broken."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from cli.console import grid, names, numbers
from flows.night.expectations import Expectation
from flows.night.portal_visit import VisitResult
from flows.night.report import processed_line
from flows.night.steps_report import NightReport
from publish.derived.coverage import Outcome

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "found": ("已找到", "green"),
    "not_published": ("未公开", "yellow"),
    "blocked": ("被拒绝", "red"),
    "failed": ("失败", "red"),
    "not_looked": ("未查找", "yellow"),
}


def print_visits(visits: Sequence[VisitResult], out: Console) -> None:
    """A line for each portal: how the visit ended and what it brought."""
    table = grid(
        "平台 portal",
        "结束 ended",
        numbers("网页 pages"),
        numbers("文件 papers"),
        numbers("抓取 fetched"),
        numbers("未变 unchanged"),
        numbers("字节 bytes"),
        names("失败 failures"),
    )
    for each in visits:
        failures = ", ".join(f"{reason} {count}" for reason, count in sorted(each.failures.items()))
        counts = (each.pages, each.papers, each.captured, each.unchanged, each.bytes_received)
        said = " · ".join(part for part in (failures, each.detail) if part)
        table.add_row(each.portal, each.finish_reason, *(f"{count:,}" for count in counts), Text(said))
    out.print(table)


def print_listed(visits: Sequence[VisitResult], out: Console) -> None:
    """The papers that a look found, with where they are."""
    table = grid("年度 year", "类型 kind", names("部门 department"), names("标题 title"), names("地址 address"))
    for visited in visits:
        for paper in visited.listed:
            told = (str(paper.fiscal_year or "?"), paper.kind or "?", paper.department or "", paper.title, paper.url)
            table.add_row(*(Text(each) for each in told))
    out.print(table)


def print_coverage(expectations: Sequence[Expectation], out: Console) -> None:
    """Portal × year × kind: what is there, and why the rest is not."""
    table = grid(
        "平台 portal",
        names("名称 name"),
        numbers("年度 year"),
        "类型 kind",
        numbers("应有 expected"),
        numbers("找到 found"),
        "情况 outcome",
        names("原因 reason"),
    )
    for each in expectations:
        zh, style = OUTCOMES[each.outcome]
        expected = "" if each.expected is None else f"≥{each.expected:,}"
        table.add_row(
            each.portal,
            each.name,
            str(each.fiscal_year),
            each.kind,
            expected,
            f"{each.found:,}",
            Text(f"{zh} {each.outcome}", style),
            each.reason or "",
        )
    out.print(table)


def print_night(report: NightReport, out: Console) -> None:
    """The whole night: visits, readings, coverage, broken bounds."""
    if report.visits:
        print_visits(report.visits, out)
    out.print(processed_line(report.processed))
    if report.expectations:
        print_coverage(report.expectations, out)
    for portal, said in report.breaches.items():
        out.print(Text(f"! {portal}：{'; '.join(said)}", style="red"), soft_wrap=True)
