# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no network, no ledger and no Prefect
"""What the commands of the night share: options, settings, and Prefect's watch over them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

import typer

from flows.commands.application import make_folder
from flows.errors import BoundsBrokenError, WrongUseError

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


def night_settings(
    root: Path, archive: str | None, ledger: str | None, portals: Path | None, **others: float | str | None
) -> "NightSettings":
    """What the options of a command say, with whole paths: a flow may run elsewhere."""
    from flows.night.settings import NightSettings

    folder = str(portals.resolve()) if portals else None
    return NightSettings.model_validate(
        {"root": str(root.resolve()), "archive": archive, "ledger": ledger, "portals_folder": folder, **others}
    )


def refuse_unvisitable(told: "NightSettings", ids: list[str] | None) -> None:
    """Refuse before anything is begun what cannot be visited: unknown portals, public ones without a contact."""
    from flows.night.crawling import refuse_without_contact

    refuse_without_contact(told.places.chosen(tuple(ids or ())))


def watched(told: "NightSettings", with_prefect: Callable[[], T], alone: Callable[[], T]) -> T:
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


def tell(report: "NightReport") -> bool:
    """Print what a night came to; whether no bound is broken."""
    from flows.console import console
    from flows.night.telling import print_night
    from flows.releasing import print_release

    out = console()
    print_night(report, out)
    if report.published:
        print_release(report.published.release, out)
    return report.sound


def refuse_missing_ledger(url: str) -> None:
    """Looking must not make an empty ledger where a folder was misspelt."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        raise WrongUseError(
            f"这里没有台账，请先运行 gongkai nightly / no ledger here, run gongkai nightly first: {url}"
        )
