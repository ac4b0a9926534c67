"""How releases are listed, and what is wrong with one, for a person and for other programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from cli.console import grid, names, numbers
from publish.description.index import ReleaseEntry
from publish.store.catalogue import release_at
from publish.store.verification import Problem

MEBIBYTE = 1 << 20


def print_problems(path: Path, problems: Sequence[Problem], out: Console) -> None:
    """Print each problem with its file, or that there is none."""
    if not problems:
        out.print(Text(f"✓ 完好 / sound: {release_at(path)}", "green"), soft_wrap=True)
        return
    table = grid("问题 problem", names("文件 file"), names("情况 what"))
    for problem in problems:
        table.add_row(problem.kind, Text(problem.path), Text(problem.why))
    out.print(table)


def problems_json(problems: Sequence[Problem]) -> str:
    """The problems as one JSON list."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def print_releases(root: str, listed: Sequence[ReleaseEntry], out: Console) -> None:
    """Print a line for each release, newest first."""
    if not listed:
        out.print(f"还没有发布过版本 / no release yet: {root}", soft_wrap=True)
        return
    table = grid(
        "版本 version", numbers("文件 papers"), numbers("金额 amounts"), numbers("已证 proven"), numbers("MiB")
    )
    for each in listed:
        figures, amounts = each.figures or {}, each.amounts or 0
        proven = figures.get("amounts", {}).get("proven", 0)
        share = f"{proven / amounts:.1%}" if amounts else ""
        table.add_row(
            each.version, f"{figures.get('documents', 0):,}", f"{amounts:,}", share, f"{each.bytes / MEBIBYTE:,.1f}"
        )
    out.print(table)


def releases_json(listed: Sequence[ReleaseEntry]) -> str:
    """The releases as one JSON list, newest first."""
    told = [
        {"version": each.version, "bytes": each.bytes, "rows": each.rows, "figures": each.figures} for each in listed
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)
