"""How the status is told on the terminal, in Chinese and English: the night, then where all documents stand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.console import grid, names, numbers, print_json
from cli.printing.history import print_history
from cli.printing.night_status import print_night_status
from cli.printing.stage_words import STAGE_WORDS, STATE_WORDS, figure, reason_words
from ledger.ledger import Ledger
from ledger.records import History, State, StateCount
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


def show_status(ledger: Ledger, document: str | None, out: Console, *, as_json: bool = False) -> bool:
    """Print the status, or the history of the document whose id begins so; True, for telling is no judging.

    Raises `WrongUseError` where no or more than one document is meant.
    """
    told = status(ledger) if document is None else history(ledger, document)
    if as_json:
        print_json(TypeAdapter(type(told)).dump_json(told, indent=2).decode(), out)
    elif isinstance(told, History):
        print_history(told, out)
    else:
        print_status(told, out)
    return True
