# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader, no Arrow and no Prefect
"""The application, and how a command ends: with its status, and an error told in a line."""

import functools
import logging
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, ParamSpec

import typer
from typer.core import TyperGroup

from reading.errors import WorkDamagedError
from schemas.errors import WrongUseError
from schemas.visible import visible

P = ParamSpec("P")

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130

IN_ORDER_OF_USE = (
    "extract", "show", "check", "evidence", "acknowledge", "run", "publish", "site", "releases", "verify", "diff",
    "pack", "nightly", "status", "rerun", "review", "correct", "gaps", "notify", "serve", "crawl", "process", "add",
)  # fmt: skip


class _InOrder(TyperGroup):
    """The commands in the order in which people come to use them; one that the order lacks comes last."""

    def list_commands(self, ctx: Any) -> list[str]:
        known = super().list_commands(ctx)
        return sorted(known, key=(*IN_ORDER_OF_USE, *known).index)


app = typer.Typer(
    cls=_InOrder,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"gongkai {version('gongkai')}")
        raise typer.Exit


@app.callback()
def gongkai(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="版本 / tell the version"),
    ] = False,
) -> None:
    """公开：把部门预算、决算公开文件读成数据。Turn Chinese departments' budgets and final accounts into data."""


def reported(command: Callable[P, bool]) -> Callable[P, None]:
    """A command that returns whether all went well, as one that exits with the status and tells an error in a line."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        debug = bool(kwargs.get("debug"))
        _show_warnings()
        if debug:
            _log_details()
        try:
            status: int | None = 0 if command(*args, **kwargs) else FAILED
        except KeyboardInterrupt:
            status = INTERRUPTED
        except Exception as error:
            status = _told(error)
            if status is None or debug:
                raise
        raise typer.Exit(status or 0)

    return wrapped


def _show_warnings() -> None:
    """What no handler takes goes to standard error, with what steers a terminal seen."""
    from cli.console import VisibleFormatter

    if logging.lastResort is not None:
        logging.lastResort.setFormatter(VisibleFormatter())


def _log_details() -> None:
    from cli.console import VisibleFormatter

    details = logging.StreamHandler()
    details.setFormatter(VisibleFormatter())
    for room in ("flows", "reading"):
        log = logging.getLogger(room)
        log.setLevel(logging.DEBUG)
        log.addHandler(details)


def _told(error: Exception) -> int | None:
    """Print an error that is the user's or the disk's, and give its status; None for one that is a defect."""
    from crawlers.archive.errors import ArchiveError
    from flows.errors import NothingScheduledError
    from ledger.errors import LedgerError
    from publish.errors import PublishError, VersionRefusedError

    wrong_use = isinstance(error, (WrongUseError, VersionRefusedError))
    ours = (ArchiveError, LedgerError, PublishError, WorkDamagedError, NothingScheduledError, OSError)
    if not wrong_use and not isinstance(error, ours):
        return None
    print(visible(f"错误 / error: {error}".encode(errors="backslashreplace").decode()), file=sys.stderr)
    return WRONG_USE if wrong_use else FAILED


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and try to write there. Raises `WrongUseError` where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise WrongUseError(
            f"不能写入这个文件夹 / this folder cannot be written: {folder}: {error.strerror}"
        ) from error
