# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no network, no ledger and no Prefect
"""The night and what a maintainer does in the morning: crawl, add, status, rerun, nightly, serve."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

import typer

from flows.commands.application import (
    CORES,
    MEBIBYTES,
    ROOT,
    SECONDS,
    AsJson,
    Debug,
    Jobs,
    Memory,
    Root,
    Timeout,
    app,
    make_folder,
    reported,
)
from flows.errors import BoundsBrokenError, WrongUseError
from schemas.records import Kind

if TYPE_CHECKING:
    from flows.night.settings import NightSettings
    from flows.night.steps import NightReport

T = TypeVar("T")

Portals = Annotated[
    list[str] | None, typer.Option("--portal", help="只做这个平台，可重复 / this portal alone; repeatable")
]
ArchiveUrl = Annotated[
    str | None,
    typer.Option("--archive", envvar="GONGKAI_ARCHIVE", help="档案：文件夹或 s3://，默认 ROOT/archive / the archive"),
]
LedgerUrl = Annotated[
    str | None,
    typer.Option("--ledger", envvar="GONGKAI_LEDGER", help="台账：数据库 URL，默认 ROOT/ledger.sqlite / the ledger"),
]
PortalsFolder = Annotated[
    Path | None,
    typer.Option(
        "--portals", envvar="GONGKAI_PORTALS", help="平台定义的文件夹 / portals' YAML instead of the built-in"
    ),
]
ReleasesUrl = Annotated[
    str | None,
    typer.Option(
        "--releases", envvar="GONGKAI_RELEASES", help="版本发布到哪里：文件夹或 s3://，默认 ROOT / where releases go"
    ),
]
Side = Annotated[int, typer.Option("--side", min=1, help="同时访问几个平台 / portals visited at a time")]
Alone = Annotated[bool, typer.Option("--no-prefect", help="不经 Prefect，直接运行 / without Prefect watching")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看不做 / look, and change nothing")]


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
    side: Side = 4,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    no_prefect: Alone = False,
    debug: Debug = False,
) -> bool:
    """一夜：抓取、读取、检查、发布。A night: crawl, read, check, publish.

    中断后再运行同一命令即可继续。After an interruption the same command goes on where it was.

    退出码 exit status：1 有平台越出界限 a portal's bound is broken。
    """
    told = _settings(
        root, archive, ledger, portals, releases=releases, side=side, jobs=jobs, seconds=timeout, mebibytes=memory
    )
    _chosen(told, portal)

    def with_prefect() -> "NightReport":
        from flows.nightly import nightly as flow

        return flow(told, portal)

    def alone() -> "NightReport":
        from flows.night.steps import night

        return night(told, portal or ())

    return _tell(alone() if no_prefect else _watched(told, with_prefect, alone))


@app.command()
@reported
def crawl(
    *,
    portal: Portals = None,
    discover: Annotated[
        str | None,
        typer.Option("--discover", metavar="URL", help="从一个网址找出列表和文件 / find a portal's lists and papers"),
    ] = None,
    dry_run: DryRun = False,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    side: Side = 4,
    debug: Debug = False,
) -> bool:
    """访问平台，新文件入档。Visit portals and archive what is new."""
    from flows.console import console
    from flows.night import steps
    from flows.night.telling import print_listed, print_visits

    told = _settings(root, archive, ledger, portals, side=side)
    if discover:
        from flows.night.discovering import discover as look

        return look(discover, told, console())
    _chosen(told, portal)
    visits = steps.crawl(told, portal or (), dry_run=dry_run)
    out = console()
    print_visits(visits, out)
    if dry_run:
        print_listed(visits, out)
    return all(visited.finish_reason not in ("crashed", "time_limit") for visited in visits)


@app.command()
@reported
def process(
    *,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """读取并检查档案中待读的文件。Read and check what waits in the archive."""
    from flows.console import console
    from flows.night import steps
    from flows.night.telling import processed_line

    told = _settings(root, archive, ledger, None, jobs=jobs, seconds=timeout, mebibytes=memory)
    processed = steps.process(told)
    console().print(processed_line(processed), soft_wrap=True)
    return not processed.by_status["failed"]


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
    from crawlers.archive import Archive
    from flows.console import console
    from flows.ledger import Ledger
    from flows.night.adding import add_files

    if kind not in (None, "budget", "final_accounts"):
        raise WrongUseError(f"--kind 应为 budget 或 final_accounts / --kind is budget or final_accounts: {kind}")
    places = _settings(root, archive, ledger, portals).places
    home = places.chosen((portal,))[0] if portal else None
    with Ledger.open(places.ledger) as opened:
        captures = add_files(
            files,
            opened,
            Archive.open(places.archive),
            home,
            kind=cast("Kind | None", kind),
            fiscal_year=year,
            department=department,
            url=url,
        )
    for capture in captures:
        console().print(f"{capture.document_id}  {capture.file_name}", soft_wrap=True, markup=False)
    return True


@app.command()
@reported
def status(
    document: Annotated[str | None, typer.Argument(help="文件编号或其开头 / a document's id, or how it begins")] = None,
    *,
    as_json: AsJson = False,
    root: Root = ROOT,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    debug: Debug = False,
) -> bool:
    """昨夜带来了什么；或一份文件的全部经过。What the night brought; or the whole history of one document."""
    from flows.console import console
    from flows.ledger import Ledger
    from flows.night.outlook import prospects
    from flows.night.telling import print_coverage
    from flows.status import show_status

    places = _settings(root, None, ledger, portals).places
    _refuse_missing_ledger(places.ledger)
    with Ledger.open(places.ledger) as opened:
        told = show_status(opened, document, console(), as_json=as_json)
        if document is None and not as_json:
            visited = {night.portal for night in opened.nights(day)} if (day := opened.last_night()) else set()
            shown = [portal for portal in places.portals().values() if portal.id in visited]
            print_coverage(prospects(opened, shown), console())
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
    stale: Annotated[bool, typer.Option("--stale", help="旧程序读的 / read by older code than today's")] = False,
    dry_run: DryRun = False,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    releases: ReleasesUrl = None,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    no_prefect: Alone = False,
    debug: Debug = False,
) -> bool:
    """从档案重做选出的文件，再发布。Do the chosen documents again from the archive, and publish."""
    from flows.selecting import Selection

    told = _settings(root, archive, ledger, portals, releases=releases, jobs=jobs, seconds=timeout, mebibytes=memory)
    _refuse_missing_ledger(told.places.ledger)
    selection = Selection(failed, reason or (), portal or (), document or (), stale)
    if dry_run:
        return _would_rerun(told, selection)

    def with_prefect() -> "NightReport":
        from flows.nightly import rerun as flow

        return flow(told, selection)

    def alone() -> "NightReport":
        from flows.night.steps import again

        return again(told, selection)

    return _tell(alone() if no_prefect else _watched(told, with_prefect, alone))


@app.command()
@reported
def serve(
    *,
    root: Root = ROOT,
    archive: ArchiveUrl = None,
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    releases: ReleasesUrl = None,
    side: Side = 4,
    jobs: Jobs = CORES,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="自带服务的端口 / port of our own server")
    ] = 4200,
    debug: Debug = False,
) -> bool:
    """向 Prefect 登记每夜（北京时间 02:00）和重做的部署，并执行。Register the deployments with Prefect and run them."""
    from flows import prefect_home

    told = _settings(root, archive, ledger, portals, releases=releases, side=side, jobs=jobs)
    make_folder(root)
    prefect_home.settle(root)
    from flows.console import console
    from flows.prefect_server import prefect_server

    with prefect_server(port) as address:
        from flows.serving import serve as serve_flows

        console().print(
            f"每夜北京时间 02:00，界面 / nightly at 02:00 Asia/Shanghai; the page: {address}", soft_wrap=True
        )
        serve_flows(told)
    return True


def _settings(
    root: Path, archive: str | None, ledger: str | None, portals: Path | None, **others: float | str | None
) -> "NightSettings":
    from flows.night.settings import NightSettings

    folder = str(portals.resolve()) if portals else None
    return NightSettings.model_validate(
        {"root": str(root.resolve()), "archive": archive, "ledger": ledger, "portals_folder": folder, **others}
    )


def _chosen(told: "NightSettings", ids: list[str] | None) -> None:
    """Refuse before anything is begun what cannot be visited: unknown portals, public ones without a contact."""
    from flows.night.crawling import refuse_without_contact

    refuse_without_contact(told.places.chosen(tuple(ids or ())))


def _watched(told: "NightSettings", with_prefect: Callable[[], T], alone: Callable[[], T]) -> T:
    """Do it under Prefect; go on without where its server cannot be had, for the ledger knows how far it came."""
    from flows import prefect_home

    make_folder(Path(told.root))
    prefect_home.settle(Path(told.root))
    from flows.prefect_errors import prefect_is_gone

    try:
        return with_prefect()
    except BoundsBrokenError as broken:
        return cast(T, broken.report)
    except Exception as error:
        if not prefect_is_gone(error):
            raise
        from flows.console import console

        said = "Prefect 服务不可用，不经它继续 / Prefect's server is out of reach: going on without it"
        console(stderr=True).print(f"{said}: {error}", soft_wrap=True, markup=False)
        return alone()


def _tell(report: "NightReport") -> bool:
    from flows.console import console
    from flows.night.telling import print_night
    from flows.releasing import print_release

    out = console()
    print_night(report, out)
    if report.published:
        print_release(report.published.release, out)
    return report.sound


def _would_rerun(told: "NightSettings", selection: object) -> bool:
    from flows.code_version import code_version
    from flows.console import console
    from flows.ledger import Ledger
    from flows.selecting import Selection, chosen
    from flows.selection_printing import print_selection

    with Ledger.open(told.places.ledger) as ledger:
        print_selection(chosen(ledger, cast(Selection, selection), code_version()), console())
    return True


def _refuse_missing_ledger(url: str) -> None:
    """Looking must not make an empty ledger where a folder was misspelt."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        raise WrongUseError(
            f"这里没有台账，请先运行 gongkai nightly / no ledger here, run gongkai nightly first: {url}"
        )
