"""The options that commands share, with what they are where nobody gives them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from reading.running.limits import MIB, Limits
from schemas.errors import WrongUseError
from schemas.records import Kind

OUTPUT = Path("gongkai-out")
ACKNOWLEDGED = Path("acknowledged.yaml")
ROOT = Path("output")
SECONDS = Limits().seconds
MEBIBYTES = Limits().memory_bytes // MIB

Jobs = Annotated[int, typer.Option("--jobs", min=1, help="同时读几份文件 / documents read at a time")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="每份文件的时限（秒） / seconds for a document")]
Memory = Annotated[int, typer.Option("--memory", min=256, help="每份文件的内存上限（MiB） / memory for a document")]
Debug = Annotated[bool, typer.Option("--debug", help="出错时给出详情 / show details of errors")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON / write JSON")]
Root = Annotated[Path, typer.Option("--root", help="项目数据的根目录 / where work, releases and Prefect's files are")]
Version = Annotated[str | None, typer.Option("--version", help="版本号 YYYY.M.D 或 YYYY.M.D.N / the release's version")]
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
Papers = Annotated[
    list[Path] | None,
    typer.Option("--papers", help="原文件所在的文件夹，可重复 / folders of the papers, for their pages on the site"),
]
Site = Annotated[
    bool, typer.Option("--site/--no-site", help="发布后更新网站 ROOT/site / make the site ROOT/site after publishing")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看不做 / look, and change nothing")]
AcknowledgedFile = Annotated[
    Path, typer.Option("--acknowledged", help="已确认的问题（YAML） / what was said of faults that are known")
]
KeepPages = Annotated[
    int,
    typer.Option(
        "--keep-pages-days", min=1, help="网页缓存保留几天 / days that pages which nobody asks for stay in the cache"
    ),
]
CorrectionsAt = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        envvar="GONGKAI_CORRECTIONS",
        help="更正：一个 YAML 或其文件夹，默认 ROOT/corrections / corrections, a YAML file or a folder of them",
    ),
]
Years = Annotated[
    list[int] | None, typer.Option("--year", min=1990, max=2100, help="年度，可重复 / of this fiscal year; repeatable")
]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="budget 或 final_accounts，可重复 / repeatable")]
Since = Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="从这一天起 / from this day on")]
Until = Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="到这一天为止 / up to this day")]


def day_of(given: str | None) -> date | None:
    """The day that an option names. Raises `WrongUseError`."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise WrongUseError(f"日期应为 YYYY-MM-DD / a date is YYYY-MM-DD: {given}") from error


def kinds_of(given: Sequence[str] | None) -> tuple[Kind, ...]:
    """The kinds that an option names. Raises `WrongUseError`."""
    if unknown := [kind for kind in given or () if kind not in get_args(Kind)]:
        raise WrongUseError(
            f"--kind 应为 budget 或 final_accounts / --kind is budget or final_accounts: {', '.join(unknown)}"
        )
    return cast(tuple[Kind, ...], tuple(given or ()))
