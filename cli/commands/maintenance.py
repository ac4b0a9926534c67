# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no network, no ledger and no Prefect
"""What a maintainer does in the morning: look, do again, add what came by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.application import app, reported
from cli.nights import night_settings, print_report, refuse_missing_ledger, refuse_unknown_reasons, under_prefect
from cli.options import (
    MEBIBYTES,
    ROOT,
    SECONDS,
    Alone,
    ArchiveUrl,
    AsJson,
    CorrectionsAt,
    Debug,
    DryRun,
    Jobs,
    Kinds,
    LedgerUrl,
    Memory,
    Portals,
    PortalsFolder,
    ReleasesUrl,
    Root,
    Since,
    Timeout,
    Until,
    Years,
    day_of,
    kinds_of,
)
from reading.running.limits import CORES

if TYPE_CHECKING:
    from flows.night.settings import NightSettings
    from flows.night.steps_report import NightReport
    from ledger.selection import Selection


@app.command()
@reported
def status(
    document: Annotated[str | None, typer.Argument(help="文件编号或其开头 / a document's id, or how it begins")] = None,
    *,
    night: Annotated[
        str | None, typer.Option("--night", metavar="YYYY-MM-DD", help="哪一夜，默认最近一夜 / which night")
    ] = None,
    since: Since = None,
    log: Annotated[bool, typer.Option("--log", help="该文件的日志 / the document's log lines")] = False,
    as_json: AsJson = False,
    root: Root = ROOT,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    debug: Debug = False,
) -> bool:
    """昨夜带来了什么；或一份文件的全部经过。What the night brought; or the whole history of one document.

    --since 逐夜比较：找到、读取、证实、失败、用时 compares nights: found, read, proven, failed, seconds.
    """
    from cli.console import console
    from cli.printing.night import print_coverage
    from cli.printing.status import show_log, show_status, show_trends
    from flows.night.expectations import expectations
    from ledger import Ledger

    locations = night_settings(root, None, ledger, portals).locations
    refuse_missing_ledger(locations.ledger)
    with Ledger.open(locations.ledger) as opened:
        if document and log:
            return show_log(opened, locations.root, document, console())
        if document is None and (first := day_of(since)):
            return show_trends(opened, first, day_of(night), console(), as_json=as_json)
        day = day_of(night) or opened.last_night()
        told = show_status(opened, document, console(), on=day, as_json=as_json)
        if document is None and not as_json:
            visited = {night.portal for night in opened.nights(day)} if day else set()
            shown = [portal for portal in locations.portals().values() if portal.id in visited]
            print_coverage(expectations(opened, shown), console())
    return told


@app.command()
@reported
def rerun(
    *,
    failed: Annotated[bool, typer.Option("--failed", help="失败的 / those that failed")] = False,
    reason: Annotated[list[str] | None, typer.Option("--reason", help="因此结束的，可重复 / that ended so")] = None,
    portal: Portals = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", help="文件编号或其开头 / ids or beginnings")
    ] = None,
    year: Years = None,
    kind: Kinds = None,
    since: Since = None,
    until: Until = None,
    stale: Annotated[bool, typer.Option("--stale", help="旧程序读的 / read by older code than today's")] = False,
    dry_run: DryRun = False,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    releases: ReleasesUrl = None,
    corrections: CorrectionsAt = None,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    no_prefect: Alone = False,
    debug: Debug = False,
) -> bool:
    """从档案重做选出的文件，再发布。Do the chosen documents again from the archive, and publish."""
    from ledger.selection import Selection

    told = night_settings(
        root,
        archive,
        ledger,
        portals,
        releases=releases,
        corrections=corrections,
        jobs=jobs,
        seconds=timeout,
        mebibytes=memory,
        site=True,
    )
    refuse_missing_ledger(told.locations.ledger)
    selection = Selection(
        failed,
        reason or (),
        portal or (),
        document or (),
        stale,
        year or (),
        kinds_of(kind),
        day_of(since),
        day_of(until),
    )
    refuse_unknown_reasons(told.locations.ledger, selection.reasons)
    if dry_run:
        return _would_rerun(told, selection)

    def with_prefect() -> "NightReport":
        from flows.nightly import rerun as flow

        return flow(told, selection)

    def alone() -> "NightReport":
        from flows.night.steps import rerun

        return rerun(told, selection)

    return print_report(alone() if no_prefect else under_prefect(told, with_prefect, alone))


@app.command()
@reported
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="人工得到的文件 / papers that came by hand")],
    *,
    portal: Annotated[str | None, typer.Option("--portal", help="文件属于哪个平台 / the portal they are of")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="budget 或 final_accounts")] = None,
    year: Annotated[int | None, typer.Option("--year", min=1990, max=2100, help="年度 / fiscal year")] = None,
    department: Annotated[str | None, typer.Option("--department", help="部门 / department")] = None,
    url: Annotated[str | None, typer.Option("--url", help="来源网址 / where it was got")] = None,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    debug: Debug = False,
) -> bool:
    """把人工得到的文件入档，等候读取。Archive papers that came by hand; they then wait to be read."""
    from cli.console import console
    from crawlers.archive import Archive
    from flows.night.adding import add_files
    from ledger import Ledger

    given = kinds_of([kind] if kind else ())
    locations = night_settings(root, archive, ledger, portals).locations
    home = locations.chosen((portal,))[0] if portal else None
    with Ledger.open(locations.ledger) as opened:
        captures = add_files(
            files,
            opened,
            Archive.open(locations.archive),
            home,
            kind=next(iter(given), None),
            fiscal_year=year,
            department=department,
            url=url,
        )
    for capture in captures:
        console().print(f"{capture.document_id}  {capture.file_name}", soft_wrap=True, markup=False)
    return True


@app.command()
@reported
def process(
    *,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    corrections: CorrectionsAt = None,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """读取并检查档案中待读的文件。Read and check what waits in the archive."""
    from cli.console import console, tracked
    from flows.night import steps
    from flows.night.one_night import one_night
    from flows.night.report import processed_line

    told = night_settings(
        root, archive, ledger, None, corrections=corrections, jobs=jobs, seconds=timeout, mebibytes=memory
    )
    with one_night(told.locations.root):
        processed = steps.process(told, progress=tracked)
    console().print(processed_line(processed), soft_wrap=True)
    return not processed.by_status["failed"]


def _would_rerun(told: "NightSettings", selection: "Selection") -> bool:
    from cli.console import console
    from cli.printing.selection import print_selection
    from ledger import Ledger
    from ledger.selection import chosen
    from reading.code_version import code_version

    with Ledger.open(told.locations.ledger) as ledger:
        print_selection(chosen(ledger, selection, code_version()), console())
    return True
