"""How faults of the words, duties that are not met and what was not checked are told on the terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from reading.questions.acknowledging import Acknowledgement
from reading.questions.checking import CheckedPaper
from reading.questions.faults import Fault
from schemas.dataset import dataset
from schemas.duties import duties
from schemas.records import DutyVerdict

VERDICTS: Mapping[DutyVerdict, tuple[str, str]] = {
    "met": ("有", "green"),
    "not_met": ("没有", "red"),
    "not_applicable": ("写明没有", "dim"),
    "cannot_be_told": ("无法判断", "yellow"),
    "not_looked": ("没有查", "yellow"),
}
SAID = {"publishers_own": "已确认：发布者之误", "not_a_fault": "已确认：不是差错"}
TOLD_REASONS = 4
"""So many reasons of why nobody can tell are told in a line; `--all` tells each."""


def reason_words(reason: str) -> str:
    """What the reason of a verdict on a duty means, in Chinese."""
    return dataset().vocabularies["duty_reason"].values[reason].zh


def duties_line(paper: CheckedPaper) -> Text | None:
    """How many duties came out how, None for a paper that was read before there were any."""
    counts = Counter(item.verdict for item in paper.disclosure)
    if not counts:
        return None
    line = Text("  应公开 duties： ")
    for number, (verdict, (zh, style)) in enumerate(VERDICTS.items()):
        count = counts.get(verdict, 0)
        line.append(" · " if number else "", "dim").append(f"{zh} {verdict} {count}", style if count else "dim")
    return line


def print_faults(paper: CheckedPaper, out: Console, *, everything: bool) -> None:
    """Print the faults that are no failing check (those are printed with their sums), then what was not checked."""
    for fault in paper.faults:
        if fault.kind in ("words", "duty"):
            _print_fault(fault, paper.acknowledged.get(fault.id), out)
    for line in _untold(paper, everything=everything):
        out.print(line, soft_wrap=True)


def acknowledged_line(fault: Fault | None, said: Acknowledgement | None) -> Text | None:
    """What somebody said of a fault, and by what it can be said; None for what is no fault."""
    if fault is None:
        return None
    if said is None:
        return Text(f"    编号 fault {fault.id}", style="dim")
    told = " ".join(filter(None, (said.by, str(said.on) if said.on else None)))
    return Text(f"    {SAID[said.said]} {said.said}：{said.reason}{f'（{told}）' if told else ''}", style="cyan")


def print_lapsed(entries: Sequence[Acknowledgement], out: Console) -> None:
    """Print the acknowledgements whose faults are not there any more."""
    for entry in entries:
        told = f"! 确认已失效 acknowledgement lapsed: {entry.fault}（{entry.reason}）"
        out.print(Text(told, style="yellow"), soft_wrap=True)


def _print_fault(fault: Fault, said: Acknowledgement | None, out: Console) -> None:
    none = said is not None and said.said == "not_a_fault"
    mark, colour = ("–", "dim") if none else ("!", "red" if fault.kind == "duty" else "yellow")
    page = f"p. {fault.page}  " if fault.page else ""
    out.print()
    out.print(
        Text.assemble("  ", (f"{mark} {page}{fault.title_zh}", f"bold {colour}"), f"  {fault.title_en}"), soft_wrap=True
    )
    out.print(Text(f"    {fault.item}  {fault.name}", style="dim"), soft_wrap=True)
    if fault.found:
        out.print(Text(f"    “{fault.found}”"), soft_wrap=True)
    if fault.right:
        asked = "依据 asked for by" if fault.kind == "duty" else "应为 right"
        out.print(Text(f"    {asked}：{fault.right}", style="green"), soft_wrap=True)
    if line := acknowledged_line(fault, said):
        out.print(line, soft_wrap=True)


def _untold(paper: CheckedPaper, *, everything: bool) -> Iterator[Text]:
    """What was not told of duties, and which checks were not made, each with the reason."""
    items = [item for item in paper.disclosure if item.verdict in ("cannot_be_told", "not_looked")]
    if everything:
        for item in paper.disclosure:
            yield Text(f"    {_duty_told(item.duty, item.verdict, item.reason, item.page, item.found)}", style="dim")
        for each in paper.unchecked:
            yield Text(f"    未查 not checked：{each.title_zh} {each.check_id}：{each.reason}", style="dim")
    elif items or paper.unchecked:
        reasons = Counter(item.reason for item in items if item.reason).most_common(TOLD_REASONS)
        told = "；".join(f"{reason_words(reason)} {count}" for reason, count in reasons)
        checks = f"检查 checks {len(paper.unchecked)} 种" if paper.unchecked else ""
        duties_told = f"事项 duties {len(items)} 项（{told}）" if items else ""
        yield Text(
            f"  未查 not checked：{'，'.join(filter(None, (checks, duties_told)))}；--all 列出 lists them", style="dim"
        )


def _duty_told(duty: str, verdict: DutyVerdict, reason: str | None, page: int | None, found: str | None) -> str:
    words = dataset().vocabularies["duty_verdict"].values[verdict]
    why = f"：{reason_words(reason)}" if reason else ""
    where = f"  p. {page}" if page else ""
    return f"{duties()[duty].title.zh} {duty}：{words.zh.split('；')[0]}{why}{where}" + (
        f"  “{found}”" if found else ""
    )
