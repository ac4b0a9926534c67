"""How the status is told on the terminal, in Chinese and English: the night, then where all documents stand."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.console import grid, names, numbers, print_json
from cli.printing.history import print_history
from cli.printing.night_status import print_night_status
from cli.printing.stage_words import STAGE_WORDS, STATE_WORDS, advice_on, figure, reason_words
from flows.night.document_log import lines_of
from ledger.ledger import Ledger
from ledger.reading_figures import Trend, trends
from ledger.records import History, State, StateCount
from ledger.selection import whole_id
from ledger.status import Status, history, status

STATES: tuple[State, ...] = get_args(State)


def print_status(status: Status, out: Console) -> None:
    """The night by portal, stage and reason; then all documents by stage and state, and those with a reason."""
    if status.date is None:
        out.print("还没有抓取过 / no night yet")
    else:
        print_night_status(status, out)
    if status.standing:
        out.print(_standing(status.standing))
    reasons = _by_reason(status.standing)
    if reasons.row_count:
        out.print(reasons)
    for line in _advice(status):
        out.print(line, soft_wrap=True)


def _standing(standing: Sequence[StateCount]) -> Table:
    """A row for each stage, a column for each state."""
    columns = (numbers(STATE_WORDS[state][0].replace(" ", "\n")) for state in STATES)
    table = grid("阶段 stage", *columns, title="全部文件现状 where all documents stand")
    counted: Counter[tuple[str, str]] = Counter()
    for each in standing:
        counted[each.stage, each.state] += each.count
    for stage, words in STAGE_WORDS.items():
        table.add_row(words, *(Text(figure(counted[stage, state]), style=STATE_WORDS[state][1]) for state in STATES))
    return table


def _by_reason(standing: Iterable[StateCount]) -> Table:
    """What stands with a reason, over all portals, the most frequent first."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for each in standing:
        if each.reason:
            counted[STAGE_WORDS[each.stage], STATE_WORDS[each.state][0], reason_words(each.reason)] += each.count
    table = grid("阶段 stage", "现状 stands", names("原因 reason"), numbers("文件 documents"))
    for (stage, state, reason), count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(stage, state, Text(reason), figure(count))
    return table


def _advice(status: Status) -> Iterator[Text]:
    """What to do about each reason that was told, once; the most frequent first."""
    told = Counter({each.reason: each.count for each in status.standing if each.reason})
    told.update({each.reason: each.count for each in status.brought if each.reason and each.state == "failed"})
    told.update(finding.code for finding in status.findings)
    for reason, _ in told.most_common():
        if advice := advice_on(reason):
            yield Text(advice, style="dim")


def show_log(ledger: Ledger, root: Path, document: str, out: Console) -> bool:
    """Print the log's lines about the document whose id begins so, as they are: JSON, one a line."""
    for line in lines_of(root, whole_id(ledger, document)):
        print_json(json.dumps(line, ensure_ascii=False), out)
    return True


def show_trends(ledger: Ledger, since: date, until: date | None, out: Console, *, as_json: bool = False) -> bool:
    """Print a row for each date with nights, from `since` on."""
    nights = list(trends(ledger.engine, since, until or ledger.last_night() or since))
    if as_json:
        print_json(TypeAdapter(list[Trend]).dump_json(nights, indent=2).decode(), out)
        return True
    heads = (
        "找到\nfound",
        "新\nnew",
        "读取\nread",
        "失败\nfailed",
        "金额\namounts",
        "证实\nproven",
        "文字 s\ntext",
        "图像 s\nOCR",
    )
    table = grid("夜\nnight", *(numbers(head) for head in heads), title="逐夜 night by night")
    for each in nights:
        proven = f"{each.proven / each.amounts:.1%}" if each.amounts else ""
        counts = (each.found, each.new, each.read, each.failed, each.amounts)
        seconds = (f"{each.seconds_text:,.0f}", f"{each.seconds_picture:,.0f}")
        table.add_row(str(each.night), *(figure(count) for count in counts), proven, *seconds)
    out.print(table)
    return True


def show_status(
    ledger: Ledger, document: str | None, out: Console, *, on: date | None = None, as_json: bool = False
) -> bool:
    """Print the status, or the history of the document whose id begins so; True, for telling is no judging.

    Raises `WrongUseError` where no or more than one document is meant.
    """
    told = status(ledger, on) if document is None else history(ledger, document)
    if as_json:
        print_json(TypeAdapter(type(told)).dump_json(told, indent=2).decode(), out)
    elif isinstance(told, History):
        print_history(told, out)
    else:
        print_status(told, out)
    return True
