# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader, no Arrow and no Prefect
"""Releases: publish them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.application import app, make_folder, reported
from cli.nights import settings_of_nights
from cli.options import (
    MEBIBYTES,
    ROOT,
    SECONDS,
    ArchiveUrl,
    AsJson,
    Debug,
    Jobs,
    LedgerUrl,
    Memory,
    Papers,
    PortalsFolder,
    Root,
    Site,
    Timeout,
    Version,
)
from reading.running.limits import CORES, MIB, Limits
from schemas.errors import WrongUseError

if TYPE_CHECKING:
    from flows.night.settings import NightSettings

ReleaseRoot = Annotated[
    str,
    typer.Option("--root", help="项目数据的根目录，或 s3://… / a folder with work and releases, or a store's address"),
]
Release = Annotated[
    Path,
    typer.Argument(metavar="RELEASE", help="版本的文件夹、latest 或 ZIP / a release's folder or zip"),
]
Limit = Annotated[int, typer.Option("--limit", min=0, help="逐个列出几个 / so many are listed one by one")]


@app.command()
@reported
def publish(
    *,
    source: Annotated[
        Path | None, typer.Option("--from", help="extract 的结果目录，默认 ROOT/work / what extract wrote")
    ] = None,
    root: ReleaseRoot = str(ROOT),
    ledger: LedgerUrl = None,
    portals: PortalsFolder = None,
    version: Version = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说会有什么变动 / tell what would change")] = False,
    limit: Limit = 20,
    site: Site = True,
    papers: Papers = None,
    archive: ArchiveUrl = None,
    debug: Debug = False,
) -> bool:
    """把上次读取的结果发布为一个版本。Publish what was read last as a release.

    在夜间的根目录上，台账说有什么 on a root of nights the ledger says what there is.
    """
    from cli.console import console
    from cli.printing.changes import print_diff
    from cli.printing.release import print_release
    from flows.releasing import publish_work, would_change

    if source is None and (told := settings_of_nights(root, ledger, portals, archive=archive, site=site)):
        return _publish_nights(told, version, limit, dry_run=dry_run)
    work = source or Path(root) / "work"
    if dry_run:
        print_diff(would_change(work, Path(root), limit), console())
        return True
    published = publish_work(work, root, version)
    print_release(published.release, console())
    if site:
        _make_site(root, CORES, Limits(), archive=archive, papers=papers)
    return not published.refused


def _make_site(root: str, jobs: int, limits: Limits, *, archive: str | None, papers: list[Path] | None) -> None:
    from cli.console import console, tracked
    from cli.printing.site import print_site
    from flows.site_making import make_site

    stored = archive or (str(Path(root) / "archive") if (Path(root) / "archive").is_dir() else None)
    if built := make_site(root, jobs, limits, archive=stored, papers=papers or (), progress=tracked):
        print_site(built, console())


def _publish_nights(told: "NightSettings", version: str | None, limit: int, *, dry_run: bool) -> bool:
    """Publish what the ledger's documents were read as, or tell what that would change."""
    from cli.console import console
    from cli.printing.changes import print_diff
    from cli.printing.release import print_release
    from flows.night import steps
    from flows.night.one_night import one_night

    with one_night(told.locations.root):
        if dry_run:
            print_diff(steps.would_change(told, limit), console())
            return True
        published = steps.publish(told, version)
    if published is None:
        raise WrongUseError("台账中还没有读过的文件 / the ledger has no document that was read")
    print_release(published.release, console())
    return not published.refused


@app.command()
@reported
def verify(
    release: Release,
    *,
    checks: Annotated[
        bool, typer.Option("--checks/--no-checks", help="重算各项检查 / compute the checks anew from the amounts")
    ] = True,
    as_json: AsJson = False,
    debug: Debug = False,
) -> bool:
    """核对一个版本：哈希、行数、主键、引用，重算检查。Verify a release: hashes, rows, keys, references, checks anew.

    退出码 exit status：0 完好 sound，1 有问题 something is wrong。
    """
    from cli.console import console, print_json, tracked
    from cli.printing.releases import print_problems, problems_json
    from publish.store.catalogue import verified
    from reading.questions.rechecking import problems_of_checks

    problems = verified(release, partial(problems_of_checks, progress=tracked) if checks else None)
    if as_json:
        print_json(problems_json(problems), console())
    else:
        print_problems(release, problems, console())
    return not problems


@app.command()
@reported
def diff(
    old: Annotated[Path, typer.Argument(metavar="A", help="较早的版本 / the older release")],
    new: Annotated[Path, typer.Argument(metavar="B", help="较新的版本 / the newer release")],
    *,
    limit: Limit = 20,
    as_json: AsJson = False,
    debug: Debug = False,
) -> bool:
    """两个版本之间的变动：哪些文件、哪些金额、为什么。What changed between two releases, and why."""
    from cli.console import console, print_json
    from cli.printing.changes import diff_json, print_diff
    from publish.store.catalogue import diff as compare
    from publish.store.catalogue import release_at

    summary = compare(release_at(old), release_at(new), limit)
    if as_json:
        print_json(diff_json(summary), console())
    else:
        print_diff(summary, console())
    return True


@app.command()
@reported
def pack(
    release: Release,
    *,
    to: Annotated[Path | None, typer.Option("--to", help="默认 gongkai-版本.zip / the zip to write")] = None,
    debug: Debug = False,
) -> bool:
    """把一个版本打成一个 ZIP，内含 SHA256SUMS。Pack a release as one zip with SHA256SUMS; verify reads it, too."""
    from cli.console import console
    from publish.store.catalogue import release_at
    from publish.store.packing import pack as write
    from publish.store.packing import packed_name

    folder = release_at(release)
    written = write(folder, to or Path(packed_name(folder)))
    console().print(f"已写入 / written: {written}", soft_wrap=True, markup=False)
    return True


@app.command()
@reported
def releases(*, root: ReleaseRoot = str(ROOT), as_json: AsJson = False, debug: Debug = False) -> bool:
    """列出已发布的版本。List the releases: when, how many papers and amounts, how many of them proven, how large."""
    from cli.console import console, print_json
    from cli.printing.releases import print_releases, releases_json
    from publish.store.catalogue import releases_of

    listed = releases_of(root)
    if as_json:
        print_json(releases_json(listed), console())
    else:
        print_releases(root, listed, console())
    return True


@app.command()
@reported
def run(
    folder: Annotated[Path, typer.Argument(help="PDF 文件夹 / a folder of PDF files")],
    *,
    root: Root = ROOT,
    jobs: Jobs = CORES,
    version: Version = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    site: Site = True,
    debug: Debug = False,
) -> bool:
    """从文件夹到发布：全流程。The whole flow, from a folder to a release."""
    from flows import prefect_settings
    from publish.store.versions import RELEASES, accepted_version, published_versions
    from reading.sources import find

    found = find([folder])
    if version:  # refused before a server is started and anything is read
        accepted_version(version, published_versions(root / RELEASES))
    make_folder(root)
    prefect_settings.configure(root)
    from cli.console import console, tracked
    from cli.printing.outcomes import print_summary
    from cli.printing.release import print_release
    from flows.prefect_server import prefect_server

    with prefect_server(None, root, scheduling=False):
        from flows.run import run as run_flow

        ran = run_flow(found, root, jobs, Limits(timeout, memory * MIB), version=version, progress=tracked)
    out = console()
    print_summary(ran.outcomes, found, out)
    print_release(ran.published.release, out)
    if site:
        _make_site(str(root), jobs, Limits(timeout, memory * MIB), archive=None, papers=[folder])
    return not found.unopened and all(outcome.status != "failed" for outcome in ran.outcomes)
