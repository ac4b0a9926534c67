"""What a night brought, for the flow run's page: in Markdown, and as rows of a table."""

from collections.abc import Sequence
from typing import Any

from flows.night.portal_visit import VisitResult
from flows.night.steps_report import NightReport, Processed


def processed_line(done: Processed) -> str:
    """How many documents were read, and why others were not."""
    if not done.by_status:
        return "没有待读的文件 / nothing waited to be read"
    counted = " · ".join(f"{status} {count:,}" for status, count in sorted(done.by_status.items()))
    why = ", ".join(f"{reason} {count:,}" for reason, count in sorted(done.reasons.items()))
    return f"读取 read：{counted}" + (f"（{why}）" if why else "")


def night_markdown(report: NightReport) -> str:
    """The night's page in Markdown."""
    release = report.published.release if report.published else None
    published = f"**{release.version}**" + ("" if release.is_new else "（内容未变 / as before）") if release else "—"
    lines = [
        "# 这一夜 / The night",
        f"发布 / release: {published}",
        processed_line(report.processed),
        _markdown_table(("portal", "ended", "papers", "fetched", "unchanged", "failures"), map(_visit, report.visits)),
        *(f"- ⚠ **{portal}**: {'; '.join(said)}" for portal, said in report.breaches.items()),
    ]
    return "\n\n".join(line for line in lines if line)


def coverage_rows(report: NightReport) -> list[dict[str, Any]]:
    """The coverage table as plain rows."""
    return [
        {
            "portal": each.portal,
            "fiscal_year": each.fiscal_year,
            "kind": each.kind,
            "expected": each.expected,
            "found": each.found,
            "outcome": each.outcome,
            "reason": each.reason,
        }
        for each in report.expectations
    ]


def _visit(each: VisitResult) -> tuple[str, ...]:
    failures = ", ".join(f"{reason} {count}" for reason, count in sorted(each.failures.items()))
    return (each.portal, each.finish_reason, str(each.papers), str(each.captured), str(each.unchanged), failures)


def _markdown_table(header: Sequence[str], rows: Any) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
