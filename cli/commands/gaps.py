# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no reader, no Arrow and no Prefect
"""What to teach next: all that was printed and not understood, by wording."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.application import app, reported
from cli.nights import night_settings, refuse_missing_ledger
from cli.options import MEBIBYTES, ROOT, SECONDS, AsJson, Debug, Jobs, LedgerUrl, Memory, Root, Timeout
from reading.running.limits import CORES, MIB, Limits

if TYPE_CHECKING:
    from reading.questions.gaps import Gap

MOST = 50
"""So many wordings are printed unless more are asked for."""


@app.command()
@reported
def gaps(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH…]",
            help="PDF、文件夹、extract 的结果或版本；不给则看台账 / PDFs, tables, releases; else the ledger's",
        ),
    ] = None,
    *,
    limit: Annotated[int, typer.Option("--limit", min=0, help="列出几种 / so many wordings are listed")] = MOST,
    as_json: AsJson = False,
    root: Root = ROOT,
    ledger: LedgerUrl = None,
    jobs: Jobs = CORES,
    timeout: Timeout = SECONDS,
    memory: Memory = MEBIBYTES,
    debug: Debug = False,
) -> bool:
    """还有什么读不懂：补一行 YAML 能得到多少金额。What one line of YAML would gain: unread headings, labels and tables.

    按印出的字样归并所有文件，金额多的在前，各举一页为例。Grouped by wording over all papers, most amounts first, each
    with a page as its example.
    """
    opened = True
    if paths:
        found, opened = _in_paths(paths, jobs, Limits(timeout, memory * MIB))
    else:
        found = _in_ledger(root, ledger)
    from cli.console import console, print_json
    from cli.printing.gaps import gaps_json, print_gaps

    if as_json:
        print_json(gaps_json(found), console())
    else:
        print_gaps(found, limit, console())
    return opened


def _in_paths(paths: list[Path], jobs: int, limits: Limits) -> "tuple[list[Gap], bool]":
    """The gaps of files that are read now and of tables that were written before, and whether all could be opened."""
    from itertools import chain

    from cli.console import tracked
    from reading import work
    from reading.questions.checking import dataset_at
    from reading.questions.gap_sources import seen_in_papers, seen_in_tables
    from reading.questions.gaps import gaps as grouped
    from reading.running.processes import DocumentProcesses
    from reading.running.runner import read_all
    from reading.sources import Found, find

    folders = {path: folder for path in paths if (folder := dataset_at(path))}
    files = [path for path in paths if path not in folders]
    found = find(files) if files else Found(())
    with (
        DocumentProcesses(jobs, limits) as processes,
        tempfile.TemporaryDirectory(prefix="gongkai-") as scratch,
    ):
        reading = read_all(found.sources, Path(scratch), processes)
        outcomes = tracked(reading, len(found.sources), "读取 reading")
        read_now = seen_in_papers(work.paper(outcome.document_id, Path(scratch)) for outcome in outcomes)
        return grouped(chain(read_now, *map(seen_in_tables, folders.values()))), not found.unopened


def _in_ledger(root: Path, ledger: str | None) -> "list[Gap]":
    """The gaps of the readings that a ledger knows."""
    from ledger import Ledger
    from reading import work
    from reading.questions.gap_sources import seen_in_papers
    from reading.questions.gaps import gaps as grouped

    locations = night_settings(root, None, ledger, None).locations
    refuse_missing_ledger(locations.ledger)
    with Ledger.open(locations.ledger) as opened:
        known = (each.document_id for each in opened.current_documents())
        papers = (work.paper(identity, locations.work) for identity in known if work.is_kept(identity, locations.work))
        return grouped(seen_in_papers(papers))
