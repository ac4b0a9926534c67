# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no network, no ledger and no Prefect
"""The night: all of it, its crawl alone, and every night by itself."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from cli.application import app, make_folder, reported
from cli.nights import night_settings, print_report, refuse_missing_ledger, refuse_unvisitable, under_prefect
from cli.options import (
    MEBIBYTES,
    ROOT,
    SECONDS,
    Alone,
    ArchiveUrl,
    CorrectionsAt,
    Debug,
    DryRun,
    Jobs,
    KeepPages,
    Kinds,
    LedgerUrl,
    Memory,
    Portals,
    PortalsFolder,
    ReleasesUrl,
    Root,
    Side,
    Since,
    Site,
    Timeout,
    Until,
    Years,
    day_of,
    kinds_of,
)
from reading.running.limits import CORES

if TYPE_CHECKING:
    from datetime import datetime

    from flows.night.steps_report import NightReport


@app.command()
@reported
def nightly(
    *,
    portal: Portals = None,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    releases: ReleasesUrl = None,
    corrections: CorrectionsAt = None,
    side: Side = 4,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    site: Site = True,
    keep_pages_days: KeepPages = 90,
    no_prefect: Alone = False,
    debug: Debug = False,
) -> bool:
    """一夜：抓取、读取、检查、发布。A night: crawl, read, check, publish.

    中断后再运行同一命令即可继续。After an interruption the same command goes on where it was.

    退出码 exit status：1 有平台越出界限 a portal's bound is broken。
    """
    told = night_settings(
        root,
        archive,
        ledger,
        portals,
        releases=releases,
        corrections=corrections,
        side=side,
        jobs=jobs,
        seconds=timeout,
        mebibytes=memory,
        site=site,
        keep_pages_days=keep_pages_days,
    )
    refuse_unvisitable(told, portal)
    make_folder(root)
    from flows.night.one_night import one_night
    from flows.night.telling import refuse_unusable

    refuse_unusable(told)

    def with_prefect() -> "NightReport":
        from cli.console import tracked
        from flows.nightly import WATCHED
        from flows.nightly import nightly as flow

        WATCHED.set(tracked)
        return flow(told, portal)

    def alone() -> "NightReport":
        from cli.console import tracked
        from flows.night.steps import night

        return night(told, portal or (), progress=tracked)

    with one_night(told.locations.root):
        return print_report(alone() if no_prefect else under_prefect(told, with_prefect, alone))


@app.command()
@reported
def crawl(
    *,
    portal: Portals = None,
    discover: Annotated[
        str | None,
        typer.Option("--discover", metavar="URL", help="从一个网址找出列表和文件 / find a portal's lists and papers"),
    ] = None,
    year: Years = None,
    kind: Kinds = None,
    since: Since = None,
    until: Until = None,
    again: Annotated[
        bool, typer.Option("--again", help="已在档案中的也重新下载 / fetch anew what the archive has, too")
    ] = False,
    dry_run: DryRun = False,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    side: Side = 4,
    debug: Debug = False,
) -> bool:
    """访问平台，新文件入档。Visit portals and archive what is new.

    --year、--kind、--since、--until（公布日期）只取其中的文件 narrow which papers are taken.
    """
    from cli.console import console, tracked
    from cli.printing.night import print_listed, print_visits
    from flows.night import steps

    told = night_settings(root, archive, ledger, portals, side=side)
    if discover:
        from cli.printing.discovery import discover as look

        return look(discover, told, console())
    refuse_unvisitable(told, portal)
    from crawlers.wanted import Wanted
    from flows.night.one_night import one_night

    wanted = Wanted(year or (), kinds_of(kind), day_of(since), day_of(until), again)
    with nullcontext() if dry_run else one_night(told.locations.root):
        visits = steps.crawl(told, portal or (), dry_run=dry_run, wanted=wanted, progress=tracked)
    out = console()
    print_visits(visits, out)
    if dry_run:
        print_listed(visits, out)
    return all(visited.finish_reason not in ("crashed", "time_limit", "disk_full") for visited in visits)


@app.command()
@reported
def notify(
    *,
    dry_run: DryRun = False,
    root: Root = ROOT,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    releases: ReleasesUrl = None,
    debug: Debug = False,
) -> bool:
    """最近一夜的通知：发出，或只看不发。The notice of the last night: send it, or look at it with --dry-run.

    发给谁见 ROOT/notices.yaml 或 GONGKAI_NOTIFY whom to is in that file or that variable.
    """
    from cli.console import console
    from flows.night.last_notice import last_notice
    from flows.night.telling import send

    told = night_settings(root, None, ledger, portals, releases=releases)
    refuse_missing_ledger(told.locations.ledger)
    notice = last_notice(told)
    if notice is None:
        console().print("没有要通知的 / nothing to tell")
        return True
    console().print(f"{notice.title}\n{notice.body}", soft_wrap=True, markup=False)
    return dry_run or send(told, notice)


@app.command()
@reported
def serve(
    *,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    releases: ReleasesUrl = None,
    corrections: CorrectionsAt = None,
    side: Side = 4,
    jobs: Jobs = CORES,
    keep_pages_days: KeepPages = 90,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="自带服务的端口 / port of our own server")
    ] = 4200,
    cron: Annotated[
        str, typer.Option("--cron", help="何时开始（cron，北京时间） / when nights begin, as cron in China's time")
    ] = "0 2 * * *",
    site: Site = True,
    debug: Debug = False,
) -> bool:
    """向 Prefect 登记每夜（北京时间 02:00）和重做的部署，并执行。Register the deployments with Prefect and run them."""
    from flows import prefect_settings
    from flows.night.telling import refuse_unusable

    told = night_settings(
        root,
        archive,
        ledger,
        portals,
        releases=releases,
        corrections=corrections,
        side=side,
        jobs=jobs,
        keep_pages_days=keep_pages_days,
        site=site,
    )
    make_folder(root)
    refuse_unusable(told)
    prefect_settings.configure(root)
    from cli.console import console
    from flows.prefect_server import prefect_server

    with prefect_server(port, root, scheduling=True) as address:
        from flows.deployments import serve as serve_flows

        console().print(f"界面 / the page: {address}", soft_wrap=True)
        if word := prefect_settings.password():
            console().print(f"界面的口令 / the page's password: {word}", soft_wrap=True, markup=False)
        serve_flows(told, cron, _say_when)
    return True


def _say_when(begins: "datetime") -> None:
    from cli.console import console

    console().print(f"下一夜 / the next night begins: {begins:%Y-%m-%d %H:%M} Asia/Shanghai", soft_wrap=True)
