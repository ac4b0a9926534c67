"""How the documents that would be done again are told on the terminal: counted, the first ones one by one."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from rich.console import Console
from rich.text import Text

from cli.console import grid, names, numbers
from cli.printing.stage_words import STAGE_WORDS, STATE_WORDS, reason_words
from ledger import Standing

LISTED = 20
"""So many documents are told one by one."""


def print_selection(chosen: Iterable[Standing], out: Console) -> int:
    """Print them by portal, stage, state and reason, then the first by id; returns how many they are."""
    rest = iter(chosen)
    first = list(islice(rest, LISTED))
    counted = Counter(_kind(standing) for standing in first)
    counted.update(_kind(standing) for standing in rest)
    table = grid(names("平台 portal"), "从 from", "现状 stands", names("原因 reason"), numbers("文件 documents"))
    for (portal, stage, state, reason), count in sorted(counted.items()):
        table.add_row(portal, stage, state, Text(reason), f"{count:,}")
    if first:
        out.print(table)
    for standing in first:
        out.print(Text(f"{standing.document_id}  {standing.portal}", style="dim"), soft_wrap=True)
    out.print(f"共 {counted.total():,} 份文件 / {counted.total():,} documents", soft_wrap=True)
    return counted.total()


def _kind(standing: Standing) -> tuple[str, str, str, str]:
    state, _ = STATE_WORDS[standing.state]
    return standing.portal, STAGE_WORDS[standing.stage], state, reason_words(standing.reason)
