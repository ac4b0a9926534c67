# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no network, no ledger and no Prefect
"""What the commands of the night share: settings from options, what is refused beforehand, and Prefect's watch."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from cli.application import make_folder
from flows.errors import BoundsBrokenError
from schemas.errors import WrongUseError

if TYPE_CHECKING:
    from flows.night.settings import NightSettings
    from flows.night.steps_report import NightReport

T = TypeVar("T")


def night_settings(
    root: Path, archive: str | None, ledger: str | None, portals: Path | None, **others: float | str | Path | None
) -> "NightSettings":
    """What the options of a command say, with whole paths: a flow may run elsewhere."""
    from flows.night.settings import NightSettings

    folder = str(portals.resolve()) if portals else None
    if isinstance(given := others.get("corrections"), Path):
        others["corrections"] = str(given.resolve())
    return NightSettings.model_validate(
        {"root": str(root.resolve()), "archive": archive, "ledger": ledger, "portals_folder": folder, **others}
    )


def settings_of_nights(
    root: str, ledger: str | None, portals: Path | None, *, archive: str | None, site: bool
) -> "NightSettings | None":
    """The settings of a root that nights have worked on, or of a ledger that is named; None for any other root."""
    from publish.store.roots import is_remote

    if is_remote(root):
        return None
    told = night_settings(Path(root), archive, ledger, portals, site=site)
    return told if ledger or (Path(root) / "ledger.sqlite").is_file() else None


def refuse_unvisitable(told: "NightSettings", ids: list[str] | None) -> None:
    """Refuse before anything is begun what cannot be visited: unknown portals, public ones without a contact."""
    from flows.night.crawling import refuse_without_contact

    refuse_without_contact(told.locations.chosen(tuple(ids or ())))


def under_prefect(told: "NightSettings", with_prefect: Callable[[], T], alone: Callable[[], T]) -> T:
    """Do it under Prefect; go on without where its server cannot be had, for the ledger knows how far it came."""
    from flows import prefect_settings

    make_folder(Path(told.root))
    prefect_settings.configure(Path(told.root))
    from flows.prefect_server import ServerNotUpError, prefect_server

    try:
        with prefect_server(None, Path(told.root), scheduling=False):
            return with_prefect()
    except BoundsBrokenError as broken:
        return cast(T, broken.report)
    except Exception as error:
        from flows.prefect_errors import prefect_is_gone

        if not isinstance(error, ServerNotUpError) and not prefect_is_gone(error):
            raise
        from cli.console import console

        said = "Prefect 服务不可用，不经它继续 / Prefect's server is out of reach: going on without it"
        console(stderr=True).print(f"{said}: {error}", soft_wrap=True, markup=False)
        return alone()


def print_report(report: "NightReport") -> bool:
    """Print what a night came to; whether no bound is broken."""
    from cli.console import console
    from cli.printing.night import print_night
    from cli.printing.release import print_release
    from cli.printing.site import print_address

    out = console()
    print_night(report, out)
    if report.published:
        print_release(report.published.release, out)
        if report.published.site:
            print_address(report.published.site, out)
    return report.sound


def refuse_unknown_reasons(url: str, reasons: Sequence[str]) -> None:
    """A reason that nothing ever ends with is a slip of the pen, and no search without result."""
    if not reasons:
        return
    from cli.printing.reasons import error_advice, wording
    from ledger import Ledger

    with Ledger.open(url) as ledger:
        stand = ledger.reasons()
    known = stand | error_advice().keys() | wording().errors.keys() | wording().pages.keys()
    if unknown := sorted(set(reasons) - known):
        told = ", ".join(sorted(stand)) or "—"
        raise WrongUseError(
            f"没有这个原因 / no such reason: {', '.join(unknown)}；台账中有 / those of the ledger: {told}"
        )


def refuse_missing_ledger(url: str) -> None:
    """Looking must not make an empty ledger where a folder was misspelt."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        raise WrongUseError(
            f"这里没有台账，请先运行 gongkai nightly / no ledger here, run gongkai nightly first: {url}"
        )
