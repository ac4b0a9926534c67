"""How commands speak: tables and notes on standard output, progress and errors on standard error."""

import logging
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.table import Column, Table

from schemas.visible import escaped_json, visible

T = TypeVar("T")

SECONDS_BETWEEN_LINES = 30.0
"""Where no terminal shows a bar, a log gets a line so often."""

WIDE = 10_000
"""Columns where nobody's window limits the width: a pipe or a file gets every name whole."""


class _Visible(Console):
    """A console on which no text from outside can steer the terminal: what rich itself says to it is marked so."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """What is shown, piece by piece, each with its steering characters seen."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


class VisibleFormatter(logging.Formatter):
    """Messages of the log in which what steers a terminal is seen."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        return visible(super().format(record))


def console(*, stderr: bool = False) -> Console:
    """Standard output, or standard error: coloured in a terminal, plain and never cut off elsewhere."""
    stream = sys.stderr if stderr else sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")  # a name that the terminal's encoding lacks must not end the run
    return _Visible(file=stream, width=None if stream.isatty() else WIDE, highlight=False)


def grid(*columns: str | Column, title: str | None = None) -> Table:
    """A table in the house style; a plain name is a column of text on the left."""
    table = Table(*columns, title=title, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.title_justify = "left"
    table.title_style = "bold"
    return table


def numbers(header: str) -> Column:
    """A column of figures."""
    return Column(header, justify="right", no_wrap=True)


def names(header: str) -> Column:
    """A column of names, which break where they must, for all of a name counts."""
    return Column(header, overflow="fold")


def print_whole(table: Table, out: Console) -> None:
    """Print a table whose figures count to the last digit: in a window too narrow for it, its lines run on."""
    window = out.width
    out.width = max(window, Measurement.get(out, out.options.update(width=WIDE), table).minimum)
    out.print(table, crop=False, no_wrap=True)
    out.width = window


def tracked(items: Iterable[T], total: int, told: str) -> Iterator[T]:
    """The items, with a bar on the terminal that moves as they come; a line now and then where there is none."""
    watching = console(stderr=True)
    parts: Sequence[TextColumn | SpinnerColumn | BarColumn | MofNCompleteColumn | TimeElapsedColumn] = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    if not watching.is_terminal:
        yield from _told_in_lines(items, total, told, watching)
        return
    with Progress(*parts, console=watching, transient=True) as progress:
        task = progress.add_task(told, total=total)
        for item in items:
            progress.advance(task)
            yield item


def _told_in_lines(items: Iterable[T], total: int, told: str, out: Console) -> Iterator[T]:
    """The items, with a line now and then for logs."""
    last = time.monotonic()
    for count, item in enumerate(items, start=1):
        if time.monotonic() - last >= SECONDS_BETWEEN_LINES and count < total:
            out.print(f"{told} {count:,}/{total:,}", highlight=False)
            last = time.monotonic()
        yield item


def print_json(text: str, out: Console) -> None:
    """One JSON text for other programs, as it is: nothing is measured, wrapped or coloured."""
    out.file.write(f"{escaped_json(text)}\n")
